import { type CallContext, noClause, raise, type StdTable } from '../../values/types.ts'
import { atom, boolean, integer, list, nil, tuple, type Value } from '../../values/value.ts'
import { functions, outside, same, show, unmodelled } from '../define.ts'
import { apply1, callable, count, filter, leading, test } from './enum.ts'
import { collectInto, enumerate } from './enumerable.ts'

function at(context: CallContext, from: Value, place: Value): Value | undefined {
  const index = count(place, 'at/3')
  const items = enumerate(context, from)
  return items[index < 0 ? items.length + index : index]
}

function splitAt(context: CallContext, from: Value, place: Value): Value {
  const size = count(place, 'split/2')
  const items = enumerate(context, from)
  const index = size < 0 ? Math.max(0, items.length + size) : size
  return tuple([list(items.slice(0, index)), list(items.slice(index))])
}

function findValue(context: CallContext, from: Value, fallback: Value, fun: Value): Value {
  for (const item of enumerate(context, from)) {
    const value = apply1(context, fun, item)
    if (context.isTrue(value)) return value
  }
  return fallback
}

/** Functions of `Enum` that pick, fold and test. */
export const enumPicks: StdTable = {
  ...functions(
    'Enum',
    { lazy: true },
    {
      'each/2': (context, from, fun) => {
        for (const item of enumerate(context, from)) apply1(context, fun, item)
        return atom('ok')
      },
      'reduce/2': (context, from, fun) => {
        const [first, ...rest] = enumerate(context, from)
        if (!first) return raise('Enum.EmptyError', 'empty error')
        return rest.reduce((sum, item) => context.call(callable(context, fun), [item, sum]), first)
      },
      'flat_map_reduce/3': (context, from, start, fun) => {
        let sum = start
        const items = enumerate(context, from).flatMap((item) => {
          const given = outside(context, context.call(callable(context, fun), [item, sum]))
          const [made, next] = given.kind === 'tuple' ? given.items : []
          if (!made || !next || outside(context, made).kind === 'atom') return unmodelled('the fold stops early')
          sum = next
          return enumerate(context, made)
        })
        return tuple([list(items), sum])
      },
      'split/2': splitAt,
      'split_while/2': (context, from, fun) => {
        const items = enumerate(context, from)
        const size = leading(context, items, fun)
        return tuple([list(items.slice(0, size)), list(items.slice(size))])
      },
      'split_with/2': (context, from, fun) => {
        const tested = enumerate(context, from).map((item) => ({ item, keep: test(context, fun, item) }))
        const part = (keep: boolean) => list(tested.filter((one) => one.keep === keep).map((one) => one.item))
        return tuple([part(true), part(false)])
      },
      'unzip/1': (context, from) => {
        const pairs = enumerate(context, from).map((item) => outside(context, item))
        const side = (index: number) =>
          list(
            pairs.map(
              (pair) =>
                (pair.kind === 'tuple' && pair.items.length === 2 ? pair.items[index] : undefined) ??
                noClause('Enum."-unzip/1-fun-0-"/2'),
            ),
          )
        return tuple([side(0), side(1)])
      },
      'fetch/2': (context, from, place) => {
        const found = at(context, from, place)
        return found ? tuple([atom('ok'), found]) : atom('error')
      },
      'fetch!/2': (context, from, place) =>
        at(context, from, place) ?? raise('Enum.OutOfBoundsError', 'out of bounds error'),
      'find/2': (context, from, fun) => enumerate(context, from).find((item) => test(context, fun, item)) ?? nil,
      'find_value/2': (context, from, fun) => findValue(context, from, nil, fun),
      'find_index/2': (context, from, fun) => {
        const index = enumerate(context, from).findIndex((item) => test(context, fun, item))
        return index < 0 ? nil : integer(index)
      },
      'random/1': (context, from) =>
        enumerate(context, from).length === 0 ? raise('Enum.EmptyError', 'empty error') : unmodelled('it is random'),
      'shuffle/1': () => unmodelled('it is random'),
      'take_random/2': () => unmodelled('it is random'),
    },
  ),
  ...functions(
    'Enum',
    { lazy: true, opaque: [1] },
    {
      'find/3': (context, from, fallback, fun) =>
        enumerate(context, from).find((item) => test(context, fun, item)) ?? fallback,
      'find_value/3': findValue,
      'reduce/3': (context, from, start, fun) =>
        enumerate(context, from).reduce((sum, item) => context.call(callable(context, fun), [item, sum]), start),
      'reduce_while/3': (context, from, start, fun) => {
        let sum = start
        for (const item of enumerate(context, from)) {
          const given = outside(context, context.call(callable(context, fun), [item, sum]))
          const [how, value] = given.kind === 'tuple' && given.items.length === 2 ? given.items : []
          const word = how ? outside(context, how) : nil
          if (!value || word.kind !== 'atom' || (word.name !== 'cont' && word.name !== 'halt'))
            return raise('CaseClauseError', `no case clause matching: ${show(context, given)}`)
          sum = value
          if (word.name === 'halt') break
        }
        return sum
      },
      'map_reduce/3': (context, from, start, fun) => {
        let sum = start
        const items = enumerate(context, from).map((item) => {
          const given = outside(context, context.call(callable(context, fun), [item, sum]))
          const [made, next] = given.kind === 'tuple' && given.items.length === 2 ? given.items : []
          if (!made || !next) return raise('MatchError', `no match of right hand side value: ${show(context, given)}`)
          sum = next
          return made
        })
        return tuple([list(items), sum])
      },
      'into/2': (context, from, into) => collectInto(context, enumerate(context, from), into),
      'into/3': (context, from, into, fun) =>
        collectInto(
          context,
          enumerate(context, from).map((item) => apply1(context, fun, item)),
          into,
        ),
    },
  ),
  ...functions(
    'Enum',
    { lazy: true, opaque: [2] },
    {
      'at/2': (context, from, place) => at(context, from, place) ?? nil,
      'at/3': (context, from, place, fallback) => at(context, from, place) ?? fallback,
    },
  ),
  ...functions(
    'Enum',
    { lazy: true, gives: 'boolean' },
    {
      'empty?/1': (context, from) => boolean(enumerate(context, from).length === 0),
      'any?/1': (context, from) => boolean(enumerate(context, from).some((item) => context.isTrue(item))),
      'any?/2': (context, from, fun) => boolean(enumerate(context, from).some((item) => test(context, fun, item))),
      'all?/1': (context, from) => boolean(enumerate(context, from).every((item) => context.isTrue(item))),
      'all?/2': (context, from, fun) => boolean(enumerate(context, from).every((item) => test(context, fun, item))),
      'member?/2': (context, from, item) => boolean(enumerate(context, from).some((one) => same(context, one, item))),
    },
  ),
  ...functions(
    'Enum',
    { lazy: true, gives: 'integer' },
    {
      'count/1': (context, from) => integer(enumerate(context, from).length),
      'count/2': (context, from, fun) => integer(filter(context, from, fun, true).length),
    },
  ),
}
