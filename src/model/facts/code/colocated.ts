import { configAt } from '../../../languages/elixir/evaluate/config-merge.ts'
import { mapGet, pairKey } from '../../../languages/elixir/values/map.ts'
import { binary, type Value } from '../../../languages/elixir/values/value.ts'
import type { Label } from '../../../text/diagnostic.ts'
import { type Span, span } from '../../../text/source.ts'
import { placeOf, placesOf } from '../../boot/trail.ts'
import type { Project } from '../../project/project.ts'
import type { Step } from '../../stage-files/step.ts'
import { type ShippedRelease, stagesBehind } from '../assets.ts'

/** A step that bundles what is not compiled yet. */
export interface UncompiledImport {
  readonly step: Step
  /** Where the assets import what the compiler writes. */
  readonly imported: Span
  /** Where the config says that what the compiler writes is looked through. */
  readonly profile: Label | undefined
  /** The step that compiles, for another MIX_ENV. */
  readonly inOther: Step | undefined
  /** The call of `mix compile` that comes too late. */
  readonly later: Step | undefined
}

/** The tasks that take in what is compiled, and the files that import it. */
const takers = [
  { task: 'esbuild', files: /(^|\/)assets\/.*\.[cm]?[jt]sx?$/ },
  { task: 'tailwind', files: /(^|\/)assets\/.*\.css$/ },
]

/**
 * The step of a release's build that bundles the hooks, scripts or styles of templates (Phoenix.LiveView.ColocatedHook and
 * its like), which the compiler writes into the build folder of its MIX_ENV, before anything is compiled there.
 */
export function uncompiledImportOf(
  project: Project,
  { release, ships, deployment }: ShippedRelease,
): UncompiledImport | undefined {
  const config = deployment.boot?.build?.config
  const steps = [...stagesBehind(ships)].flatMap((stage) => stage.steps).toSorted((a, b) => a.id - b.id)
  for (const { task, files } of takers) {
    const imported = importIn(project, files)
    if (imported === undefined || config === undefined || !takesCompiled(configAt(config, [task]))) continue
    const at = steps.findIndex(({ command }) => command.kind === 'mix' && command.task === task)
    const step = steps[at]
    if (step?.command.kind !== 'mix' || step.runs !== 'always' || step.stage !== release.step.stage) continue
    const before = steps.slice(0, at).filter(mayCompile)
    const inOther = before.filter((one) => isInOtherEnv(one, step))
    if (step.command.args.includes('--runtime-config') || inOther.length < before.length) continue
    const later = steps.slice(at).find(({ command, stage }) => {
      return command.kind === 'mix' && command.task === 'compile' && stage === step.stage
    })
    const profile = placeOf(placesOf(configAt(config, [task])))
    return { step, imported, profile, inOther: inOther.at(-1), later }
  }
  return undefined
}

/** Tasks that do not compile the app. */
const compilesNothing = /^(local|deps|archive|hex|help|tailwind|esbuild|assets|sass|bun)(\.|$)/

const mayCompile = ({ command }: Step): boolean =>
  command.kind === 'unknown' || (command.kind === 'mix' && !compilesNothing.test(command.task))

/** The MIX_ENV of a call of Mix, where it is known. */
export const envOf = ({ command }: Step): string | undefined =>
  command.kind === 'mix' && command.mixEnv.kind === 'known' ? command.mixEnv.value : undefined

function isInOtherEnv(one: Step, other: Step): boolean {
  const [env, wanted] = [envOf(one), envOf(other)]
  return env !== undefined && wanted !== undefined && env !== wanted
}

function importIn({ tree }: Project, files: RegExp): Span | undefined {
  for (const source of tree.sources) {
    if (!files.test(source.path)) continue
    const found = /["']phoenix-colocated(-css)?\//.exec(blankedComments(source.text))
    if (found) return span(source, found.index + 1, found.index + found[0].length)
  }
  return undefined
}

/** A script or style sheet with blanks in place of its comments. */
export const blankedComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '))

/** Whether a profile looks for packages in more than `deps`: in the build folder, as Phoenix generates it. */
const takesCompiled = (profiles: Value | undefined): boolean =>
  profiles?.kind === 'list' &&
  profiles.items.some((item) => {
    const env =
      pairKey(item) === undefined || item.kind !== 'tuple'
        ? undefined
        : item.items[1] && configAt(item.items[1], ['env'])
    const path = env?.kind === 'map' ? mapGet(env, binary('NODE_PATH')) : undefined
    return path?.kind === 'list' && path.items.length > 1
  })
