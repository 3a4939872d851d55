import { posix } from 'node:path'
import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import type { Tree } from '../../files/tree.ts'
import { parseDockerfile } from '../../languages/dockerfile/parse.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import { known, unknown } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { allSteps } from '../../text/steps.ts'
import { deploymentOf } from '../boot/deployment.ts'
import { run, stepsIn } from '../container/start.ts'
import type { World } from '../follow/frame.ts'
import { codeOf } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { secretSpans } from '../secrets/secrets.ts'
import { contextAt } from '../stage-files/context.ts'
import { below } from '../stage-files/paths.ts'
import type { Context, Release, StageFiles, Write } from '../stage-files/types.ts'
import { buildOf } from '../stages/image.ts'
import { configSource } from './config-text.ts'
import { type ImageTree, linkedFolders, treeOfImage } from './files.ts'
import { historySource, secretsOfHistory } from './history.ts'
import type { Image } from './image.ts'
import { appOfRelease, projectFolder } from './mix-app.ts'
import { headOf, sourceOf } from './place.ts'
import { programIn } from './program.ts'
import { type ImageRelease, releasesOfImage } from './release.ts'
import { secretsOfFiles, secretsOfSysConfig } from './secrets.ts'

/** The folder of the Mix project in the stage that stands in for the one that built the release. */
const project = `/${projectFolder}`

/** The Elixir sources that the reading of an image needs parsed: runtime.exs of each release. */
export const elixirOfImage = (saved: SavedImage): readonly Source[] =>
  releasesOfImage(saved).flatMap(({ runtime }) => (runtime?.content ? [sourceOf(saved, runtime)] : []))

/** Puts the model of an image together. `elixir` are the files of `elixirOfImage`, parsed. */
export function readImage(saved: SavedImage, elixir: readonly ElixirFile[]): Image {
  const releases = releasesOfImage(saved)
  const first = deploy(saved, releases[0])
  const called = first.deployment.server?.command
  const started =
    called?.kind === 'release' ? releases.findIndex(({ root }) => below(root, called.path) !== undefined) : 0
  const release = releases[Math.max(0, started)]
  const { deployment, tree, app, stepsOf } = started > 0 ? deploy(saved, release) : first
  const history = historySource(saved.config)
  const historySecrets = secretsOfHistory(history)
  const dockerfile = deployment.dockerfile
  return {
    saved,
    deployment,
    release,
    releases,
    config: dockerfile?.source ?? configSource(saved.config),
    history,
    historySecrets,
    stepsOf,
    problems: [...releases.flatMap(({ problems }) => problems), ...elixir.flatMap(({ problems }) => problems)],
    project: {
      tree,
      dockerfiles: dockerfile ? [dockerfile] : [],
      builds: [],
      services: [],
      imageBuilds: [],
      choices: [],
      apps: app ? [app] : [],
      elixir: new Map(elixir.map((file) => [file.source.path, file])),
      code: codeOf([]),
      deployments: [deployment],
      leftOut: [],
      withoutMixEnv: [],
      shipping: undefined,
      limits: [],
      secrets: [
        ...secretSpans({ tree: { entries: [], sources: [] }, dockerfiles: dockerfile ? [dockerfile] : [] }),
        ...secretsOfFiles(saved),
        ...historySecrets.map(({ value }) => value),
        ...releases.flatMap(({ config }) => (config ? secretsOfSysConfig(config.config) : [])),
      ],
    },
  }
}

interface Deployed {
  readonly deployment: Image['deployment']
  readonly tree: Tree
  readonly app: MixApp | undefined
  readonly stepsOf: Image['stepsOf']
}

function deploy(saved: SavedImage, release: ImageRelease | undefined): Deployed {
  const files = treeOfImage(saved)
  const app = release && appOfRelease(release, saved)
  const world: World = {
    tree: files.tree,
    sourceAt: files.sourceAt,
    apps: app ? [app] : [],
    exhausting: new Set(),
    runs: new Map(),
  }
  const dockerfile = parseDockerfile(configSource(saved.config))
  const context = contextAt(files.tree, '', undefined)
  const build = buildOf(dockerfile, context, new Map(), world)
  const stage = build.stages[0]
  if (stage === undefined) throw new Error('the config of an image has a FROM')
  const cause = { span: stage.stage.from.span, runs: 'always' } as const
  const copied = (target: string, from: Context, path: string): Write => ({
    kind: 'copy',
    target,
    cause,
    from: { in: 'context', context: from, path },
  })
  const artifact = release && releaseArtifact(release, { saved, files, context, copied, app })
  const targets = release ? placesOf(release.root, saved) : []
  const writes: readonly Write[] = [
    copied('/', context, ''),
    ...(artifact ? targets.map((target): Write => ({ kind: 'made', target, artifact, cause })) : []),
  ]
  const hasProgram = (name: string) => programIn(saved, name) !== undefined
  const ships = { ...stage, files: { base: undefined, writes }, hasProgram }
  const deployment = allSteps(
    deploymentOf({
      world,
      codeOf: () => codeOf([]),
      context,
      dockerfile,
      build: { ...build, stages: [ships] },
      ships,
      args: new Map(),
      service: undefined,
    }),
  )
  const execution = { world, context, ships, service: undefined, env: deployment.environment.get }
  const stepsOf = (entry: FileEntry) =>
    stepsIn(execution, (frame) => run([{ text: entry.path, span: headOf(saved, entry) }], frame))
  return { deployment, tree: files.tree, app, stepsOf }
}

/** The folders by which a container reaches the release: its own, and links to it. */
const placesOf = (root: string, saved: SavedImage): readonly string[] => [
  ...linkedFolders(saved).flatMap(([from, to]) => {
    const inside = below(to, root)
    return inside === undefined ? [] : [posix.join(from, inside)]
  }),
  root,
]

interface ImageMaking {
  readonly saved: SavedImage
  readonly files: ImageTree
  readonly context: Context
  readonly copied: (target: string, from: Context, path: string) => Write
  readonly app: MixApp | undefined
}

/** The release as if `mix release` had just made it of a project that holds what is in it. */
function releaseArtifact(release: ImageRelease, { saved, files, context, copied, app }: ImageMaking): Release {
  const { root, version, name } = release
  const inImage = (path: string) => posix.join(root, path).slice(1)
  const overlays = files.tree.entries.filter(({ path }) => {
    const rest = below(root.slice(1), path)
    return rest !== undefined && rest !== '' && !writtenByMix(name).test(rest)
  })
  const own = app?.name === undefined ? undefined : release.apps.get(app.name)
  const writes: readonly Write[] = [
    copied(
      `${project}/rel/overlays`,
      contextAt({ entries: overlays, sources: [] }, root.slice(1), undefined),
      root.slice(1),
    ),
    ...(own === undefined ? [] : [copied(`${project}/priv`, context, inImage(`lib/${app?.name}-${own}/priv`))]),
    ...(release.providers.runtime || !release.config
      ? [copied(`${project}/config/runtime.exs`, context, inImage(`releases/${version}/runtime.exs`))]
      : []),
    copied(`${project}/rel/env.sh.eex`, context, inImage(`releases/${version}/env.sh`)),
  ]
  const made: StageFiles = { base: undefined, writes }
  const mixEnv = release.providers.configEnv ?? 'prod'
  return {
    kind: 'release',
    name,
    mixEnv,
    project,
    app,
    files: made,
    before: writes.length,
    ...(release.config ? { config: release.config } : {}),
    step: {
      id: 0,
      stage: 0,
      span: headOf(saved, release.sysConfig ?? release.start),
      via: [],
      runs: 'always',
      guards: [],
      mayFail: false,
      shells: [],
      command: { kind: 'mix', task: 'release', args: [], mixEnv: known(mixEnv) },
      cwd: project,
      env: () => unknown('the build is not here'),
    },
  }
}

/** What is no overlay. */
const writtenByMix = (name: string): RegExp =>
  new RegExp(`^(lib|releases|erts-[^/]*)(/|$)|^bin/${name.replace(/\W/g, '\\$&')}(\\.bat)?$`)
