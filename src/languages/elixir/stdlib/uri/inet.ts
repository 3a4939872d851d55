import type { CallContext, StdTable } from '../../values/types.ts'
import { atom, charlist, integer, tuple, type Value } from '../../values/value.ts'
import { functions, unmodelled } from '../define.ts'

/** The four numbers of an IPv4 address; Erlang takes fewer too, of which the last fills the rest. */
function fourNumbers(text: string, strict: boolean): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length > 4 || (strict && parts.length !== 4)) return undefined
  const numbers = parts.map((part) =>
    /^0x[0-9a-f]{1,8}$/i.test(part)
      ? Number.parseInt(part, 16)
      : /^0[0-7]*$/.test(part)
        ? Number.parseInt(part, 8)
        : /^[1-9]\d{0,9}$/.test(part)
          ? Number(part)
          : -1,
  )
  const last = numbers.at(-1) ?? -1
  const head = numbers.slice(0, -1)
  const missing = 5 - numbers.length
  if (head.some((part) => part < 0 || part > 255) || last < 0 || last >= 256 ** missing) return undefined
  const tail = Array.from({ length: missing }, (_, index) => Math.floor(last / 256 ** (missing - 1 - index)) % 256)
  return [...head, ...tail]
}

/** The eight numbers of an IPv6 address. */
function eightNumbers(text: string): readonly number[] | undefined {
  const plain = text.replace(/%[A-Za-z0-9_.-]+$/, '')
  const halves = plain.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)?.at(-1)
  const dotted = last?.includes('.') ? fourNumbers(last, true) : undefined
  if (last?.includes('.')) {
    if (!dotted) return undefined
    const [a = 0, b = 0, c = 0, d = 0] = dotted
    groups.at(-1)?.splice(-1, 1, (a * 256 + b).toString(16), (c * 256 + d).toString(16))
  }
  if (groups.flat().some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  const [front = [], back = []] = groups.map((group) => group.map((part) => Number.parseInt(part, 16)))
  const missing = 8 - front.length - back.length
  if (halves.length === 1) return missing === 0 ? front : undefined
  return missing < 0 ? undefined : [...front, ...Array.from({ length: missing }, () => 0), ...back]
}

function address(context: CallContext, value: Value, read: (text: string) => readonly number[] | undefined): Value {
  const numbers = value.kind === 'list' ? read(textIn(context, value)) : undefined
  return numbers
    ? tuple([atom('ok'), tuple(numbers.map((number) => integer(number)))])
    : tuple([atom('error'), atom('einval')])
}

function textIn(context: CallContext, value: Value & { kind: 'list' }): string {
  context.tick(value.items.length)
  return value.items
    .map((item) =>
      item.kind === 'integer' && item.value > 0n && item.value < 0x110000n
        ? String.fromCodePoint(Number(item.value))
        : '\0',
    )
    .join('')
}

const mapped = (text: string): readonly number[] | undefined => eightNumbers(`::ffff:${text}`)
const either = (text: string): readonly number[] | undefined => fourNumbers(text, false) ?? eightNumbers(text)

/** `:inet` as far as it reads and writes addresses. */
export const inetFunctions: StdTable = functions(':inet', 'any', {
  'parse_address/1': (context, value) => address(context, value, either),
  'parse_ipv4_address/1': (context, value) => address(context, value, (text) => fourNumbers(text, false)),
  'parse_ipv4strict_address/1': (context, value) => address(context, value, (text) => fourNumbers(text, true)),
  'parse_strict_address/1': (context, value) =>
    address(context, value, (text) => fourNumbers(text, true) ?? eightNumbers(text)),
  'parse_ipv6_address/1': (context, value) => address(context, value, (text) => eightNumbers(text) ?? mapped(text)),
  'ntoa/1': (_, value) => {
    const parts = value.kind === 'tuple' ? value.items : []
    const numbers = parts.map((part) => (part.kind === 'integer' ? Number(part.value) : -1))
    if (numbers.length === 4 && numbers.every((number) => number >= 0 && number < 256))
      return charlist(numbers.join('.'))
    return numbers.length === 8 ? unmodelled('IPv6 addresses are not written') : tuple([atom('error'), atom('einval')])
  },
})
