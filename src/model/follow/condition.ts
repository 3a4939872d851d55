import { expandShellWord } from '../../languages/shell/expand.ts'
import type { Guard, SimpleCommand } from '../../languages/shell/types.ts'
import { type Maybe, not, unknown, yesOrNo } from '../../text/known.ts'
import type { Lookup } from '../stage-files/step.ts'

/** Decides each condition once: what follows it may change what it asks. */
export type Decisions = Map<Guard, Maybe>

/** Whether a command runs by the conditions that it hangs on. */
export function holds(guards: readonly Guard[], lookup: Lookup, isThere: FileTest, decisions: Decisions): Maybe {
  let all: Maybe = 'yes'
  for (const guard of guards) {
    const decision = decisions.get(guard) ?? decide(guard, lookup, isThere)
    decisions.set(guard, decision)
    if (decision === 'no') return 'no'
    if (decision !== 'yes') all = decision
  }
  return all
}

/** What `[ -d path ]` gives, and `-f` and `-e`. */
export type FileTest = (operator: string, path: string) => Maybe

function decide({ kind, negated, commands }: Guard, lookup: Lookup, isThere: FileTest): Maybe {
  const [command] = commands
  if (!['if', 'and', 'or'].includes(kind) || commands.length !== 1 || command === undefined) return notFollowed
  const result = test(command, lookup, isThere)
  return negated ? not(result) : result
}

/** What `[ … ]` or `test …` gives for one question about text or a file (POSIX.1-2017, test). */
function test(command: SimpleCommand, lookup: Lookup, isThere: FileTest): Maybe {
  const words = command.words.map((word) => expandShellWord(word, lookup))
  const texts = words.flatMap((word) => (word.kind === 'known' ? [word.value] : []))
  const [name, ...rest] = texts
  const open = words.find((word) => word.kind === 'unknown')
  if (texts.length !== words.length) return open ?? notFollowed
  const asked = name === 'test' ? rest : /^\[\[?$/.test(name ?? '') ? rest.slice(0, -1) : undefined
  if (asked === undefined) return notFollowed
  const [one = '', operator = '', other = ''] = asked
  const ask = (name: string, text: string) =>
    name === '-z' ? yesOrNo(text === '') : name === '-n' ? yesOrNo(text !== '') : isThere(name, text)
  if (asked.length === 1) return yesOrNo(one !== '')
  if (asked.length === 2) return ask(one, operator)
  if (asked.length === 3 && one === '!') return not(ask(operator, other))
  if (asked.length !== 3 || (name === '[[' && /[*?[]/.test(other))) return notFollowed
  if (operator === '!=') return yesOrNo(one !== other)
  return /^==?$/.test(operator) ? yesOrNo(one === other) : notFollowed
}

const notFollowed = unknown('the condition cannot be followed')
