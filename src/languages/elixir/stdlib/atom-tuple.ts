import { badArgument, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, binary, charlist, list, tuple, type Value } from '../values/value.ts'
import { functions, numberOf, show, textArgument, textOr, tooMuch } from './define.ts'
import { enumerate } from './enumerable.ts'
import { existingAtom } from './kernel.ts'

/** `Atom`, `Tuple`, `Function`, `Module` as far as they are data. */
export const smallFunctions: StdTable = {
  ...functions('Atom', 'binary', {
    'to_string/1': (_, value) => (value.kind === 'atom' ? binary(value.name) : badArgument(1, 'not an atom')),
  }),
  ...functions('Atom', 'list', {
    'to_charlist/1': (_, value) => (value.kind === 'atom' ? charlist(value.name) : badArgument(1, 'not an atom')),
  }),
  ...functions('String', 'atom', {
    'to_atom/1': (_, value) => atom(textArgument(value, 1)),
    'to_existing_atom/1': (context, value) => existingAtom(context, textArgument(value, 1)),
  }),
  ...functions(
    'Tuple',
    { lazy: true },
    {
      'to_list/1': (_, value) => (value.kind === 'tuple' ? list(value.items) : badArgument(1, 'not a tuple')),
      'append/2': (_, value, item) =>
        value.kind === 'tuple' ? tuple([...value.items, item]) : badArgument(1, 'not a tuple'),
      'insert_at/3': (_, value, place, item) => {
        const at = numberOf(place, () => badArgument(1, 'not an integer'))
        if (value.kind !== 'tuple') return badArgument(2, 'not a tuple')
        return at < 0 || at > value.items.length
          ? badArgument(1, 'out of range')
          : tuple([...value.items.slice(0, at), item, ...value.items.slice(at)])
      },
      'delete_at/2': (_, value, place) => {
        const at = numberOf(place, () => badArgument(1, 'not an integer'))
        if (value.kind !== 'tuple') return badArgument(2, 'not a tuple')
        return at < 0 || at >= value.items.length
          ? badArgument(1, 'out of range')
          : tuple(value.items.filter((_item, index) => index !== at))
      },
      'duplicate/2': (_, value, count) => {
        const times = numberOf(count, () => noClause('Tuple.duplicate/2'))
        return times > 1000
          ? tooMuch('the tuple is too long to follow')
          : tuple(Array.from({ length: times }, () => value))
      },
      'sum/1': (context, value) =>
        context.apply('Elixir.Enum', 'sum', [
          list(value.kind === 'tuple' ? value.items : badArgument(1, 'not a tuple')),
        ]),
      'product/1': (context, value) =>
        context.apply('Elixir.Enum', 'product', [
          list(value.kind === 'tuple' ? value.items : badArgument(1, 'not a tuple')),
        ]),
    },
  ),
  ...functions('Function', { lazy: true, opaque: [0] }, { 'identity/1': (_, value) => value }),
  ...functions('Module', 'any', {
    'concat/1': (context, parts) => concat(enumerate(context, parts)),
    'concat/2': (_, one, other) => concat([one, other]),
    'split/1': (context, value) => {
      const name = value.kind === 'atom' ? value.name : textOr(value, () => noClause('Module.split/1'))
      if (!name.startsWith('Elixir.'))
        return raise('ArgumentError', `expected an Elixir module, got: ${show(context, value)}`)
      return list(
        name
          .slice(7)
          .split('.')
          .map((part) => binary(part)),
      )
    },
  }),
}

function concat(parts: readonly Value[]): Value {
  const names = parts.map((part) =>
    part.kind === 'atom' ? (part.name === 'nil' ? '' : part.name) : textOr(part, () => noClause('Module.concat/1')),
  )
  const plain = names
    .filter((name) => name !== '' && name !== 'Elixir')
    .map((name) => name.replace(/^Elixir\./, '').replace(/^\./, ''))
  return atom(['Elixir', ...plain].join('.'))
}
