import type { ArithmeticCommand, Command, Assignment as ParsedAssignment, TestCommand, TestExpression } from 'unbash'
import type { Region } from '../region.ts'
import type { Assignment, SimpleCommand, Word } from '../types.ts'
import { assignmentWord, literalWord, readWord } from '../word.ts'
import { spliceArguments } from '../words.ts'
import { runBuiltin } from './builtin.ts'
import { callFunction } from './call.ts'
import { type Defined, type End, type Flow, matters, type WalkedRun, type WalkedShell } from './flow.ts'
import { redirectsOf, walkSubstitutions } from './substitution.ts'

/** Runs a simple command: what it substitutes, then the function that it calls or the command itself. */
export function walkSimple(node: Command, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const { region } = flow
  const counts = node.name === undefined && matters(flow, shell)
  for (const child of [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix]) {
    walkSubstitutions(child, counts, flow, shell, run)
  }
  const written = [
    ...(node.name ? [readWord(region, node.name)] : []),
    ...node.args.map((word) => argument(region, word)),
  ]
  const args = shell.positional?.words
  const words = spliceArguments(written, args?.kind === 'known' ? args.value : undefined)
  const called = shell.functions.get(node.name?.value ?? '')
  if (called && mayCall(called, run)) return callFunction(called, node, words, flow, shell, run)

  const name = words[0]?.literal
  const ends = name === 'exit' ? flow.abort : name === 'return' && flow.returns
  const replaces = name === 'exec' && words.length > 1
  const command = {
    ...commandAt(node.pos, node.end, flow, shell),
    words,
    assignments: assignmentsOf(region, node),
    redirects: [...redirectsOf(region, node.redirects), ...flow.redirects],
    replaces,
    mayFail: !(matters(flow, shell) || ends || (replaces && flow.abort)),
  }
  emit(command, run)
  return runBuiltin(command, flow, shell)
}

const deepestCall = 50

const mayCall = (called: Defined, run: WalkedRun) =>
  !run.calling.has(called.node.name.value) && run.calling.size < deepestCall && run.budget > 0

/** `[[ … ]]` and `((…))` as commands of that name. */
export function walkQuestion(
  node: TestCommand | ArithmeticCommand,
  flow: Flow,
  shell: WalkedShell,
  run: WalkedRun,
): End {
  walkSubstitutions(node, false, flow, shell, run)
  const { region } = flow
  const whole = region.at(node.pos, node.end)
  const [open, close] = node.type === 'TestCommand' ? ['[[', ']]'] : ['((', '))']
  const inner = node.type === 'TestCommand' ? testWords(region, node.expression) : [literalWord(node.body, whole)]
  const words = [literalWord(open, whole), ...inner, literalWord(close, whole)]
  emit({ ...commandAt(node.pos, node.end, flow, shell), words, mayFail: !matters(flow, shell) }, run)
  return undefined
}

/** Gives a variable the word that a loop has reached. */
export function setVariable(name: string, value: Word, flow: Flow, shell: WalkedShell, run: WalkedRun): void {
  const { span } = value
  const command = commandAt(0, 0, flow, shell)
  const assignments = [{ name, value, span, exported: false, temporary: false, append: false }]
  emit({ ...command, span, assignments }, run)
}

function emit(command: SimpleCommand, run: WalkedRun): void {
  run.budget--
  run.commands.push(command)
}

function commandAt(start: number, end: number, flow: Flow, shell: WalkedShell): SimpleCommand {
  const escapes = shell.escapes.map(({ guard }) => guard)
  const { scope, pipeline, background, substitution, condition, calls, redirects } = flow
  return {
    span: flow.region.at(start, end),
    words: [],
    assignments: [],
    redirects,
    runs: flow.maybe || escapes.length > 0 ? 'maybe' : 'always',
    mayFail: true,
    guards: [...flow.guards, ...escapes],
    scope,
    pipeline,
    background,
    substitution,
    condition,
    replaces: false,
    calls,
    positional: shell.positional,
  }
}

const argument = (region: Region, word: Command['args'][number]): Word =>
  word.type === 'Word' ? readWord(region, word) : assignmentWord(region, word)

const declaring = new Set(['export', 'readonly', 'local', 'declare', 'typeset'])

function assignmentsOf(region: Region, node: Command): readonly Assignment[] {
  const name = node.name?.value ?? ''
  const before = node.prefix.flatMap((item) => (item.type === 'Assignment' ? [item] : []))
  const temporary = node.name !== undefined
  const first = before.map((item) => assignmentOf(region, item, temporary, temporary))
  if (!declaring.has(name)) return first
  const exported = name === 'export' || node.args.some((item) => item.type === 'Word' && /^-[a-zA-Z]*x/.test(item.text))
  const unexports = node.args.some((item) => item.type === 'Word' && /^-[a-zA-Z]*n/.test(item.text))
  const rest = node.args.flatMap((item) => {
    if (item.type === 'Assignment') return [assignmentOf(region, item, exported && !unexports, false)]
    if (!/^[A-Za-z_]\w*$/.test(item.value)) return []
    const span = region.at(item.pos, item.end)
    return [
      { name: item.value, value: undefined, span, exported: exported && !unexports, temporary: false, append: false },
    ]
  })
  return [...first, ...rest]
}

function assignmentOf(region: Region, item: ParsedAssignment, exported: boolean, temporary: boolean): Assignment {
  const value = item.value.type === 'Word' && !item.index ? readWord(region, item.value) : undefined
  const span = region.at(item.pos, item.end)
  return { name: item.name, value, span, exported, temporary, append: item.append ?? false }
}

function testWords(region: Region, test: TestExpression): readonly Word[] {
  const sign = (text: string, start: number, end: number) => literalWord(text, region.at(start, end))
  switch (test.type) {
    case 'TestUnary':
      return [sign(test.operator, test.pos, test.pos + test.operator.length), readWord(region, test.operand)]
    case 'TestBinary':
      return [
        readWord(region, test.left),
        sign(test.operator, test.left.end, test.right.pos),
        readWord(region, test.right),
      ]
    case 'TestNot':
      return [...test.negations.map((not) => sign('!', not.pos, not.end)), ...testWords(region, test.operand)]
    case 'TestGroup':
      return [
        sign('(', test.pos, test.pos + 1),
        ...testWords(region, test.expression),
        sign(')', test.end - 1, test.end),
      ]
    case 'TestLogical':
      return test.operands.flatMap((operand, index) => {
        const before = test.operands[index - 1]
        const words = testWords(region, operand)
        return before ? [sign(test.operator, before.end, operand.pos), ...words] : words
      })
  }
}
