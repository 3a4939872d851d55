import { badArgument, type CallContext, type StdTable } from '../values/types.ts'
import { atom, binary, boolean, bytesOf, charlist, integer, isBinary, list, type Value } from '../values/value.ts'
import { functions, numberOf, outside, textArgument } from './define.ts'
import { existingAtom, kernelParts, kernelValues } from './kernel.ts'
import { kernelTests } from './kernel-tests.ts'
import { parseFloatText, parseIntegerText } from './number-text.ts'
import { erlangText } from './text/chars.ts'

const shared =
  'is_atom/1 is_binary/1 is_boolean/1 is_integer/1 is_float/1 is_number/1 is_list/1 is_tuple/1 is_map/1 is_function/1 length/1 tuple_size/1 map_size/1 hd/1 tl/1 byte_size/1 round/1 trunc/1 ceil/1 floor/1 abs/1 binary_part/3 max/2 min/2 self/0 make_ref/0'

const kernel: StdTable = { ...kernelTests, ...kernelParts, ...kernelValues }

/** The functions of `:erlang` that are those of `Kernel`. */
const same: StdTable = Object.fromEntries(
  shared.split(' ').flatMap((name) => {
    const entry = kernel[`Kernel.${name}`]
    return entry ? [[`:erlang.${name}`, entry] as const] : []
  }),
)

const radix = (base: Value): number => {
  const given = numberOf(base, () => badArgument(2, 'not an integer in the range 2 through 36'))
  return given >= 2 && given <= 36 ? given : badArgument(2, 'not an integer in the range 2 through 36')
}
const atomText = (value: Value): string => (value.kind === 'atom' ? value.name : badArgument(1, 'not an atom'))
const plainInteger = (value: Value): string =>
  value.kind === 'integer' ? value.value.toString() : badArgument(1, 'not an integer')

function textIn(context: CallContext, value: Value): string {
  const given = outside(context, value)
  return given.kind === 'list' ? erlangText(context, given) : textArgument(given, 1)
}

/** `:erlang` and what of `:string`, `:unicode` and `:base64` is usual. */
export const erlangFunctions: StdTable = {
  ...same,
  ...functions(':erlang', 'any', {
    'binary_to_integer/1': (_, value) => parseIntegerText(textArgument(value, 1), 10),
    'binary_to_integer/2': (_, value, base) => parseIntegerText(textArgument(value, 1), radix(base)),
    'binary_to_float/1': (_, value) => parseFloatText(textArgument(value, 1)),
    'binary_to_atom/1': (_, value) => atom(textArgument(value, 1)),
    'binary_to_atom/2': (_, value) => atom(textArgument(value, 1)),
    'binary_to_existing_atom/1': (context, value) => existingAtom(context, textArgument(value, 1)),
    'binary_to_existing_atom/2': (context, value) => existingAtom(context, textArgument(value, 1)),
    'binary_to_list/1': (_, value) =>
      list(Array.from(isBinary(value) ? bytesOf(value) : badArgument(1, 'not a binary'), (byte) => integer(byte))),
    'list_to_integer/1': (context, value) => parseIntegerText(erlangText(context, value), 10),
    'list_to_integer/2': (context, value, base) => parseIntegerText(erlangText(context, value), radix(base)),
    'list_to_float/1': (context, value) => parseFloatText(erlangText(context, value)),
    'integer_to_binary/1': (_, value) => binary(plainInteger(value)),
    'integer_to_list/1': (_, value) => charlist(plainInteger(value)),
    'atom_to_binary/1': (_, value) => binary(atomText(value)),
    'atom_to_binary/2': (_, value) => binary(atomText(value)),
    'atom_to_list/1': (_, value) => charlist(atomText(value)),
  }),
  ...functions(':string', 'any', {
    'is_empty/1': (context, value) => boolean(textIn(context, value) === ''),
  }),
  ...functions(':base64', 'binary', {
    'encode/1': (context, value) => context.apply('Elixir.Base', 'encode64', [value]),
    'decode/1': (context, value) => context.apply('Elixir.Base', 'decode64!', [value]),
  }),
  ...functions(':unicode', 'any', {
    'characters_to_binary/1': (context, value) => binary(textIn(context, value)),
    'characters_to_list/1': (context, value) => charlist(textIn(context, value)),
  }),
}
