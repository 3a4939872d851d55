import { goFloat } from './float.ts'
import type { ScalarType } from './node.ts'
import { timestamp } from './timestamp.ts'

/** The type and value of a scalar, as Go prints it. */
export interface Resolved {
  readonly type: ScalarType
  readonly text: string
}

const fixed = new Map<string, Resolved>([
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'bool', text: 'true' }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'bool', text: 'false' }] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null', text: '' }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', text: 'NaN' }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { type: 'float', text: '+Inf' }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { type: 'float', text: '-Inf' }] as const),
  ...['-0', '-0.0'].map((word) => [word, { type: 'float', text: '-0' }] as const),
])

const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const largestInt = 2n ** 63n - 1n
const largestUint = 2n ** 64n - 1n

/** What Go's YAML library (go.yaml.in/yaml/v4) takes a plain scalar for. */
export function resolvePlain(text: string): Resolved {
  const known = fixed.get(text)
  if (known) return known
  if (/^\./.test(text))
    return float.test(text) || /^\.[0-9][0-9_]*$/.test(text) ? toFloat(text) : { type: 'string', text }
  if (!/^[-+0-9]/.test(text)) return { type: 'string', text }
  const time = timestamp(text)
  if (time !== undefined) return { type: 'time', text: time }
  const plain = text.replaceAll('_', '')
  const integer = parseGoInteger(plain)
  if (integer !== undefined && integer >= -largestInt - 1n && integer <= largestInt)
    return { type: 'int', text: String(integer) }
  if (integer !== undefined && integer >= 0n && integer <= largestUint && !/^[-+]/.test(plain))
    return { type: 'uint', text: String(integer) }
  return float.test(plain) ? toFloat(plain) : { type: 'string', text }
}

function toFloat(text: string): Resolved {
  const value = Number(text)
  return Number.isFinite(value) ? { type: 'float', text: goFloat(value) } : { type: 'string', text }
}

/** As Go's ParseInt with base 0 reads it: with a sign, in the base that the prefix names. */
export function parseGoInteger(text: string): bigint | undefined {
  const parts = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.exec(text)
  const digits = parts?.[2]
  if (digits === undefined) return undefined
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase())
  return parts?.[1] === '-' ? -value : value
}
