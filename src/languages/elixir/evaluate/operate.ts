import { type Maybe, unknown, yesOrNo } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { arithmetic } from '../values/arithmetic.ts'
import { compareValues, equalValues } from '../values/compare.ts'
import { answered } from '../values/decision.ts'
import { callIdentity, type Identity, type IdentityPart } from '../values/identity.ts'
import { isOpen } from '../values/map.ts'
import { findOpen, resolve, resolveAll, unknownFrom } from '../values/one-of.ts'
import { sizeOf } from '../values/size.ts'
import { mayEqual } from '../values/type-tests.ts'
import { raise } from '../values/types.ts'
import { isBinary, nil, type Value, withTrail } from '../values/value.ts'
import { callModule, callStandard, partOf } from './apply.ts'
import { settle, settled, Undecided } from './fork.ts'
import { concatenate, notBinary } from './literals.ts'
import { type Scope, spend } from './machine.ts'

/** `value in container`. */
export function member(value: Value, container: Value, scope: Scope, span: Span): Value {
  return settle(scope, span, () => {
    const inside = settled(scope.machine, container)
    if (inside.kind === 'list' && !inside.tail) {
      const outcomes = inside.items.map((item) => sameness(value, item, true, scope))
      if (outcomes.includes('yes')) return answered(true, [value, inside])
      if (outcomes.every((one) => one === 'no')) return answered(false, [value, inside])
      const part = partOf(resolve(scope.machine.state.decided, value))
      const here: IdentityPart = { of: 'text', key: `${span.source.path}:${span.start}` }
      return unknownFrom([value, inside], 'boolean', callIdentity('in', [part, partOf(inside) ?? here]))
    }
    return callStandard('Enum.member?/2', [inside, value], scope, span)
  })
}

/** Whether two values are equal. Throws Undecided for an open choice. */
export function sameness(one: Value, other: Value, strict: boolean, scope: Scope): Maybe {
  const { decided } = scope.machine.state
  const [a, b] = [resolveAll(decided, one), resolveAll(decided, other)]
  spend(scope.machine, Math.min(sizeOf(a), sizeOf(b)) >> 6)
  for (const value of [a, b]) {
    const open = findOpen(value)
    if (open?.kind === 'oneOf') throw new Undecided(open.choice, open.values.length, open.why)
  }
  if (!isOpen(a) && !isOpen(b)) return yesOrNo(equalValues(a, b, strict))
  if (a.kind === 'unknown' && b.kind === 'unknown')
    return a.id !== undefined && a.id.key === b.id?.key ? 'yes' : notComparable
  if (a.kind === 'unknown') return mayEqual(a.type, b) ? notComparable : 'no'
  if (b.kind === 'unknown') return mayEqual(b.type, a) ? notComparable : 'no'
  return a.kind === b.kind ? notComparable : 'no'
}

const notComparable = unknown('it is not known whether the values are equal')

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
}

/** An operator on values that are evaluated already: all but those that do not evaluate both sides. */
export function operate(operator: string, given: readonly Value[], scope: Scope, span: Span): Value {
  const { machine } = scope
  const [one = nil, other = nil] = given
  return settle(scope, span, () => {
    if (operator === '==' || operator === '!=' || operator === '===' || operator === '!==') {
      const same = sameness(one, other, operator.length === 3, scope)
      if (typeof same !== 'string') return unknownFrom(given, 'boolean', equality(operator, given, scope))
      const isSame = same === 'yes'
      return answered(isSame === operator.startsWith('='), given, operator.startsWith('='))
    }
    if (operator === '<>')
      return concatenate(
        given.map((value) => binaryOnly(settled(machine, value))),
        scope,
        span,
      )
    const values = given.map((value) => resolveAll(machine.state.decided, settled(machine, value)))
    const [a = nil, b = nil] = values
    if (operator === '++' && a.kind === 'list' && !a.tail && b.kind !== 'unknown') {
      if (b.kind === 'list')
        return { ...b, items: [...a.items, ...b.items], trail: [...(a.trail ?? []), ...(b.trail ?? [])].slice(0, 12) }
      return a.items.length === 0 ? b : { kind: 'list', items: a.items, tail: b }
    }
    for (const value of values) {
      const open = findOpen(value)
      if (open?.kind === 'oneOf') throw new Undecided(open.choice, open.values.length, open.why)
      if (open)
        return unknownFrom(
          values,
          operator in comparisons ? 'boolean' : operator === '++' || operator === '--' ? 'list' : 'any',
          equality(operator, given, scope),
        )
    }
    const compare = comparisons[operator]
    if (compare) return answered(compare(compareValues(a, b)), values)
    if (operator === '++') return raise('ArgumentError', 'argument error')
    if (operator === '--') return callStandard('Kernel.--/2', values, scope, span)
    if (operator === '=~') return callStandard('Kernel.=~/2', values, scope, span)
    const result = arithmetic(operator, a, b)
    return result
      ? withTrail(
          result,
          values.flatMap(({ trail }) => trail ?? []),
        )
      : callModule('Kernel', operator, values, scope, span)
  })
}

const equality = (operator: string, given: readonly Value[], scope: Scope): Identity | undefined =>
  callIdentity(
    operator,
    given.map((value) => partOf(resolve(scope.machine.state.decided, value))),
  )

const binaryOnly = (value: Value): Value => (isBinary(value) || value.kind === 'unknown' ? value : notBinary())
