import { compareValues } from '../values/compare.ts'
import { type CallContext, noClause, type StdTable } from '../values/types.ts'
import { atom, boolean, integer, list, nil, type Value } from '../values/value.ts'
import { functions, itemsOf, numberOf, same, tooMuch } from './define.ts'
import { sorted } from './enumerable.ts'
import { clause, findKey, flatten } from './list.ts'

/** `:lists`, as far as it is used in configuration. Items may be unknown. */
export const erlangLists: StdTable = {
  ...functions(
    ':lists',
    { lazy: true },
    {
      ...Object.fromEntries(
        Object.entries({ map: 'map', filter: 'filter', any: 'any?', all: 'all?', foreach: 'each' }).map(
          ([name, own]) => [
            `${name}/2`,
            (context: CallContext, fun: Value, value: Value) => context.apply('Elixir.Enum', own, [value, fun]),
          ],
        ),
      ),
      'sum/1': (context, value) => context.apply('Elixir.Enum', 'sum', [value]),
      'max/1': (context, value) => context.apply('Elixir.Enum', 'max', [value]),
      'min/1': (context, value) => context.apply('Elixir.Enum', 'min', [value]),
      'concat/1': (context, value) => context.apply('Elixir.Enum', 'concat', [value]),
      'foldl/3': (context, fun, start, value) => context.apply('Elixir.Enum', 'reduce', [value, start, fun]),
      'reverse/1': (context, value) => list(itemsOf(context, value, clause(':lists.reverse/1')).toReversed()),
      'flatten/1': (context, value) => list(flatten(context, value)),
      'nth/2': (context, place, value) => {
        const items = itemsOf(context, value, clause(':lists.nth/2'))
        return items[numberOf(place, clause(':lists.nth/2')) - 1] ?? noClause(':lists.nth/2')
      },
      'append/2': (context, one, other) =>
        list([
          ...itemsOf(context, one, clause(':lists.append/2')),
          ...itemsOf(context, other, clause(':lists.append/2')),
        ]),
      'keyfind/3': (context, key, position, value) => {
        const items = itemsOf(context, value, clause(':lists.keyfind/3'))
        return items[findKey(context, items, key, numberOf(position, clause(':lists.keyfind/3')) - 1)] ?? atom('false')
      },
      'member/2': (context, item, value) =>
        boolean(itemsOf(context, value, clause(':lists.member/2')).some((one) => same(context, one, item))),
      'sort/1': (context, value) => list(sorted(itemsOf(context, value, clause(':lists.sort/1')))),
      'usort/1': (context, value) =>
        list(
          sorted(itemsOf(context, value, clause(':lists.usort/1'))).filter(
            (item, index, all) => index === 0 || compareValues(all[index - 1] ?? nil, item) !== 0,
          ),
        ),
      'seq/2': (context, first, last) => {
        const [from, to] = [numberOf(first, clause(':lists.seq/2')), numberOf(last, clause(':lists.seq/2'))]
        if (to - from > 100_000 || to < from - 1)
          return to < from - 1 ? noClause(':lists.seq/2') : tooMuch('the list is too long to follow')
        context.tick(to - from)
        return list(Array.from({ length: to - from + 1 }, (_item, index) => integer(from + index)))
      },
    },
  ),
}
