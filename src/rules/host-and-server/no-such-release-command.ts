import { posix } from 'node:path'
import { sourceAt } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { type ReleaseCall, releaseCallsOf } from '../../model/facts/release-calls.ts'
import { missingFunction } from '../../model/facts/release-eval.ts'
import { hasOwnReleaseSteps, mixText } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { below } from '../../model/stage-files/paths.ts'
import { overlayOf } from '../../model/stage-files/release-files.ts'
import { releasesIn } from '../../model/stage-files/releases.ts'
import { runsCode, writtenAt } from '../../model/stage-files/step.ts'
import type { Release } from '../../model/stage-files/types.ts'
import { lineageOf, mixInImage } from '../../model/stages/mix-there.ts'
import type { Finding, Fix, Label } from '../../text/diagnostic.ts'
import { type Span, sameSpan, span as spanOf, textOf } from '../../text/source.ts'
import { callsNothing } from '../in-image/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-release-command',
  gotcha: 'host-and-server',
  severity: 'error',
  stops: false,
  fix: 'unsafe',
  noFix: 'whether the call or the release is to change is yours to say',
  summary: 'the container calls a command that the release does not have',
  incident: 'The container stops at its start: no such file, unknown command, or undefined function.',
  remedy: 'Call what the release has: its own name, its overlays, and functions that are defined',
  why: `\`bin/\` of a release holds one script, named after the release, and what \`rel/overlays/bin\` held when
\`mix release\` ran. \`bin/server\` and \`bin/migrate\` are such overlays: \`mix phx.gen.release\` writes them. \`eval\` can
call any public function that was compiled into the release.`,
  links: [
    'https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Gen.Release.html',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-overlays',
  ],
  examples: [
    {
      title: 'bin/server, and no such overlay',
      on: 'release',
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/server"]
            ^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'another name than that of the release',
      on: 'release',
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/shop_web", "start"]
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *checkImage(image) {
    for (const found of callsNothing(image)) yield { ...found, ...drawerOf(found.message) }
  },
  *check(project) {
    for (const deployment of project.deployments) {
      if (deployment.boot?.tool) continue
      const last = deployment.start.at(-1)
      for (const call of releaseCallsOf(project, deployment)) {
        const found = against(call, deployment, project)
        const app = deployment.release?.app
        const isRewritten = hasOwnReleaseSteps(app)
        if (!found || (isRewritten && /\bbin\b/.test(mixText(app)))) continue
        // A mix.exs that cannot be read may give the release another name, or another place; own steps other commands.
        const isSure = call.certain && call.isStarted && !app?.unread && !isRewritten
        const doubt = isSure ? {} : ({ severity: 'warning', certainty: 'likely' } as const)
        const stops = last !== undefined && sameSpan(writtenAt(last).span, call.span)
        yield { ...found, stops, ...doubt, ...drawerOf([call.path, verbOf(call), ...call.args].join(' ')) }
      }
    }
  },
})

/** What only migrates, or evaluates code beside the app, is no start of the server. */
const drawerOf = (called: string): Pick<Finding, 'gotcha'> =>
  /migrat|rollback|\beval\b|\brpc\b/.test(called) ? { gotcha: 'migrations' } : {}

function against(call: ReleaseCall, deployment: Deployment, project: Project): Finding | undefined {
  const { ships, release } = deployment
  if (ships === undefined || call.path === undefined) return undefined
  const { origin } = locate(ships.files, call.path)
  if (origin.kind === 'absent') return elsewhere(call, deployment)
  if (origin.kind !== 'made' || origin.artifact.kind !== 'release') return undefined
  const own = origin.artifact
  if (own !== release || own.name === '') return undefined
  // Steps of its own may have made something else of the release: one file that unpacks itself.
  if (posix.dirname(origin.rest) !== 'bin')
    return hasOwnReleaseSteps(own.app) ? undefined : noCommand(call, origin.rest)
  const name = posix.basename(origin.rest)
  if (name !== own.name) return isOverlay(own, origin.rest) ? undefined : noFile(call, own, name, project)
  if (own.step.command.kind === 'mix' && own.step.command.task !== 'release') return undefined
  if (call.verb.kind === 'unset') return isHanded(deployment) ? withoutCommand(call, name) : undefined
  if (call.verb.kind === 'unknown') return undefined
  const { value: verb } = call.verb
  if (!commands.test(verb)) {
    const message = `\`bin/${name}\` has no command \`${verb}\``
    return { message, span: call.span, related: call.via }
  }
  const missing = runsCode(verb) && own.app && missingFunction(call.args.join(' '), own.app, project.code)
  if (!missing) return undefined
  return {
    message: `\`${verb}\` fails: ${missing.message}`,
    span: narrowed(call.span, missing.text),
    related: call.via,
  }
}

/** Whether all that the container is started with is in view: whoever runs a bare image may add the command to it. */
const isHanded = ({ service, ships }: Deployment): boolean =>
  service !== undefined || ships?.cmd !== undefined || ships?.entrypoint === undefined

const withoutCommand = (call: ReleaseCall, name: string): Finding => ({
  message: `\`bin/${name}\` is called without a command`,
  why: 'The script of the release prints what it can do and ends, and the container with it.',
  remedy: 'Call it with `start`',
  span: call.span,
  related: call.via,
})

const verbOf = ({ verb }: ReleaseCall): string => (verb.kind === 'known' ? verb.value : '')

/** The commands of the script that `mix release` writes (mix help release). */
const commands = /^(start|start_iex|daemon|daemon_iex|eval|rpc|remote|restart|stop|pid|version|install)$/

/** Whether a file of `bin/` is there by way of `rel/overlays`, or may be there by other ways. */
function isOverlay(release: Release, path: string): boolean {
  const { kind } = overlayOf(release, path).origin
  if (kind !== 'absent' && kind !== 'removed') return true
  return hasOwnReleaseSteps(release.app) || /\boverlays:/.test(mixText(release.app))
}

function noFile(call: ReleaseCall, release: Release, name: string, project: Project): Finding | undefined {
  const overlay = posix.join(release.app?.folder ?? '', 'rel/overlays/bin', name)
  const written = sourceAt(project.tree, overlay)
  const related: Label[] = [
    ...call.via,
    {
      span: release.step.span,
      text: written
        ? `the release is made here, without \`${overlay}\``
        : `this makes the release, with \`bin/${release.name}\` as its script`,
    },
  ]
  if (written) {
    const copied = locate(release.files, posix.resolve(release.project, 'rel/overlays/bin', name))
    if (copied.origin.kind === 'context' && copied.causes[0])
      related.push({ span: copied.causes[0].span, text: 'it is copied here, too late' })
    return {
      message: `the release has no \`bin/${name}\`: \`rel/\` is not there when it is made`,
      span: call.span,
      related,
    }
  }
  const misnamed = commands.test(verbOf(call))
  const message = misnamed
    ? `the release has no \`bin/${name}\`: it is called \`${release.name}\``
    : `the release has no \`bin/${name}\`: there is no \`${overlay}\``
  return { message, span: call.span, related, fixes: misnamed ? renamed(call.span, name, release.name) : [] }
}

/** A call of something in the release that is none of its commands. Programs may lie in the folders of its parts. */
function noCommand(call: ReleaseCall, rest: string): Finding | undefined {
  if (!call.certain || /^(erts-[^/]*|lib\/[^/]+)\/./.test(rest)) return undefined
  const message = rest === '' ? 'the folder of the release is called' : `the release has no command \`${rest}\``
  return { message, span: call.span, related: call.via }
}

/** Whether a text names a path, whole or from some folder on. */
const isWrittenIn = (text: string, path: string): boolean =>
  (text.match(/[\w.@-]*(\/[\w.@-]+)+|[\w-]+\.sh\b/g) ?? []).some((word) =>
    `/${path}`.endsWith(`/${word.replace(/^(\.{1,2}\/)+/, '')}`),
  )

/** A call of the release where it does not lie. */
function elsewhere(call: ReleaseCall, { ships, dockerfile, build, release }: Deployment): Finding | undefined {
  const { path = '' } = call
  if (!ships || !dockerfile || !release || !isWrittenIn(textOf(call.span), path)) return undefined
  if (call.isGuessed && !textOf(call.span).includes(path)) return undefined
  const placed = releasesIn(ships.files).filter((one) => one.release === release)
  const root = lineageOf(ships).at(-1) ?? ships
  const sure =
    mixInImage(dockerfile, root, build?.args) !== 'unknown' &&
    placed.length === 1 &&
    locate(ships.files, path).origin.kind !== 'unknown'
  const [place] = placed
  if (!sure || !place) return undefined
  const inside = below(place.target, path)
  const name = /\/bin\/([^/]+)$/.exec(path)?.[1] ?? ''
  if (inside !== undefined)
    return {
      message: `the release in \`${place.target}\` has no \`${inside}\``,
      span: call.span,
      related: call.via,
    }
  if (!['server', 'migrate', release.name].includes(name)) return undefined
  return {
    message: `\`${path}\` is not in the image: the release lies in \`${place.target}\``,
    span: call.span,
    related: call.via,
  }
}

function narrowed(span: Span, text: string): Span {
  const written = textOf(span)
  const at = written.indexOf(text)
  return at === -1 || written.includes(text, at + 1)
    ? span
    : spanOf(span.source, span.start + at, span.start + at + text.length)
}

function renamed(span: Span, from: string, to: string): readonly Fix[] {
  const at = new RegExp(`(^|[/"'\\s])${from.replace(/[^\w]/g, '\\$&')}(?=["'\\s]|$)`).exec(textOf(span))
  if (!at) return []
  const start = span.start + at.index + (at[1]?.length ?? 0)
  const edits = [{ span: spanOf(span.source, start, start + from.length), text: to }]
  return [{ title: `Call \`${to}\``, safety: 'unsafe', edits }]
}
