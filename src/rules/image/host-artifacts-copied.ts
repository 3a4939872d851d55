import { posix } from 'node:path'
import { entriesBesideCode, entryAt } from '../../files/tree.ts'
import { excludes } from '../../languages/dockerignore/dockerignore.ts'
import { stagesBehind } from '../../model/facts/assets.ts'
import { type MixApp, mixText } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import { ignoredByGit, ignoreFor, isIgnoreMade } from '../../model/stage-files/find-context.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Write } from '../../model/stage-files/types.ts'
import type { Build, BuiltStage } from '../../model/stages/built-stage.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { type Source, textOf } from '../../text/source.ts'
import { dockerignoreOf, ignoring } from '../edits/dockerignore.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'host-artifacts-copied',
  gotcha: 'image',
  severity: 'warning',
  fix: 'safe',
  summary: 'COPY brings what was compiled on the machine that builds',
  incident:
    'Builds work on one machine and fail on another, or the app stops with `invalid ELF header`: a library compiled on a Mac is in the image.',
  remedy: 'Leave the folder out of the build context by .dockerignore',
  why: `\`_build\`, \`deps\` and \`node_modules\` are full of files for the machine that made them: libraries in C, and programs such
as esbuild. \`COPY . .\` lays them over those of the image, or Mix and npm find them there and take them for their own.
\`.dockerignore\` keeps them out; \`.gitignore\` does not.`,
  links: [
    'https://docs.docker.com/build/concepts/context/#dockerignore-files',
    'https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Gen.Release.html',
  ],
  examples: [
    {
      title: 'no .dockerignore',
      on: 'phoenix',
      good: `
        -- .gitignore --
        /_build/
        /deps/
        -- .dockerignore --
        _build
        deps`,
      bad: `
        -- .dockerignore --
        (removed)
        -- Dockerfile: COPY . . --
        COPY . .
        ^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a .dockerignore that forgets one',
      on: 'phoenix',
      good: `
        -- .gitignore --
        /_build/
        /deps/
        -- .dockerignore --
        .git
        _build
        deps`,
      bad: `
        -- Dockerfile: COPY . . --
        COPY . .
        ^^^^^^^^
        -- .dockerignore: deps --`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const { build, ships, app: main } of project.deployments) {
      if (!build || !ships) continue
      const { root } = build.context
      if (isIgnoreMade(build.dockerfile.source.path, root, project.tree)) continue
      const candidates = project.apps.flatMap((app) => foldersOf(app, project, app === main))
      const ignore = ignoreFor(build.dockerfile.source.path, root, project.tree)
      const inContext = (folder: string) => (root === '' ? folder : below(root, folder))
      const open = candidates.filter((folder) => {
        const path = inContext(folder)
        return path !== undefined && !(ignore && excludes(ignore, `${path}/a/b`))
      })
      const wanted = wantedBy(build, open)
      const source = dockerignoreOf(build, project)
      for (const stage of open.length > 0 ? stagesBehind(ships) : []) {
        const copies = new Map(
          stage.stage.instructions.flatMap((one) => ('exclude' in one ? [[one.span.start, one]] : [])),
        )
        for (const write of stage.files.writes) {
          const excluded = copies.get(write.cause.span.start)?.exclude
          const kept = [...(wanted.get(stage) ?? [])].filter((folder) => !isEmptiedAfter(write, folder, stage))
          if (excluded?.length === 0) yield* broughtBy(write, new Set(kept), { root, source })
        }
      }
    }
  },
})

/** Whether another app takes an app in by a path: Mix compiles it in the folders of that one, and never in its own. */
const isDependency = ({ folder, name }: MixApp, apps: readonly MixApp[]): boolean =>
  apps.some((other) => other.folder !== folder && new RegExp(`\\{\\s*:${name},[^{}]*\\bpath:`).test(mixText(other)))

/** The folders that commands take for their own: in a stage, and in those that start from it. */
function wantedBy({ stages }: Build, folders: readonly string[]): ReadonlyMap<BuiltStage, ReadonlySet<string>> {
  const wanted = new Map(
    stages.map((stage) => [
      stage,
      new Set(folders.filter((folder) => stage.steps.some((step) => looksInto(folder, step)))),
    ]),
  )
  for (const stage of stages.toReversed())
    for (const folder of wanted.get(stage) ?? []) if (stage.base) wanted.get(stage.base)?.add(folder)
  return wanted
}

/** Whether a later command of the stage empties a folder before anything looks into it: `npm ci`, or `rm`. */
const isEmptiedAfter = (write: Write, folder: string, { steps }: BuiltStage): boolean =>
  steps.some((step) => {
    const { command, cwd } = step
    const at = step.via[0]?.span ?? step.span
    const { source, end } = write.cause.span
    if (command.kind !== 'program' || step.runs !== 'always' || at.source !== source || at.start < end) return false
    const words = command.argv.slice(1).map((word) => word ?? '')
    if (command.name === 'rm') return words.some((word) => isSame(posix.resolve(cwd, word), folder))
    if (command.name !== 'npm' || !words.some((word) => /^(ci|clean-install|ic|install-clean)$/.test(word)))
      return false
    const named = words.findIndex((word) => /^(--prefix|-C)$/.test(word))
    const prefix = named === -1 ? words.find((word) => word.startsWith('--prefix='))?.slice(9) : words[named + 1]
    return isSame(posix.resolve(cwd, prefix ?? '.', 'node_modules'), folder)
  })

/** Whether a path in a stage is most likely that of a folder of the context: its last two names are the same. */
const isSame = (path: string, folder: string): boolean =>
  folder === posix.basename(folder)
    ? posix.basename(path) === folder
    : path.endsWith(`/${folder.split('/').slice(-2).join('/')}`)

/** The build context, and the file that keeps things out of it. */
interface Ignoring {
  readonly root: string
  readonly source: Source
}

/** What one COPY brings of the folders. */
function broughtBy(write: Write, wanted: ReadonlySet<string>, { root, source }: Ignoring): readonly Finding[] {
  if (write.kind !== 'copy' || write.until !== undefined || write.from.in !== 'context') return []
  const { context, path } = write.from
  const words = textOf(write.cause.span).replace(/\\?\s+/g, ' ')
  // Nobody knows what a variable stands for that is given to the build; who names `deps` wants the sources in it.
  if (path === '' && /\s\$\{?\w+\}?\/?\s/.test(words)) return []
  const folders = [...wanted].filter(
    (folder) =>
      path === '' || (below(path, folder) !== undefined && !(path === folder && posix.basename(path) === 'deps')),
  )
  if (folders.length === 0 || context.root !== root) return []
  const isSeen = folders.some((folder) => context.typeOf(folder) === 'folder')
  const inContext = folders.map((folder) => (root === '' ? folder : (below(root, folder) ?? folder)))
  return [
    {
      message: `\`${words}\` brings ${listed(folders)} of the machine that builds`,
      span: write.cause.span,
      ...(isSeen ? {} : { certainty: 'likely' }),
      fixes: [
        {
          title: `Leave ${listed(inContext)} out of the build context`,
          safety: 'safe',
          edits: [ignoring(folders, root, source)],
        },
      ],
    },
  ]
}

/** `a`, `b` and `c`. */
function listed(folders: readonly string[]): string {
  const names = folders.map((folder) => `\`${folder}\``)
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Whether a command takes the folder for its own. */
function looksInto(folder: string, { command, env }: Step): boolean {
  const name = posix.basename(folder)
  const { kind } = command
  if (name === 'node_modules') {
    const mayBundle = kind === 'mix' && /^(assets|esbuild|tailwind|cmd|run)\b/.test(command.task)
    return mayBundle || (kind === 'program' && /^(npm|npx|yarn|pnpm|bun|node)$/.test(command.name))
  }
  return kind === 'mix' && env(name === 'deps' ? 'MIX_DEPS_PATH' : 'MIX_BUILD_PATH').kind !== 'known'
}

/** The folders of compiled files of an app that git ignores: they are on every machine that has built it once. */
function foldersOf(app: MixApp, { tree, apps }: Project, isMain: boolean): readonly string[] {
  const { folder, buildPath } = app
  const packages = entriesBesideCode(tree)
    .filter(({ path }) => posix.basename(path) === 'package.json')
    .map(({ path }) => posix.dirname(path))
  const npm = packages
    .filter((at) => [folder, posix.join(folder, 'assets')].includes(at === '.' ? '' : at))
    .map((at) => posix.join(at, 'node_modules'))
  const own = [
    ...(buildPath === '_build' ? [posix.join(folder, '_build')] : []),
    ...(/\bdeps_path:/.test(mixText(app)) ? [] : [posix.join(folder, 'deps')]),
  ]
  const compiled = isMain || !isDependency(app, apps) ? own : []
  return [...compiled, ...npm].filter((path) => {
    const entry = entryAt(tree, path)
    return entry ? entry.gitIgnored : ignoredByGit(`${path}/`, tree)
  })
}
