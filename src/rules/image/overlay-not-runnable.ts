import { posix } from 'node:path'
import type { TreeEntry } from '../../files/tree.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { hasOwnReleaseSteps, stagesBehind } from '../../model/facts/assets.ts'
import { hooksOf } from '../../model/facts/migrations.ts'
import type { Project } from '../../model/project/project.ts'
import { landingsIn } from '../../model/stage-files/landings.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { overlayOf } from '../../model/stage-files/release-files.ts'
import { releasesIn } from '../../model/stage-files/releases.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Cause } from '../../model/stage-files/types.ts'
import type { Finding, Label } from '../../text/diagnostic.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { notRunnable } from '../in-image/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'overlay-not-runnable',
  gotcha: 'image',
  severity: 'error',
  summary: 'a script that the container starts cannot be run',
  incident:
    'The container stops at its start: `permission denied`, or `no such file or directory` for a file that is there.',
  remedy: 'Give the script line feeds of Unix and the bit to be executed, and copy `rel` before `mix release`',
  why: `COPY and \`mix release\` keep the mode of a file: a script that is not executable in the project is not executable in the
image, unless \`COPY --chmod=755\` or \`chmod\` makes it so. And a script with the line ends of Windows asks for the program
\`/bin/sh\` with a carriage return behind its name, which does not exist. Git writes such line ends on Windows unless
\`.gitattributes\` says \`* text=auto eol=lf\`.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-overlays',
    'https://docs.docker.com/reference/dockerfile/#copy---chmod',
    'https://git-scm.com/docs/gitattributes#_eol',
  ],
  examples: [
    {
      title: 'not executable',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        COPY --chmod=755 docker/entrypoint /usr/local/bin/
        ENTRYPOINT ["/usr/local/bin/entrypoint"]
        CMD ["/app/bin/shop", "start"]
        -- docker/entrypoint --
        #!/bin/sh
        exec "$@"`,
      bad: `
        -- Dockerfile: COPY --chmod=755 docker/entrypoint /usr/local/bin/ … ENTRYPOINT ["/usr/local/bin/entrypoint"] --
        COPY docker/entrypoint /usr/local/bin/
        ENTRYPOINT ["/usr/local/bin/entrypoint"]
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'line ends of Windows',
      on: 'release',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/server"]
        -- rel/overlays/bin/server --
        #!/bin/sh
        PHX_SERVER=true exec /app/bin/shop start`,
      bad: `
        -- rel/overlays/bin/server --
        #!/bin/sh\r
        ^^^^^^^^^
        PHX_SERVER=true exec /app/bin/shop start\r`,
    },
  ],
  checkImage: notRunnable,
  *check(project) {
    for (const deployment of project.deployments) {
      const reported = new Set<string>()
      for (const call of [...callsOf(deployment), ...overlaysOf(deployment, project)]) {
        const { path } = call.source
        const found = reported.has(path) ? undefined : against(call, deployment, project)
        if (found) reported.add(path)
        if (found) yield found
      }
    }
  },
})

/** A script that is run: by its own path where `direct`. */
interface OverlayCall {
  readonly source: Source
  readonly direct: boolean
  readonly span: Span | undefined
  readonly via: readonly Label[]
  readonly certain: boolean
}

/** The scripts that a container runs at its start, for its health and in its hooks. */
function callsOf({ start, health, hooks }: Deployment): readonly OverlayCall[] {
  return [...start, ...hooks, ...health.flatMap((probe) => probe.steps)].flatMap((step) =>
    step.shells.flatMap(({ file, span: place }, index): readonly OverlayCall[] => {
      if (!file) return []
      const via = step.via.slice(0, step.shells.slice(0, index).filter((shell) => shell.file).length)
      return [{ ...file, span: place, via, certain: step.runs === 'always' }]
    }),
  )
}

/** The scripts of the release that people and platforms call. */
function overlaysOf({ release }: Deployment, project: Project): readonly OverlayCall[] {
  if (!release) return []
  return hooksOf(project, release)
    .filter(({ path }) => /\/bin\/[^/.]+(\.sh)?$|env\.sh\.eex$/.test(path))
    .map((source) => ({ source, direct: !source.path.endsWith('.eex'), span: undefined, via: [], certain: false }))
}

function against(call: OverlayCall, deployment: Deployment, project: Project): Finding | undefined {
  const { source, direct, via, certain } = call
  // What the Dockerfile writes itself has no mode to look at.
  if (project.dockerfiles.some((dockerfile) => dockerfile.source === source)) return undefined
  const likely = certain ? {} : ({ severity: 'warning', certainty: 'likely' } as const)
  const carriage = source.text.indexOf('\r\n')
  if (carriage !== -1 && source.text.startsWith('#!') && !convertsLines(deployment)) {
    return {
      message: `\`${source.path}\` has the line ends of Windows, so ${direct ? 'the program after `#!` is not found' : 'the shell does not read it'}`,
      why: direct
        ? 'The container stops at its start: `no such file or directory`, for a file that is there.'
        : 'The container stops at its start: the shell takes the carriage return for a part of each command.',
      remedy: 'Save the script with the line ends of Unix',
      span: span(source, 0, carriage),
      related: call.span ? [...via, { span: call.span, text: 'it is run here' }] : [],
      ...likely,
    }
  }
  const entry = project.tree.entries.find((one) => one.path === source.path)
  if (!direct || !entry || entry.executable || isMadeExecutable(entry, deployment)) return undefined
  const from = call.span ? undefined : deployment.release?.step.span
  return {
    message: `\`${source.path}\` is run, and it is not executable`,
    why: 'The container stops at its start: `permission denied`.',
    remedy: 'Make the script executable, in git as well: `git update-index --chmod=+x`',
    span: call.span ?? span(source, 0, Math.max(1, source.text.split('\n', 1)[0]?.length ?? 0)),
    related: [...via, ...(from ? [{ span: from, text: 'it becomes part of the release as it is' }] : [])],
    ...likely,
  }
}

/** Whether a command of the build changes line ends. */
const convertsLines = ({ build }: Deployment): boolean =>
  build?.steps.some(
    ({ command }) =>
      command.kind === 'program' &&
      (/^(dos2unix|tr)$/.test(command.name) || command.argv.some((word) => /\\r/.test(word ?? ''))),
  ) ?? false

/** Whether COPY, `chmod` or a step of the release that we cannot see gives a file its mode on the way into the image. */
function isMadeExecutable(entry: TreeEntry, { build, dockerfile, ships, release }: Deployment): boolean {
  if (!build || !dockerfile || !ships) return true
  if (release && hasOwnReleaseSteps(release) && /(^|\/)rel\//.test(entry.path)) return true
  const stages = [...stagesBehind(ships)]
  const copies = stages.flatMap(({ files }) =>
    files.writes.flatMap((write) =>
      write.kind === 'copy' && write.from.in === 'context' && write.from.path === entry.path ? [write.target] : [],
    ),
  )
  const names = new Set([entry.path, ...copies].map((path) => posix.basename(path)))
  if (stages.some((stage) => stage.steps.some((step) => mayChangeMode(step, names)))) return true
  return causesOf(entry, { ships, release }).some((cause) => isChmodCopy(cause, dockerfile))
}

function mayChangeMode({ command, span: place }: Step, names: ReadonlySet<string>): boolean {
  if (command.kind === 'unknown') return true
  if (command.kind !== 'program') return false
  if (/^(install|find|xargs)$/.test(command.name)) return true
  if (command.name !== 'chmod') return false
  const [, ...words] = command.argv
  const paths = words.filter((word) => word === undefined || !/^[-+]|^[0-7]+$|^[ugoa]*[-+=]/.test(word))
  const recursive =
    words.some((word) => /^-\w*R|^--recursive/.test(word ?? '')) ||
    /\s-R\b/.test(place.source.text.slice(place.start, place.end))
  return recursive || paths.some((path) => path === undefined || names.has(posix.basename(path)) || /[*?[{]/.test(path))
}

/** What brought a file of the project into the image, over the release too. */
function causesOf({ path }: TreeEntry, { ships, release }: Pick<Deployment, 'ships' | 'release'>): readonly Cause[] {
  if (!ships) return []
  const inOverlays = /(?:^|\/)rel\/overlays\/(.*)$/.exec(path)?.[1]
  if (release && inOverlays !== undefined) {
    const placed = releasesIn(ships.files).find((one) => one.release === release)
    const later = placed ? locate(ships.files, posix.join(placed.target, inOverlays)).causes : []
    return [...later, ...overlayOf(release, inOverlays).causes]
  }
  return landingsIn(ships.files, (file) => file === path).flatMap(({ causes }) => causes)
}

const isChmodCopy = (cause: Cause, { instructions }: Dockerfile): boolean =>
  instructions.some(
    (one) =>
      (one.keyword === 'COPY' || one.keyword === 'ADD') &&
      one.span.start === cause.span.start &&
      one.chmod !== undefined,
  )
