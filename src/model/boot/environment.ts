import { parseShell, parseShellScript } from '../../languages/shell/parse.ts'
import { breakIn } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { type Known, known, unknown } from '../../text/known.ts'
import { type Source, wholeOf } from '../../text/source.ts'
import type { Container } from '../container/container.ts'
import { follow } from '../follow/follow.ts'
import { environmentIn, type Frame, newBudget, newShell } from '../follow/frame.ts'
import { runScript } from '../follow/run.ts'
import { atRelease } from '../stage-files/release-files.ts'
import type { Lookup } from '../stage-files/step.ts'

/** What the release's own script always sets, as far as it does not hang on the machine (mix help release). */
function withReleaseVariables(given: Lookup, name: string): Lookup {
  const values = new Map([
    ['RELEASE_NAME', name],
    ['RELEASE_PROG', name],
    ['RELEASE_COMMAND', 'start'],
    ['RELEASE_MODE', 'embedded'],
    ['RELEASE_DISTRIBUTION', 'sname'],
  ])
  return (variable) => {
    const value = given(variable)
    if (value.kind === 'known' && value.value !== '') return value
    const own = values.get(variable)
    if (own !== undefined && value.kind !== 'unknown') return known(own)
    if (own !== undefined && /_(NAME|PROG|COMMAND)$/.test(variable)) return known(own)
    return /^RELEASE_(ROOT|VSN|COOKIE|NODE|TMP|VM_ARGS|SYS_CONFIG|REMOTE_VM_ARGS|BOOT_SCRIPT|BOOT_SCRIPT_CLEAN)$/.test(
      variable,
    )
      ? unknown('the script of the release sets it')
      : value
  }
}

/**
 * What runtime.exs sees: the environment of the step that starts the app, with what rel/env.sh.eex exports (mix help
 * release, "env.sh"), and what the release's own script sets; without the latter where it is `exact`.
 */
export function environmentAtBoot(
  { server, release, environment, world }: Container,
  exact = false,
): (name: string) => Known<string> {
  const given: Lookup = server?.env ?? environment.get
  const outer =
    exact || release === undefined || server?.command.kind === 'mix' ? given : withReleaseVariables(given, release.name)
  const origin = release && atRelease(release, 'rel/env.sh.eex').origin
  const source = origin?.kind === 'context' ? world.sourceAt(origin.path) : undefined
  if (release === undefined || source === undefined || server?.command.kind === 'mix') return outer
  const damage = damageOf(source)
  if (damage) world.unread?.set(source, damage)
  const frame: Frame = {
    world,
    context: {
      root: '',
      typeOf: () => undefined,
      filesUnder: () => [],
      ignoredUnder: () => [],
      namesIn: () => [],
      missing: () => undefined,
      isLocal: () => false,
      unfiltered: () => undefined,
    },
    stage: 0,
    draft: { base: undefined, writes: [] },
    shell: newShell({ path: '/' }),
    env: outer,
    via: [],
    runs: 'always',
    mayFail: false,
    depth: 0,
    budget: newBudget(),
    emit: (made) => ({ ...made, id: 0 }),
    follow,
  }
  runScript(parseShell(source, 0, source.text), frame)
  return environmentIn(frame)
}

/** Why a shell stops at `env.sh`; undefined where tags decide what is in it. */
function damageOf(source: Source): Problem | undefined {
  const { problems, limits } = parseShellScript(wholeOf(source))
  const isPlain = !/<%(?!=)/.test(source.text)
  return breakIn(source) ?? (isPlain ? problems.find((problem) => !limits.includes(problem)) : undefined)
}
