import { type Known, known, unknown } from '../../../text/known.ts'
import type { BinaryNode, CallNode, Node } from '../syntax/ast.ts'
import { keywordGet, sections } from '../syntax/query.ts'
import { compareValues } from '../values/compare.ts'
import { decidedBy } from '../values/decision.ts'
import { identityAt } from '../values/identity.ts'
import { inspectValue } from '../values/inspect.ts'
import { mapOf } from '../values/map.ts'
import { unknownFrom } from '../values/one-of.ts'
import { sizeOf } from '../values/size.ts'
import { raise } from '../values/types.ts'
import { bytesOf, isBinary, list, nil, tuple, unknownValue, type Value } from '../values/value.ts'
import { callStandard, located } from './apply.ts'
import { matchGuarded } from './control.ts'
import { asking, configuring } from './deciding.ts'
import { evaluate } from './evaluate.ts'
import { decide, isTrue, settle, settled } from './fork.ts'
import { findClause, runClause } from './functions.ts'
import { bind, freshChoice, inner, note, type Scope, spend } from './machine.ts'
import { takeSegments } from './match-binary.ts'
import type { Bindings } from './pattern.ts'

interface Loop {
  readonly node: CallNode
  readonly steps: readonly Node[]
  readonly body: Node | undefined
  readonly reduces: boolean
  readonly results: Value[]
  accumulator: Value
}

/** `for`: generators, filters, `into:`, `reduce:`, `uniq:`. */
export function evaluateFor(node: CallNode, scope: Scope): Value {
  const last = node.args.at(-1)
  const options = last?.kind === 'list' && !last.brackets ? last : undefined
  const into = keywordGet(options, 'into')
  const reduce = keywordGet(options, 'reduce')
  const unique = keywordGet(options, 'uniq')
  const body = sections(node).find((section) => section.label === 'do')?.body ?? keywordGet(options, 'do')
  const own = inner(scope)
  const target = into ? evaluate(into, own) : list([])
  const initial = reduce ? evaluate(reduce, own) : nil
  const before = own.machine.state.counter
  return settle(own, node.span, () => {
    const loop: Loop = {
      node,
      steps: options ? node.args.slice(0, -1) : node.args,
      body,
      reduces: reduce !== undefined,
      results: [],
      accumulator: initial,
    }
    const finished = runSteps(loop, 0, own)
    if (!finished)
      return unknownValue(
        'it goes over what is not known',
        into ? 'any' : 'list',
        undefined,
        identityAt(node.span, before),
      )
    if (loop.reduces) return loop.accumulator
    const results = unique?.kind === 'atom' && unique.name === 'true' ? withoutDoubles(loop.results, own) : loop.results
    return collect(results, settled(own.machine, target), own, node)
  })
}

/** Runs the steps from `index` on, and the body after the last. False where an unknown collection stands in the way. */
function runSteps(loop: Loop, index: number, scope: Scope): boolean {
  const step = loop.steps[index]
  if (!step) {
    runBody(loop, scope)
    return true
  }
  if (step.kind === 'binary' && step.operator === '<-') return generate(loop, index, step, scope)
  if (step.kind === 'bitstring') return generateBytes(loop, index, step.segments, scope)
  const own = inner(scope)
  const value = evaluate(step, own)
  const { answer, labels } = asking(own.machine, () => isTrue(own, step.span, value))
  if (!answer) return true
  const before = loop.results.length
  const finished = configuring(own.machine, labels, () => runSteps(loop, index + 1, own))
  loop.results.push(...loop.results.splice(before).map((result) => decidedBy(result, labels)))
  return finished
}

function runBody(loop: Loop, scope: Scope): void {
  if (!loop.body) return
  if (loop.reduces && loop.body.kind === 'clauses') {
    const found = findClause(loop.body.clauses, [loop.accumulator], scope)
    if (!found)
      raise('CaseClauseError', `no case clause matching: ${inspectValue(loop.accumulator, scope.machine.version)}`)
    else loop.accumulator = runClause(found)
  } else loop.results.push(evaluate(loop.body, inner(scope)))
}

function generate(loop: Loop, index: number, step: BinaryNode, scope: Scope): boolean {
  const source = evaluate(step.right, inner(scope))
  const items = itemsOf(settled(scope.machine, source), scope, step)
  if (items.kind !== 'known') {
    tryOnce(loop, index, step, scope)
    return false
  }
  for (const item of items.value) {
    spend(scope.machine, 1)
    const own = inner(scope)
    const pattern = step.left.kind === 'binary' && step.left.operator === 'in' ? step.left.left : step.left
    if (matchGuarded(pattern, item, own) && !runSteps(loop, index + 1, own)) return false
  }
  return true
}

/** The elements of a list, map or range. */
function itemsOf(collection: Value, scope: Scope, step: Node): Known<readonly Value[]> {
  if (collection.kind === 'unknown') return unknown(collection.why)
  if (collection.kind === 'list' && !collection.tail) return known(collection.items)
  if (
    collection.kind === 'map' &&
    !collection.entries.some(([key]) => key.kind === 'atom' && key.name === '__struct__')
  ) {
    return known(collection.entries.map((entry) => tuple(entry)))
  }
  const items = located(step.span, () => callStandard('Enum.to_list/1', [collection], scope, step.span))
  return items.kind === 'list' ? known(items.items) : unknown('its elements are not known')
}

function generateBytes(loop: Loop, index: number, segments: readonly Node[], scope: Scope): boolean {
  const last = segments.at(-1)
  if (last?.kind !== 'binary' || last.operator !== '<-') return false
  const source = settled(scope.machine, evaluate(last.right, inner(scope)))
  if (!isBinary(source)) return source.kind === 'unknown' ? false : raise('ArgumentError', 'argument error')
  const patterns = [...segments.slice(0, -1), last.left]
  let rest = bytesOf(source)
  while (rest.length > 0) {
    spend(scope.machine, 1)
    const own = inner(scope)
    const bindings: Bindings = new Map()
    const taken = takeSegments(patterns, rest, own, bindings)
    if (taken === undefined || taken === 0) return true
    bind(own, bindings)
    if (!runSteps(loop, index + 1, own)) return false
    rest = rest.subarray(taken)
  }
  return true
}

/** The body of a loop over what we do not know may run or not: it is tried once, for what it sets. */
function tryOnce(loop: Loop, index: number, step: BinaryNode, scope: Scope): void {
  const why = 'it is not known what the loop goes over'
  note(scope.machine, step.span, why)
  const choice = freshChoice(scope.machine, step.span)
  const own = inner(scope)
  settle(own, step.span, () => {
    if (decide(own.machine, choice, 2, why) === 0) return nil
    if (matchGuarded(step.left, unknownValue(why), own)) runSteps(loop, index + 1, own)
    return nil
  })
}

function withoutDoubles(values: readonly Value[], scope: Scope): readonly Value[] {
  const kept: Value[] = []
  for (const value of values) {
    spend(scope.machine, (kept.length * (4 + sizeOf(value))) >> 6)
    if (!kept.some((known) => compareValues(known, value, true) === 0)) kept.push(value)
  }
  return kept
}

function collect(results: readonly Value[], target: Value, scope: Scope, node: CallNode): Value {
  if (target.kind === 'list' && target.items.length === 0) return list(results)
  if (target.kind === 'unknown') return unknownFrom([target], 'any')
  if (
    target.kind === 'map' &&
    results.every((one) => one.kind === 'tuple' && one.items.length === 2) &&
    !target.entries.some(([key]) => key.kind === 'atom' && key.name === '__struct__')
  ) {
    return mapOf([
      ...target.entries,
      ...results.map(
        (one) =>
          (one.kind === 'tuple' ? [one.items[0] ?? nil, one.items[1] ?? nil] : [nil, nil]) as readonly [Value, Value],
      ),
    ])
  }
  return callStandard('Enum.into/2', [list(results), target], scope, node.span)
}
