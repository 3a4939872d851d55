import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { isAtom, type ListValue, type Value } from '../../languages/elixir/values/value.ts'
import { type Made, made, raised, unknownMade } from './made.ts'

/** The address that the options of a server bind to, as text: all of IPv4 without `ip`, all of IPv6 with `:inet6`. */
export function ipOf(options: ListValue): Made<string> {
  const ip = configAt(options, ['ip'])
  const all = options.items.some((item) => isAtom(item, 'inet6')) ? '::' : '0.0.0.0'
  if (ip === undefined) return made(all)
  if (ip.kind === 'unknown') return unknownMade(ip.why)
  if (isAtom(ip, 'any')) return made(all)
  if (isAtom(ip, 'loopback')) return made(all === '::' ? '::1' : '127.0.0.1')
  if (ip.kind === 'tuple') {
    const [tag, path] = ip.items
    if (tag && isAtom(tag, 'local') && path?.kind === 'binary') return made(`unix:${path.text}`)
    const parts = ip.items.map(numberIn)
    if (parts.includes('unknown')) return unknownMade('a part of the address is not known')
    const numbers = parts.flatMap((part) => (typeof part === 'number' ? [part] : []))
    if (numbers.length === ip.items.length && isAddress(numbers)) return made(addressText(numbers))
  }
  return raised('ArgumentError', `no IP address: ${inspectValue(ip, '1.18.4')} (it is a tuple such as {0, 0, 0, 0})`)
}

function numberIn(value: Value): number | 'unknown' | undefined {
  if (value.kind === 'unknown') return 'unknown'
  return value.kind === 'integer' ? Number(value.value) : undefined
}

const isAddress = (numbers: readonly number[]): boolean => {
  const highest = numbers.length === 4 ? 0xff : numbers.length === 8 ? 0xffff : -1
  return numbers.every((number) => number >= 0 && number <= highest)
}

/** RFC 5952: the longest run of zeros is `::`. */
function addressText(numbers: readonly number[]): string {
  if (numbers.length === 4) return numbers.join('.')
  const text = numbers.map((number) => number.toString(16)).join(':')
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map((run) => run[0])
  const [longest] = runs.toSorted((one, other) => other.replace(/:/g, '').length - one.replace(/:/g, '').length)
  if (longest === undefined) return text
  return text.replace(longest, text.startsWith(longest) || text.endsWith(longest) ? '::' : ':').replace(/:{2,}/, '::')
}
