import { posix } from 'node:path'
import type { Value } from '../../languages/elixir/values/value.ts'
import type { Label } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import { textOf } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { placeOf, placesOf } from '../boot/trail.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { startedBy } from '../phoenix/released.ts'
import type { Project } from '../project/project.ts'
import { developmentWord, isProduction } from '../shipping/production.ts'
import { locate } from '../stage-files/locate.ts'
import { below } from '../stage-files/paths.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { Step } from '../stage-files/step.ts'
import type { Located, Release } from '../stage-files/types.ts'
import type { Build, BuiltStage } from '../stages/built-stage.ts'
import { lineageOf } from '../stages/mix-there.ts'

/** A release that ships, and the build that makes it. */
export interface ShippedRelease {
  readonly build: Build
  readonly release: Release
  readonly ships: BuiltStage
  readonly deployment: Deployment
}

/** The releases that the deployments run, each once. */
export const releasesOf = oncePer((project: Project): readonly ShippedRelease[] => {
  const found = new Map<Step, ShippedRelease>()
  for (const deployment of project.deployments) {
    const { build, ships, release, runs } = deployment
    if (build === undefined || ships === undefined || runs === 'mix') continue
    const shipped = release ?? releasesIn(ships.files)[0]?.release
    if (shipped && !found.has(shipped.step)) found.set(shipped.step, { build, release: shipped, ships, deployment })
  }
  return [...found.values()]
})

/** The Mix projects that deployments run with `mix phx.server` as they are in the image, each as if it were a release. */
export function mixServersOf(project: Project): readonly ShippedRelease[] {
  return project.deployments.flatMap((deployment): readonly ShippedRelease[] => {
    const { app, build, ships, server, release: unused } = deployment
    if (build === undefined || ships === undefined || unused || server?.command.kind !== 'mix') return []
    if (developmentWord(ships.stage.name ?? '') !== undefined) return []
    const { mixEnv } = server.command
    if (mixEnv.kind !== 'known' || !isProduction(mixEnv.value)) return []
    const { files } = ships
    const before = files.writes.length
    const release = {
      kind: 'release',
      step: server,
      name: '',
      mixEnv: mixEnv.value,
      project: server.cwd,
      app,
      files,
      before,
    } as const
    return [{ build, release, ships, deployment }]
  })
}

/** `priv/static` of one app of a release. */
export interface StaticFolder {
  /** Undefined where the Mix project is not in view. */
  readonly app: MixApp | undefined
  /** Absolute in the stage that assembles the release. */
  readonly path: string
  /** `manifest`: the endpoint names one. `bundle`: there are sources in `assets/`. `unknown`: the project is not in view. */
  readonly wants: 'manifest' | 'bundle' | 'unknown'
  /** Where the endpoint names it. */
  readonly wanted: Label | undefined
  /** The manifest as the release takes it. */
  readonly manifest: Located
}

/** Whether the release has a manifest. One that we cannot see does not count. */
export const isThere = ({ manifest: { origin } }: StaticFolder): boolean =>
  origin.kind === 'made' || origin.kind === 'context'

/** The folders of static files that the endpoints of a release serve. */
export function staticFoldersOf(project: Project, { release, deployment }: ShippedRelease): readonly StaticFolder[] {
  const folderAt = (path: string, app: MixApp | undefined, wants: StaticFolder['wants']): StaticFolder => {
    return {
      app,
      path,
      wants,
      wanted: placeOf(placesOf(manifestNamed(deployment, app))),
      manifest: locate(release.files, posix.join(path, 'cache_manifest.json'), release.before),
    }
  }
  const root = release.app
  if (root === undefined) return [folderAt(posix.join(release.project, 'priv/static'), undefined, 'unknown')]
  return [root, ...childrenIn(release, root)].flatMap((app): readonly StaticFolder[] => {
    const folder = posix.join(release.project, posix.relative(root.folder, app.folder))
    const wants = wishOf(project, deployment, root, app)
    return wants === undefined ? [] : [folderAt(posix.join(folder, 'priv/static'), app, wants)]
  })
}

/** The apps of an umbrella that a release starts; all of them where mix.exs does not say which. */
function childrenIn({ name }: ShippedRelease['release'], root: MixApp): readonly MixApp[] {
  const defined = root.releases.find((one) => one.name === name)
  return (defined && startedBy(defined, root)) ?? root.children
}

function wishOf(
  project: Project,
  deployment: Deployment,
  root: MixApp,
  app: MixApp,
): StaticFolder['wants'] | undefined {
  if (manifestNamed(deployment, app) || (deployment.boot?.build === undefined && namesManifest(project, root, app)))
    return 'manifest'
  // The root of an umbrella serves nothing: what lies in its `assets` may be for anything.
  return !app.umbrella && sourcesOf(project, app).length > 0 ? 'bundle' : undefined
}

/** The path that an endpoint of the app gives as `cache_static_manifest`, but that of what Vite and the like write. */
const manifestNamed = ({ boot }: Deployment, app: MixApp | undefined): Value | undefined =>
  boot?.endpoints
    .filter(({ otpApp }) => otpApp === app?.name)
    .map((endpoint) => endpoint.at('cache_static_manifest'))
    .find((value) => (value?.kind === 'binary' && !ofBundler.test(value.text)) || value?.kind === 'tuple')

const ofBundler = /(^|\/)manifest\.\w+$/

/** Whether a config script says so for the app, where the config could not be evaluated. */
const namesManifest = (project: Project, root: MixApp, app: MixApp) =>
  [...project.elixir.values()].some(({ source }) => {
    const mine = [root, app].some((one) => source.path.startsWith(posix.join(one.folder, 'config/')))
    return (
      mine &&
      /^[^#\n\r\u2028\u2029]*cache_static_manifest:(?!\s*"([^"\n]*\/)?manifest\.\w+")/m.test(source.text) &&
      source.text.includes(`:${app.name}`)
    )
  })

/** The scripts and style sheets in `assets/` of an app. */
export const sourcesOf = (project: Project, app: MixApp): readonly string[] =>
  project.tree.entries.flatMap(({ path, kind }) =>
    kind === 'file' &&
    path.startsWith(`${posix.join(app.folder, 'assets')}/`) &&
    /\.(m?[jt]sx?|css|s[ac]ss|less|vue|svelte|elm)$/.test(path) &&
    !/(^|\/)(node_modules|vendor)\//.test(path)
      ? [path]
      : [],
  )

/** The steps that write a digest manifest, with their words as they are written. */
export function digestsIn({ steps }: Pick<Build, 'steps'>): readonly (Step & { readonly words: string })[] {
  return steps.flatMap((step) => {
    const { command } = step
    const digests = command.kind === 'mix' && /^(phx|phoenix)\.digest$|^assets\.deploy$/.test(command.task)
    return digests ? [{ ...step, words: wordsOf(step) }] : []
  })
}

/** The words of a step as a shell would have them, on one line; a long line is cut. */
export function wordsOf(step: Pick<Step, 'span'>): string {
  const written = textOf(step.span)
    .replace(/(?<!\\)\r?\n[\t ]*-[\t ]+/g, ' ')
    .replace(/\\?\s+/g, ' ')
  const words = isList.test(written) ? [...written.matchAll(/"([^"]*)"/g)].map(([, word]) => word).join(' ') : written
  return words.length > longestWords ? `${words.slice(0, longestWords).trimEnd()}…` : words
}

/** Words in the exec form, in a Dockerfile or a compose file. */
const isList = /^\[? ?"[^"\\]*"( ?, ?"[^"\\]*")* ?\]?$/

const longestWords = 60

/** The stages that have a part in the image: what it starts from, and what is copied or mounted from. */
export const stagesBehind = oncePer((ships: BuiltStage): ReadonlySet<BuiltStage> => {
  const found = new Set<BuiltStage>()
  const waiting = [ships]
  for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
    if (found.has(stage)) continue
    found.add(stage)
    waiting.push(...stage.sources, ...(stage.base ? [stage.base] : []))
  }
  return found
})

const bundling = /^(esbuild|tailwind|sass|dart_sass|bun|volta|phoenix_bun|vite|assets\.build|assets\.compile)$/
const packers = /^(vite|webpack|webpack-cli|esbuild|tailwindcss|rollup|parcel|brunch|gulp|postcss|sass)$/

/** Whether a step surely bundles scripts or styles. */
export function bundles({ command }: Step): boolean {
  if (command.kind === 'mix') return bundling.test(command.task)
  if (command.kind !== 'program') return false
  if (packers.test(command.name)) return true
  const words = command.argv.slice(1).filter((arg) => arg !== undefined && !arg.startsWith('-'))
  return /^(npm|yarn|pnpm|bun|npx)$/.test(command.name) && words.some((arg) => /^(build|deploy)\b/.test(arg ?? ''))
}

/** Whether a step may bundle or digest without our seeing it: a script or task that is not in view. */
export function mayMakeAssets({ command, span }: Step): boolean {
  switch (command.kind) {
    case 'unknown':
      return true
    case 'mix':
      if (/^((phx|phoenix)\.digest|assets\.(deploy|setup)|.*\.install|local\..*|deps\..*)$/.test(command.task))
        return false
      return (
        /asset|static|digest|bundle|front|webpack|vite|npm|yarn|build|deploy/.test(command.task) ||
        (command.task === 'run' && command.args.length > 0)
      )
    case 'program':
      if (/^(node|deno|elm|grunt|ember|hugo|bazel|nx|turbo|lerna|rake|gradle|python3?|ruby|php)$/.test(command.name))
        return true
      if (/^(npm|yarn|pnpm|bun|npx)$/.test(command.name)) {
        return !/^(npm|yarn|pnpm|bun)\s+(-\S+(\s+\S+)?\s+)*(ci|install|i|add|config|set|cache)\b|--version|-g\b|--global/.test(
          textOf(span),
        )
      }
      return command.name.endsWith('.sh') || /^\/(?!bin|usr|sbin|etc|opt)/.test(command.argv[0] ?? '')
    case 'release':
      return false
  }
}

/** Whether static files are put into the release after it was assembled: in its folder, or in the image. */
export function reachesReleaseLater({ release, ships }: ShippedRelease): boolean {
  const own = posix.join(release.project, 'priv')
  const late = [
    ...release.files.writes.slice(release.before + 1),
    ...lineageOf(ships).flatMap((stage) => stage.files.writes),
  ]
  return late.some((write) => {
    if (write.kind === 'removed' || below(own, write.target) !== undefined) return false
    const file = write.kind === 'copy' && write.from.in !== 'elsewhere' && /\.\w+$/.test(write.from.path)
    return !file && /\/(lib|rel)\/(.*\/)?priv\/static(\/|$)/.test(write.target)
  })
}
