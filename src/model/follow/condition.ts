import { expandShellWord } from '../../languages/shell/expand.ts'
import { matchesPattern } from '../../languages/shell/pattern.ts'
import type { Guard, SimpleCommand, Word } from '../../languages/shell/types.ts'
import { deciding, type Known, type Maybe, not, type TrailLabel, unknown, yesOrNo } from '../../text/known.ts'
import type { Lookup } from '../stage-files/step.ts'

/** Whether a condition holds, and the places of what is set that decide so. */
export interface Decision {
  readonly answer: Maybe
  readonly labels: readonly TrailLabel[]
}

/** Decides each condition once: what follows it may change what it asks. */
export type Decisions = Map<Guard, Decision>

/** Whether a command runs by the conditions that it hangs on. */
export function holds(guards: readonly Guard[], lookup: Lookup, isThere: FileTest, decisions: Decisions): Decision {
  let all: Maybe = 'yes'
  const labels: TrailLabel[] = []
  for (const guard of guards) {
    const decision = decisions.get(guard) ?? decide(guard, lookup, isThere)
    decisions.set(guard, decision)
    if (decision.answer === 'no') return decision
    if (decision.answer !== 'yes') all = decision.answer
    labels.push(...decision.labels)
  }
  return { answer: all, labels }
}

/** What `[ -d path ]` gives, and `-f` and `-e`. */
export type FileTest = (operator: string, path: string) => Maybe

function decide(guard: Guard, lookup: Lookup, isThere: FileTest): Decision {
  const { kind, negated, text, commands, subject } = guard
  if (kind === 'case' && subject) return decideCase(subject, guard, lookup)
  const [command] = commands
  if (!['if', 'and', 'or'].includes(kind) || commands.length !== 1 || command === undefined) return notFollowed
  const { answer, labels } = test(command, lookup, isThere)
  return { answer: negated !== /^!\s/.test(text) ? not(answer) : answer, labels }
}

const longestSubject = 1_000

/** Whether a branch of `case SUBJECT in` is taken: the first one with a pattern that matches (POSIX.1-2017, 2.9.4.3). */
function decideCase(subject: Word, { patterns, earlier }: Guard, lookup: Lookup): Decision {
  const given = expandShellWord(subject, lookup)
  if (given.kind !== 'known' || given.value.length > longestSubject) return notFollowed
  const matching = (words: readonly Word[]) =>
    words.map((word): Maybe => {
      const pattern = expandShellWord(word, lookup)
      return pattern.kind === 'known' ? yesOrNo(matchesPattern(given.value, pattern.value)) : unfollowed
    })
  const [own, before] = [matching(patterns), matching(earlier)]
  if (before.includes('yes') || own.every((one) => one === 'no')) return { answer: 'no', labels: [] }
  if (!own.includes('yes') || before.some((one) => one !== 'no')) return notFollowed
  return { answer: 'yes', labels: decidingIn([given], !patterns.some(({ text }) => text === '*')) }
}

const decidingIn = (words: readonly Known<string>[], asks: boolean): readonly TrailLabel[] =>
  words.flatMap(({ trail }) => trail.map((label) => deciding(label, asks)))

/** What `[ … ]` or `test …` gives for one question about text or a file (POSIX.1-2017, test). */
function test(command: SimpleCommand, lookup: Lookup, isThere: FileTest): Decision {
  const words = command.words.map((word) => expandShellWord(word, lookup))
  const texts = words.flatMap((word) => (word.kind === 'known' ? [word.value] : []))
  const [name, ...rest] = texts
  const open = words.find((word) => word.kind === 'unknown')
  if (texts.length !== words.length) return open ? { answer: open, labels: [] } : notFollowed
  const asked = name === 'test' ? rest : /^\[\[?$/.test(name ?? '') ? rest.slice(0, -1) : undefined
  if (asked === undefined) return notFollowed
  const [one = '', operator = '', other = ''] = asked
  const decided = (holds: boolean, asks = holds): Decision => ({
    answer: yesOrNo(holds),
    labels: decidingIn(words, asks),
  })
  const ask = (name: string, text: string): Decision => {
    if (name === '-z' || name === '-n') return decided((text === '') === (name === '-z'), text !== '')
    return { answer: isThere(name, text), labels: [] }
  }
  if (asked.length === 1) return decided(one !== '')
  if (asked.length === 2) return ask(one, operator)
  if (asked.length === 3 && one === '!') {
    const { answer, labels } = ask(operator, other)
    return { answer: not(answer), labels }
  }
  if (asked.length !== 3 || (name === '[[' && /[*?[]/.test(other))) return notFollowed
  if (operator === '!=') return decided(one !== other, one === other)
  return /^==?$/.test(operator) ? decided(one === other) : notFollowed
}

const unfollowed = unknown('the condition cannot be followed')
const notFollowed: Decision = { answer: unfollowed, labels: [] }
