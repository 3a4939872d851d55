import { posix } from 'node:path'
import type { CopyInstruction } from '../../languages/dockerfile/types.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { stagesBehind } from '../../model/facts/assets.ts'
import { likely } from '../../model/facts/boots.ts'
import { isBuildArgument } from '../../model/facts/runner.ts'
import { hasOwnReleaseSteps, mixText } from '../../model/phoenix/mix.ts'
import { pathsMatching } from '../../model/stage-files/entries.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { below } from '../../model/stage-files/paths.ts'
import { releasesIn } from '../../model/stage-files/releases.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Release, Write } from '../../model/stage-files/types.ts'
import { misspeltPlace } from '../../model/stages/assumed-release.ts'
import type { Build, BuiltStage } from '../../model/stages/built-stage.ts'
import { lineageOf, mixInImage } from '../../model/stages/mix-there.ts'
import type { Finding, Label } from '../../text/diagnostic.ts'
import { span, textOf } from '../../text/source.ts'
import { releaseAbsent } from '../in-image/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'release-not-shipped',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'the image copies a release from where none was made',
  incident: 'The build stops at the COPY because the folder is not there, or ships what an older build left behind.',
  remedy: 'Copy the release from where the build puts it: the same stage, MIX_ENV and name',
  why: `\`mix release NAME\` writes to \`_build/MIX_ENV/rel/NAME\` of the stage in which it runs. A COPY has to name that stage,
that environment and that name.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html',
    'https://docs.docker.com/build/building/multi-stage/#use-an-external-image-as-a-stage',
  ],
  examples: [
    {
      title: 'the folder of another release',
      on: 'assets',
      bad: `
        -- Dockerfile: COPY --from=build /app/_build/prod/rel/shop ./ --
        COPY --from=build /app/_build/prod/rel/shop_web ./
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'the folder of another environment',
      on: 'assets',
      bad: `
        -- Dockerfile: ENV MIX_ENV=prod --
        ENV MIX_ENV=staging
        -- Dockerfile: COPY --from=build /app/_build/prod/rel/shop ./ --
        COPY --from=build /app/_build/prod/rel/shop ./
                          ^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  checkImage: releaseAbsent,
  *check(project) {
    for (const { ships, build: image } of project.deployments) {
      if (ships === undefined || image === undefined) continue
      for (const stage of stagesBehind(ships))
        for (const write of stage.files.writes) yield* against(write, stage, image)
    }
    for (const deployment of project.deployments) yield* inPart(deployment)
  },
})

/** A start script of a release that lies in the image without the rest of it. */
function* inPart({ ships, start, service }: Deployment): Iterable<Finding> {
  const mounts = service?.mounts ?? []
  if (ships === undefined) return
  const lackIn = (home: string) =>
    ['releases', 'lib'].find((one) => /^(absent|removed)$/.test(locate(ships.files, posix.join(home, one)).origin.kind))
  // A link may lead to one that is whole.
  const isRoot = (path: string) => {
    const { origin } = locate(ships.files, path)
    return origin.kind === 'made' && origin.rest === ''
  }
  if (releasesIn(ships.files).some(({ target }) => isRoot(target) && lackIn(target) === undefined)) return
  for (const { command, span: called, via } of start) {
    if (command.kind !== 'release' || !command.path.startsWith('/')) continue
    const { origin, causes } = locate(ships.files, command.path)
    if (origin.kind !== 'made' || origin.artifact.kind !== 'release' || posix.dirname(origin.rest) !== 'bin') continue
    // The script finds its release behind a link to it.
    if (causes.some(({ span: at }) => /\bln\b/.test(textOf(at)))) continue
    const home = posix.dirname(posix.dirname(command.path))
    const lacks = lackIn(home)
    if (lacks === undefined || mounts.some(({ target }) => below(home, target) !== undefined)) continue
    yield {
      message: `the release in \`${home}\` is not whole: nothing brings \`${lacks}\``,
      why: 'The script of the release reads `releases/` and starts Erlang on `lib/`: the container stops at once.',
      remedy: 'Copy the whole folder of the release',
      span: causes[0]?.span ?? called,
      related: [...via, { span: called, text: 'its script is called here' }],
    }
    return
  }
}

function* against(write: Write, stage: BuiltStage, build: Build): Iterable<Finding> {
  if (write.kind !== 'copy' || write.from.in !== 'stage' || write.until !== undefined) return
  const { files, path } = write.from
  if (files === stage.files) return
  const source = [files, files.base].flatMap((own) => build.stages.find((one) => one.files === own) ?? [])[0]
  if (source === undefined || (/[*?[]/.test(path) && pathsMatching(source.files, path, 'copy').paths.length > 0)) return
  const environment = /\/_build\/([^/]+)\/rel(\/[^/]+)?$/.exec(path)?.[1]
  const why =
    environment === undefined ? reasonAgainstSlip(path, source) : reasonAgainst(path, environment, source, build)
  if (why === undefined) return
  const instruction = stage.stage.instructions.find(
    (one): one is CopyInstruction => one.keyword === 'COPY' && one.span.start === write.cause.span.start,
  )
  const word = instruction?.sources.find((one) => one.text.replace(/(?<!\/)\/+$/, '').endsWith(posix.basename(path)))
  yield {
    message: why.message,
    span: word?.span ?? write.cause.span,
    related: why.release
      ? [
          ...why.release.step.via,
          { span: why.release.step.span, text: 'the release is made here' },
          ...namedIn(why.release, posix.basename(path)),
        ]
      : [{ span: source.stage.from.span, text: 'this is the stage' }],
    ...(hasOwnReleaseSteps(why.release?.app) ? likely : {}),
  }
}

/** Where mix.exs gives a release another name than is wanted. */
function namedIn({ app, name }: Release, wanted: string): readonly Label[] {
  const source = app?.file?.source
  const found = source && name !== wanted ? /\breleases:\s*\[\s*(\w+):/.exec(source.text) : null
  if (!source || found?.[1] !== name) return []
  const start = found.index + found[0].length - name.length - 1
  return [{ span: span(source, start, start + name.length), text: `mix.exs calls the release \`${name}\`` }]
}

/** A path that leads to a release but for a slip. */
function reasonAgainstSlip(path: string, source: BuiltStage): NotShipped | undefined {
  const { origin } = locate(source.files, path)
  const meant = origin.kind === 'absent' ? misspeltPlace(path, releasesIn(source.files)) : undefined
  const message = `there is no \`${path}\` to be copied; did you mean \`${meant?.target}\`?`
  return meant && { message, release: meant.release }
}

interface NotShipped {
  readonly message: string
  readonly release: Release | undefined
}

function reasonAgainst(path: string, environment: string, source: BuiltStage, build: Build): NotShipped | undefined {
  const { origin } = locate(source.files, path)
  const placed = releasesIn(source.files)
  const there = placed.find(({ target }) => below(path, target) !== undefined || below(target, path) !== undefined)
  if (there) return inDevelopment(there.release, environment, source, build)
  const lineage = lineageOf(source)
  const root = lineage.at(-1) ?? source
  if (origin.kind !== 'absent' && origin.kind !== 'removed') return undefined
  if (mixInImage(build.dockerfile, root) === 'unknown' || lineage.some((one) => one.steps.some(mayRelease)))
    return undefined
  const name = source.stage.name === undefined ? 'the stage' : `the stage \`${source.stage.name}\``
  const [other] = placed
  if (other?.release.app && other.release.app.buildPath === undefined) return undefined
  if (other && isBuildArgument('MIX_ENV', build)) return undefined
  // One file that unpacks itself lies there (Bakeware, "Assemble Binary").
  if (posix.basename(path) === 'bakeware' && /\bBakeware\b/.test(mixText(other?.release.app))) return undefined
  const unset = other?.release.mixEnv === 'dev' && other.release.step.env('MIX_ENV').kind === 'unset'
  const why = other
    ? `${name} makes it in \`${other.target}\`${unset ? ', since nothing there sets MIX_ENV' : ''}`
    : `${name} does not run \`mix release\``
  return { message: `there is no release in \`${path}\`: ${why}`, release: other?.release }
}

/** A release that was made without MIX_ENV, in an image that does not set it: it is one of `dev`. */
function inDevelopment(
  release: Release,
  environment: string,
  source: BuiltStage,
  build: Build,
): NotShipped | undefined {
  const { command } = release.step
  if (command.kind !== 'mix' || command.mixEnv.kind !== 'unknown' || environment === 'dev') return undefined
  const { dockerfile } = build
  const image = lineageOf(source).at(-1)?.stage.base.text ?? ''
  const declared = dockerfile.instructions.some(
    (one) => (one.keyword === 'ENV' || one.keyword === 'ARG') && one.pairs.some((pair) => pair.name === 'MIX_ENV'),
  )
  const preferred = /preferred_(cli_)?envs?:/.test(mixText(release.app))
  if (declared || preferred || !/^(hexpm\/)?elixir(:|$)/.test(image) || command.args.includes('--path'))
    return undefined
  const message = `there is no release in \`_build/${environment}\`: \`mix release\` runs without MIX_ENV, so it writes to \`_build/dev\``
  return { message, release }
}

/** Whether a step may make a release without our seeing it. */
function mayRelease({ command }: Step): boolean {
  if (command.kind === 'unknown') return true
  if (command.kind === 'mix')
    return command.task !== 'release' && /(^|[._])(release|deploy|build|package|dist)([._]|$)/.test(command.task)
  return (
    command.kind === 'program' &&
    (command.name.endsWith('.sh') || /^\/(?!bin|usr|sbin|etc)/.test(command.argv[0] ?? ''))
  )
}
