import { isCodePoint } from '../stdlib/text/chars.ts'
import type { BitstringNode, Node } from '../syntax/ast.ts'
import { unknownFrom } from '../values/one-of.ts'
import { longestInteger } from '../values/size.ts'
import { raise } from '../values/types.ts'
import { binary, binaryOfBytes, isBinary, unknownValue, type Value } from '../values/value.ts'
import { evaluate } from './evaluate.ts'
import { settle, settled } from './fork.ts'
import { concatenate } from './literals.ts'
import { type Scope, tooLarge } from './machine.ts'

/** A segment: `size` counts bits, and bytes of a `binary`. */
export interface Segment {
  readonly value: Node
  readonly type: 'binary' | 'utf8' | number
  readonly size?: number
}

/** The type of a segment: `binary`, `utf8`, or the width of an integer in bits; undefined for what is not modelled. */
export function segmentType(node: Node): Segment | undefined {
  if (node.kind !== 'binary' || node.operator !== '::')
    return { value: node, type: node.kind === 'string' ? 'binary' : 8 }
  const { left, right } = node
  return typeOf(left, right)
}

function typeOf(left: Node, right: Node): Segment | undefined {
  if (right.kind === 'binary' && right.operator === '-') {
    const [one, other] = [typeOf(left, right.left), typeOf(left, right.right)]
    const bytes = [one, other].find((type) => type?.type === 'binary')
    const sized = [one, other].find((type) => type?.size !== undefined)
    return bytes && sized?.size !== undefined ? { value: left, type: 'binary', size: sized.size } : (bytes ?? sized)
  }
  if (right.kind === 'integer') return { value: left, type: Number(right.value) }
  const name = right.kind === 'variable' ? right.name : undefined
  if (name === 'binary' || name === 'bytes' || name === 'bitstring' || name === 'bits')
    return { value: left, type: 'binary' }
  if (name === 'utf8') return { value: left, type: 'utf8' }
  if (name === 'integer') return { value: left, type: 8 }
  if (right.kind === 'call' && right.name === 'size' && right.args[0]?.kind === 'integer') {
    const size = Number(right.args[0].value)
    return { value: left, type: size, size }
  }
  return undefined
}

/** `<<1, "a", x::binary>>` of whole bytes. */
export function evaluateBitstring(node: BitstringNode, scope: Scope): Value {
  const segments = node.segments.map(segmentType)
  const pieces = segments.map((segment) =>
    segment ? { type: segment.type, value: evaluate(segment.value, scope) } : undefined,
  )
  return settle(scope, node.span, () => {
    const made: Value[] = []
    for (const piece of pieces) {
      if (!piece || (typeof piece.type === 'number' && piece.type % 8 !== 0))
        return unknownValue('the bitstring is not modelled', 'binary')
      if (typeof piece.type === 'number' && piece.type > longestInteger)
        return tooLarge(scope.machine, node.span, 'binary')
      const value = settled(scope.machine, piece.value)
      if (value.kind === 'unknown') return unknownFrom([value], 'binary')
      made.push(encode(value, piece.type))
    }
    return concatenate(made, scope, node.span)
  })
}

function encode(value: Value, type: 'binary' | 'utf8' | number): Value {
  if (isBinary(value)) return type === 8 || type === 'binary' ? value : raise('ArgumentError', 'argument error')
  if (value.kind !== 'integer' || type === 'binary') return raise('ArgumentError', 'argument error')
  if (type === 'utf8')
    return isCodePoint(value.value)
      ? binary(String.fromCodePoint(Number(value.value)))
      : raise('ArgumentError', 'argument error')
  const bytes = new Uint8Array(type / 8)
  let rest = BigInt.asUintN(type, value.value)
  for (let at = bytes.length - 1; at >= 0; at--) {
    bytes[at] = Number(rest & 255n)
    rest >>= 8n
  }
  return binaryOfBytes(bytes)
}
