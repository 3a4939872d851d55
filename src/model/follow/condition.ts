import { expandShellWord } from '../../languages/shell/expand.ts'
import { matchesPattern } from '../../languages/shell/pattern.ts'
import type { Guard, SimpleCommand, Word } from '../../languages/shell/types.ts'
import { deciding, type Known, type Maybe, not, type TrailLabel, unknown, yesOrNo } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
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
  const { kind, negated, commands, subject } = guard
  if (kind === 'case' && subject) return decideCase(subject, guard, lookup)
  if (!['if', 'and', 'or'].includes(kind)) return notFollowed
  const decision = decideList(
    guard.span,
    commands.filter(({ substitution }) => !substitution),
    (command) => test(command, lookup, isThere),
  )
  return negated ? opposite(decision) : decision
}

/** What a list of questions gives: `a && ! b || c`, of which each sign stands for all that is left of it (POSIX.1-2017, 2.9.3). */
function decideList(
  { source, start, end }: Span,
  commands: readonly SimpleCommand[],
  ask: (command: SimpleCommand) => Decision,
): Decision {
  let all: Decision | undefined
  let behind = start
  for (const command of commands) {
    if (command.span.source !== source || command.span.start < behind) return notFollowed
    const written = source.text.slice(behind, command.span.start).replace(/\\\r?\n/g, '')
    const [, sign, negation] = /^\s*(&&|\|\||;|)\s*(!?)\s*$/.exec(written) ?? []
    if (sign === undefined || (all === undefined) !== (sign === '')) return notFollowed
    const one = negation ? opposite(ask(command)) : ask(command)
    all = all && sign !== ';' ? joined(sign === '&&' ? 'and' : 'or', [all, one]) : one
    behind = command.span.end
  }
  return all && /^[\s;]*$/.test(source.text.slice(behind, end)) ? all : notFollowed
}

const opposite = ({ answer, labels }: Decision): Decision => ({ answer: not(answer), labels })

/** What several questions come to, of which all must hold, or one. */
function joined(kind: 'and' | 'or', parts: readonly Decision[]): Decision {
  const enough = parts.find(({ answer }) => answer === (kind === 'and' ? 'no' : 'yes'))
  const open = parts.find(({ answer }) => typeof answer !== 'string')
  return enough ?? open ?? { answer: kind === 'and' ? 'yes' : 'no', labels: parts.flatMap(({ labels }) => labels) }
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

/** What `[ … ]`, `[[ … ]]` or `test …` gives (POSIX.1-2017, test; Bash, "Conditional Constructs"). */
function test(command: SimpleCommand, lookup: Lookup, isThere: FileTest): Decision {
  const words = command.words.map((word) => expandShellWord(word, lookup))
  const [name, ...rest] = words
  const program = name?.kind === 'known' ? name.value : ''
  if (!/^(test|\[\[?)$/.test(program)) return words.find(isUnknown) ? openIn(words) : notFollowed
  const asked = program === 'test' ? rest : rest.slice(0, -1)
  const operators = command.words.slice(1).map(({ literal }) => literal)
  const [and, or] = program === '[[' ? ['&&', '||'] : ['-a', '-o']
  const parts = split(asked, operators, or).map((part) => {
    const inner = split(part.words, part.operators, and)
    return joined(
      'and',
      inner.map((one) => question(one.words, program === '[[', isThere)),
    )
  })
  return joined('or', parts)
}

interface ConditionPart {
  readonly words: readonly Known<string>[]
  /** What is written for each of them, where that is a text. */
  readonly operators: readonly (string | undefined)[]
}

/** The words between those that are written as `operator`. */
function split(
  words: readonly Known<string>[],
  operators: ConditionPart['operators'],
  operator: string | undefined,
): ConditionPart[] {
  const at = words.findIndex((_, n) => n > 0 && operators[n] === operator)
  if (at === -1) return [{ words, operators }]
  const first = { words: words.slice(0, at), operators: operators.slice(0, at) }
  return [first, ...split(words.slice(at + 1), operators.slice(at + 1), operator)]
}

const isUnknown = (word: Known<string>) => word.kind === 'unknown'

const openIn = (words: readonly Known<string>[]): Decision => {
  const open = words.find((word) => word.kind === 'unknown')
  return open?.kind === 'unknown' ? { answer: open, labels: [] } : notFollowed
}

/** What one question about a text, a number or a file gives. */
function question(words: readonly Known<string>[], isPattern: boolean, isThere: FileTest): Decision {
  const asked = words.flatMap((word) => (word.kind === 'known' ? [word.value] : []))
  if (asked.length !== words.length) return openIn(words)
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
  if (one === '!' && asked.length > 1 && asked.length < 5) return opposite(question(words.slice(1), isPattern, isThere))
  if (asked.length === 2) return ask(one, operator)
  if (asked.length !== 3) return notFollowed
  const compare = numbers[operator]
  if (compare && [one, other].every((text) => /^-?\d{1,15}$/.test(text)))
    return decided(compare(Number(one), Number(other)))
  if (isPattern && /[*?[]/.test(other)) return notFollowed
  if (operator === '!=') return decided(one !== other, one === other)
  return /^==?$/.test(operator) ? decided(one === other) : notFollowed
}

const numbers: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '-eq': (one, other) => one === other,
  '-ne': (one, other) => one !== other,
  '-lt': (one, other) => one < other,
  '-le': (one, other) => one <= other,
  '-gt': (one, other) => one > other,
  '-ge': (one, other) => one >= other,
}

const unfollowed = unknown('the condition cannot be followed')
const notFollowed: Decision = { answer: unfollowed, labels: [] }
