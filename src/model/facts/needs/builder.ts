import { posix } from 'node:path'
import { textOf } from '../../../text/source.ts'
import { type MixApp, mixText } from '../../phoenix/mix.ts'
import { isAtLeast } from '../../phoenix/versions.ts'
import type { Project } from '../../project/project.ts'
import { locate } from '../../stage-files/locate.ts'
import { below } from '../../stage-files/paths.ts'
import type { Step } from '../../stage-files/step.ts'
import type { BuildTool } from '../../stages/build-tools.ts'
import type { BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf } from '../../stages/mix-there.ts'
import { programThere } from '../../stages/program-there.ts'
import type { ShippedRelease } from '../assets.ts'
import { dependenciesOf, type Needed } from './dependencies.ts'
import { nativePackages } from './native-packages.ts'

/** A step of a build that cannot do its work on a dependency, since tools are not there. */
export interface Lacking {
  readonly step: Step
  /** What happens to the dependency in the step. */
  readonly work: 'fetched' | 'checked' | 'compiled'
  readonly dependency: Needed
  readonly tools: readonly BuildTool[]
}

/** What a stage surely lacks for the dependencies of a release, at the first step that needs it. */
export function lackingIn(stage: BuiltStage, shipped: ShippedRelease, project: Project): readonly Lacking[] {
  const { build, deployment } = shipped
  const { app } = shipped.release
  if (app?.file === undefined || app.unread) return []
  const args = deployment.build?.args
  const found: Lacking[] = []
  const isAbsent = (tool: BuildTool, step: Step) =>
    !found.some(({ tools }) => tools.includes(tool)) &&
    programThere(tool, build.dockerfile, stage, args, step.id) === 'no'
  for (const step of stage.steps) {
    const { command } = step
    if (command.kind !== 'mix' || !isOfApp(step, stage, app)) continue
    for (const work of worksOf(step, stage)) {
      const env = environmentOf(step)
      if (env === unknownEnvironment) continue
      const lacking = needsOf(work, app, env, project).flatMap(({ dependency, tools }): readonly Lacking[] => {
        const absent = tools.filter((tool) => isAbsent(tool, step))
        return absent.length > 0 ? [{ step, work, dependency, tools: absent }] : []
      })
      found.push(...lacking.slice(0, 1))
    }
  }
  return found
}

/** Whether a step of Mix runs in the folder of the app, or in one of its umbrella. */
function isOfApp({ cwd }: Step, stage: BuiltStage, app: MixApp): boolean {
  const { origin } = locate(stage.files, posix.join(cwd, 'mix.exs'))
  return origin.kind === 'context' && [app, ...app.children].some(({ file }) => file?.source.path === origin.path)
}

/** What a step of Mix does to the dependencies (Mix.Tasks.Deps.Loadpaths: git is asked where a lock is checked). */
function worksOf(step: Step, stage: BuiltStage): readonly Lacking['work'][] {
  const { command } = step
  if (command.kind !== 'mix') return []
  if (/^deps\.(get|update)$/.test(command.task)) return ['fetched']
  if (!/^(deps\.compile|compile|release|phx\.server)$/.test(command.task)) return []
  const checks = command.task !== 'deps.compile' && !command.args.includes('--no-deps-check')
  return [...(checks ? (['checked'] as const) : []), ...(comesCompiled(step, stage) ? [] : (['compiled'] as const))]
}

/** Whether `_build` comes from another stage or image, in which the dependencies may have been compiled. */
const comesCompiled = ({ cwd }: Step, stage: BuiltStage): boolean =>
  lineageOf(stage).some(({ files }) =>
    files.writes.some(
      (write) =>
        write.kind === 'copy' &&
        write.from.in !== 'context' &&
        write.until === undefined &&
        (below(write.target, posix.join(cwd, '_build')) !== undefined || write.target.includes('_build')),
    ),
  )

const unknownEnvironment = Symbol('an environment that is not known')

/** The environment whose dependencies a step takes; undefined for those of all. */
function environmentOf({ command }: Step): string | undefined | typeof unknownEnvironment {
  if (command.kind !== 'mix') return undefined
  const env = command.mixEnv.kind === 'known' ? command.mixEnv.value : unknownEnvironment
  if (!command.task.startsWith('deps.') || command.task === 'deps.compile') return env
  const at = command.args.findIndex((arg) => arg.startsWith('--only'))
  const only = at === -1 ? undefined : (/=(.*)/.exec(command.args[at] ?? '')?.[1] ?? command.args[at + 1])
  return only !== undefined && !/^\w+$/.test(only) ? env : only
}

interface Need {
  readonly dependency: Needed
  readonly tools: readonly BuildTool[]
}

function needsOf(work: Lacking['work'], app: MixApp, env: string | undefined, project: Project): readonly Need[] {
  const dependencies = dependenciesOf(app, env, project.tree)
  switch (work) {
    case 'fetched':
      return dependencies.flatMap((dependency) => {
        const { git } = dependency
        return git === undefined ? [] : [{ dependency, tools: ['git', ...transportOf(git)] }]
      })
    case 'checked':
      return dependencies.flatMap((dependency) => (dependency.git ? [{ dependency, tools: ['git'] }] : []))
    case 'compiled':
      return [...dependencies.flatMap(compiling), ...ownNative(app, project)]
  }
}

const transportOf = (address: string): readonly BuildTool[] =>
  /^(ssh:\/\/|[\w.-]+@[\w.-]+:)/.test(address) ? ['ssh'] : address.startsWith('https:') ? ['certificates'] : []

function compiling(dependency: Needed): readonly Need[] {
  const { name, version, git } = dependency
  const native = git === undefined && Object.hasOwn(nativePackages, name) ? nativePackages[name] : undefined
  if (native === undefined) return []
  const { tools, compiledSince } = native
  return compiledSince && isAtLeast(version, ...compiledSince) ? [] : [{ dependency, tools }]
}

/** The native code of the project itself, by Rustler or `elixir_make`. */
function ownNative(app: MixApp, { elixir, tree }: Project): readonly Need[] {
  return [app, ...app.children].flatMap((one): readonly Need[] => {
    const rustler = one.deps.find(({ name }) => name === 'rustler')
    const crate = posix.join(one.folder, 'native/')
    const hasCrate = () => tree.entries.some(({ path }) => path.startsWith(crate) && path.endsWith('/Cargo.toml'))
    const isUsed = () =>
      [...elixir.values()].some(
        ({ source }) =>
          source.path.startsWith(posix.join(one.folder, 'lib/')) &&
          source.text.includes('Rustler') &&
          /^\s*use Rustler\b(?!Precompiled)/m.test(source.text) &&
          !/skip_compilation\?:/.test(source.text),
      )
    const byMake = one.deps.find(({ name }) => name === 'elixir_make')
    const makes = /\bcompilers:[^\n]*:elixir_make\b/.test(mixText(one)) && !/make_precompiler/.test(mixText(one))
    return [
      ...(rustler && hasCrate() && isUsed() ? [{ dependency: asNeeded(rustler), tools: ['cargo'] as const }] : []),
      ...(byMake && makes ? [{ dependency: asNeeded(byMake), tools: ['make'] as const }] : []),
    ]
  })
}

const asNeeded = ({ name, span }: MixApp['deps'][number]): Needed => ({
  name,
  span,
  version: undefined,
  git: undefined,
})

/** Whether git is told to fetch by another way than the address says, or not to look at certificates. */
export const redirectsGit = ({ build }: ShippedRelease): boolean =>
  /insteadOf|gitconfig|GIT_(SSH|SSL|CONFIG)|sslVerify/i.test(textOf(wholeOf(build.dockerfile.source)))

const wholeOf = (source: Needed['span']['source']): Needed['span'] => ({ source, start: 0, end: source.text.length })
