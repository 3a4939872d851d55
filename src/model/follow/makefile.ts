import { expandMake, unknownText } from '../../languages/make/expand.ts'
import { type MakeRule, parseMakefile, type Statement } from '../../languages/make/parse.ts'
import { type Maybe, unknown, yesOrNo } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { environmentIn, type Frame } from './frame.ts'

interface MakeVariable {
  readonly value: string
  /** Given on the command line, which wins over the file. */
  readonly fixed: boolean
}

/** A Makefile after its statements were executed in order. */
export interface Makefile {
  readonly rules: (Omit<MakeRule, 'targets' | 'prerequisites'> & {
    readonly targets: readonly string[]
    readonly prerequisites: readonly string[]
  })[]
  readonly variables: Map<string, MakeVariable>
  readonly exported: Set<string>
  allExported: boolean
  readonly frame: Frame
  /** The files that `include` names, relative to the folder of make. */
  readonly filesAt: (pattern: string) => readonly Source[]
}

const deepestInclude = 8
/** Of a command: a Makefile that calls `make` is read each time. */
const costOfStatement = 0.05

/** Executes the statements of a Makefile. */
export function readMakefile(statements: readonly Statement[], makefile: Makefile, depth = 0): void {
  for (const statement of statements) {
    makefile.frame.budget.left -= costOfStatement
    switch (statement.kind) {
      case 'variable':
        assign(statement, makefile)
        break
      case 'export':
        for (const name of wordsOf(statement.names, makefile)) makefile.exported.add(name)
        makefile.allExported ||= statement.names.trim() === ''
        break
      case 'rule': {
        const targets = wordsOf(statement.targets, makefile)
        makefile.rules.push({ ...statement, targets, prerequisites: wordsOf(statement.prerequisites, makefile) })
        break
      }
      case 'include':
        if (depth > deepestInclude) break
        for (const file of wordsOf(statement.files, makefile)) {
          for (const source of makefile.filesAt(file)) readMakefile(parseMakefile(source), makefile, depth + 1)
        }
        break
      case 'conditional': {
        const holds = decide(statement, makefile)
        const branch = typeof holds === 'string' ? (statements: readonly Statement[]) => statements : undecided
        if (holds !== 'no') readMakefile(branch(statement.then), makefile, depth)
        if (holds !== 'yes') readMakefile(branch(statement.otherwise), makefile, depth)
        break
      }
    }
  }
}

/** The statements of a branch that may not be taken: what it sets is not known. */
const undecided = (statements: readonly Statement[]): readonly Statement[] =>
  statements.map((one) => (one.kind === 'variable' ? { ...one, operator: '=', value: unknownText } : one))

/** Gives a variable what the Makefile says, unless the call says otherwise. */
export function assign(
  { name, operator, value, exported }: Extract<Statement, { kind: 'variable' }>,
  makefile: Makefile,
) {
  if (exported) makefile.exported.add(name)
  const before = makefile.variables.get(name)
  if (before?.fixed) return
  const given = environmentIn(makefile.frame)(name)
  if (operator === '?=' && (before || given.kind !== 'unset')) return
  if (given.kind === 'known') makefile.exported.add(name)
  const text = operator === ':=' ? expand(value, makefile) : operator === '!=' ? unknownText : value
  makefile.variables.set(name, { value: operator === '+=' && before ? `${before.value} ${text}` : text, fixed: false })
}

const deepestExpansion = 32
/** How many characters of a variable cost as much as a command. */
const lengthOfStep = 256

/** Fills in what a text refers to; `own` are the automatic variables of a recipe. */
export function expand(
  text: string,
  makefile: Makefile,
  own: ReadonlyMap<string, string> = new Map(),
  depth = 0,
): string {
  return expandMake(text, (name) => {
    const automatic = own.get(name)
    const variable = automatic === undefined ? makefile.variables.get(name) : undefined
    const { budget } = makefile.frame
    budget.left -= (automatic ?? variable?.value ?? '').length / lengthOfStep + (variable ? 1 : 0)
    if (budget.left < 0) return unknownText
    if (automatic !== undefined) return automatic
    if (name === 'MAKE') return 'make'
    if (name === 'CURDIR') return makefile.frame.shell.cwd.path
    if (variable) return depth < deepestExpansion ? expand(variable.value, makefile, own, depth + 1) : unknownText
    const given = environmentIn(makefile.frame)(name)
    if (given.kind === 'unset') return ''
    return given.kind === 'known' ? given.value : /^[A-Za-z_]\w*$/.test(name) ? `\${${name}}` : unknownText
  })
}

const wordsOf = (text: string, makefile: Makefile): readonly string[] =>
  expand(text, makefile)
    .split(/\s+/)
    .filter((word) => word !== '')

function decide({ question, one, other }: Extract<Statement, { kind: 'conditional' }>, makefile: Makefile): Maybe {
  if (question === undefined) return notFollowed
  if (question === 'ifdef' || question === 'ifndef') {
    const value = expand(`$(${one})`, makefile)
    return value.includes('$') ? notFollowed : yesOrNo((value !== '') === (question === 'ifdef'))
  }
  const texts = [expand(one, makefile), expand(other, makefile)]
  if (texts.some((text) => text.includes('$'))) return notFollowed
  return yesOrNo((texts[0] === texts[1]) === (question === 'ifeq'))
}

const notFollowed = unknown('the condition cannot be followed')
