import { badArgument, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, binary, charlist, list, type Value } from '../values/value.ts'
import { enumerate } from './collections/enumerable.ts'
import { functions, show, textArgument, textOr } from './define.ts'
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
