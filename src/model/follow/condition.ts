import { expandShellWord } from '../../languages/shell/expand.ts'
import type { Guard, SimpleCommand } from '../../languages/shell/types.ts'
import type { Lookup } from '../stage-files/step.ts'

/** Decides each condition once: what follows it may change what it asks. */
export type Decisions = Map<Guard, boolean | undefined>

/** Whether a command runs by the conditions that it hangs on; undefined where one of them is not known. */
export function holds(
  guards: readonly Guard[],
  lookup: Lookup,
  isThere: FileTest,
  decisions: Decisions,
): boolean | undefined {
  let all: boolean | undefined = true
  for (const guard of guards) {
    if (!decisions.has(guard)) decisions.set(guard, decide(guard, lookup, isThere))
    const decision = decisions.get(guard)
    if (decision === false) return false
    if (decision === undefined) all = undefined
  }
  return all
}

/** What `[ -d path ]` gives, and `-f` and `-e`; undefined where that is not known. */
export type FileTest = (operator: string, path: string) => boolean | undefined

function decide({ kind, negated, commands }: Guard, lookup: Lookup, isThere: FileTest): boolean | undefined {
  const [command] = commands
  if (!['if', 'and', 'or'].includes(kind) || commands.length !== 1 || command === undefined) return undefined
  const result = test(command, lookup, isThere)
  return result === undefined ? undefined : result !== negated
}

/** What `[ … ]` or `test …` gives for one question about text or a file (POSIX.1-2017, test). */
function test(command: SimpleCommand, lookup: Lookup, isThere: FileTest): boolean | undefined {
  const words = command.words.map((word) => expandShellWord(word, lookup))
  const texts = words.flatMap((word) => (word.kind === 'known' ? [word.value] : []))
  const [name, ...rest] = texts
  if (texts.length !== words.length) return undefined
  const asked = name === 'test' ? rest : /^\[\[?$/.test(name ?? '') ? rest.slice(0, -1) : undefined
  if (asked === undefined) return undefined
  const [one = '', operator = '', other = ''] = asked
  const ask = (name: string, text: string) =>
    name === '-z' ? text === '' : name === '-n' ? text !== '' : isThere(name, text)
  if (asked.length === 1) return one !== ''
  if (asked.length === 2) return ask(one, operator)
  if (asked.length === 3 && one === '!') {
    const answer = ask(operator, other)
    return answer === undefined ? undefined : !answer
  }
  if (asked.length !== 3 || (name === '[[' && /[*?[]/.test(other))) return undefined
  return /^==?$/.test(operator) ? one === other : operator === '!=' ? one !== other : undefined
}
