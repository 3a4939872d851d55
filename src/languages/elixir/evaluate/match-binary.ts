import type { Node } from '../syntax/ast.ts'
import { longestInteger } from '../values/size.ts'
import { binaryOfBytes, bytesOf, integer, isBinary, type Value, withTrail } from '../values/value.ts'
import { type Segment, segmentType } from './bitstring.ts'
import { evaluate } from './evaluate.ts'
import { settled } from './fork.ts'
import type { Scope } from './machine.ts'
import { type Bindings, match } from './pattern.ts'

/** `"prefix" <> rest` and `<<a, rest::binary>>` of whole bytes. What is not modelled does not match. */
export function matchBinary(segments: readonly Node[], subject: Value, scope: Scope, bindings: Bindings): boolean {
  if (!isBinary(subject)) return false
  const bytes = bytesOf(subject)
  const own: Bindings = new Map(bindings)
  const end = takeSegments(segments, bytes, scope, own)
  for (const [name, value] of own) if (!bindings.has(name)) bindings.set(name, withTrail(value, subject.trail ?? []))
  return end === bytes.length
}

/** Matches the segments at the beginning of `bytes`. Gives how many bytes they take, undefined where they do not match. */
export function takeSegments(
  segments: readonly Node[],
  bytes: Uint8Array,
  scope: Scope,
  bindings: Bindings,
): number | undefined {
  let at = 0
  for (const [index, node] of segments.entries()) {
    const segment = segmentType(node)
    if (!segment) return undefined
    const rest = bytes.subarray(at)
    const taken = takeSegment(segment, rest, index === segments.length - 1, scope, bindings)
    if (taken === undefined) return undefined
    at += taken
  }
  return at
}

function takeSegment(
  { value, type, size }: Segment,
  rest: Uint8Array,
  isLast: boolean,
  scope: Scope,
  bindings: Bindings,
): number | undefined {
  if (type === 'binary' && size !== undefined) {
    return rest.length >= size && match(value, binaryOfBytes(rest.slice(0, size)), scope, bindings) ? size : undefined
  }
  if (type === 'binary') {
    if (value.kind === 'variable')
      return isLast && match(value, binaryOfBytes(rest), scope, bindings) ? rest.length : undefined
    const wanted = settled(scope.machine, evaluate(value.kind === 'unary' ? value.operand : value, scope))
    if (!isBinary(wanted)) return undefined
    const prefix = bytesOf(wanted)
    return prefix.every((byte, index) => rest[index] === byte) ? prefix.length : undefined
  }
  if (type === 'utf8') {
    const text = new TextDecoder().decode(rest.subarray(0, 4))
    const code = text.codePointAt(0)
    if (code === undefined || code === 0xfffd) return undefined
    return match(value, integer(code), scope, bindings)
      ? new TextEncoder().encode(String.fromCodePoint(code)).length
      : undefined
  }
  if (type % 8 !== 0 || rest.length < type / 8 || type > longestInteger) return undefined
  let number = 0n
  for (const byte of rest.subarray(0, type / 8)) number = number * 256n + BigInt(byte)
  return match(value, integer(number), scope, bindings) ? type / 8 : undefined
}
