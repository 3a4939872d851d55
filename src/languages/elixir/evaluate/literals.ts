import { gap } from '../../../text/known.ts'
import type { MapNode, Node, SigilNode, StringPart } from '../syntax/ast.ts'
import { callIdentity } from '../values/identity.ts'
import { inspectValue } from '../values/inspect.ts'
import { mapGet, mapOf, mapPut } from '../values/map.ts'
import { unknownFrom } from '../values/one-of.ts'
import { largestSize, sizeOf } from '../values/size.ts'
import { raise } from '../values/types.ts'
import {
  atom,
  binaryOfBytes,
  bytesOf,
  charlist,
  float,
  integer,
  isBinary,
  list,
  regex,
  tuple,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../values/value.ts'
import { callStandard, partOf } from './apply.ts'
import { evaluateBitstring } from './bitstring.ts'
import { evaluate, placed } from './evaluate.ts'
import { settle, settled } from './fork.ts'
import { type Scope, tooLarge } from './machine.ts'
import { evaluateStruct } from './structs.ts'

/** Literals and constructors: numbers, texts, sigils, lists, tuples, maps. */
export function evaluateLiteral(node: Node, scope: Scope): Value {
  const trail = placed(node.span, 'it is written here')
  switch (node.kind) {
    case 'integer':
      return integer(node.value, trail)
    case 'float':
      return float(node.value, trail)
    case 'atom':
      scope.machine.atoms.add(node.name)
      return atom(node.name, trail)
    case 'quoted-atom':
      return settle(scope, node.span, () => {
        const text = settled(scope.machine, joinParts(node.parts, scope))
        return text.kind === 'binary' ? atom(text.text, trail) : unknownFrom([text], 'atom')
      })
    case 'string':
      return joinParts(node.parts, scope, trail)
    case 'charlist':
      return asCharlist(joinParts(node.parts, scope), scope)
    case 'sigil':
      return evaluateSigil(node, scope)
    case 'list': {
      const items = node.items.map((item) => evaluate(item, scope))
      return node.tail ? append(items, evaluate(node.tail, scope), scope, node) : list(items, trail)
    }
    case 'tuple':
      return tuple(
        node.items.map((item) => evaluate(item, scope)),
        node.keyword ? undefined : trail,
      )
    case 'map':
      return node.struct ? evaluateStruct(node, scope) : evaluateMap(node, scope)
    case 'bitstring':
      return evaluateBitstring(node, scope)
    default:
      return unknownValue(`\`${node.kind}\` is not modelled`)
  }
}

function append(items: readonly Value[], tail: Value, scope: Scope, node: Node): Value {
  return settle(scope, node.span, () => {
    const rest = settled(scope.machine, tail)
    if (rest.kind === 'list') return { ...rest, items: [...items, ...rest.items] }
    return rest.kind === 'unknown' ? unknownFrom([rest], 'list') : { kind: 'list', items, tail: rest }
  })
}

/** A text from its parts: a binary, or an unknown one. */
function joinParts(parts: readonly StringPart[], scope: Scope, trail: Value['trail'] = []): Value {
  const [only] = parts
  if (parts.length <= 1 && only?.kind === 'text') return { kind: 'binary', text: only.text, trail }
  const values = parts.map((part): Value => {
    if (part.kind === 'text') return { kind: 'binary', text: part.text }
    if (part.kind === 'bytes') return { kind: 'bytes', bytes: part.bytes }
    const value = evaluate(part.value, scope)
    return isBinary(value) ? value : callStandard('Kernel.to_string/1', [value], scope, part.span)
  })
  return concatenate(values, scope, parts[0]?.span ?? scopeSpan(scope), trail)
}

const scopeSpan = (scope: Scope) => ({ source: scope.source, start: 0, end: 0 })

/** Binaries one after the other. */
export function concatenate(
  values: readonly Value[],
  scope: Scope,
  span: StringPart['span'],
  trail: Value['trail'] = [],
): Value {
  return settle(scope, span, () => {
    const pieces = values.map((value) => settled(scope.machine, value))
    if (pieces.some((piece) => piece.kind === 'unknown'))
      return { ...unknownFrom(pieces, 'binary', callIdentity('<>', pieces.map(partOf))), ...partialOf(pieces) }
    if (pieces.reduce((size, piece) => size + sizeOf(piece), 0) > largestSize)
      return tooLarge(scope.machine, span, 'binary')
    const labels = [...(trail ?? []), ...pieces.flatMap((piece) => piece.trail ?? [])].slice(0, 12)
    if (pieces.every((piece) => piece.kind === 'binary')) {
      const text = pieces.map((piece) => (piece.kind === 'binary' ? piece.text : '')).join('')
      return { kind: 'binary', text, trail: labels }
    }
    const bytes = pieces.flatMap((piece) => (isBinary(piece) ? [...bytesOf(piece)] : notBinary()))
    return binaryOfBytes(Uint8Array.from(bytes), labels)
  })
}

/** What is known of a text, where that is no more than a URL may be long. */
function partialOf(pieces: readonly Value[]): Pick<UnknownValue, 'partial'> {
  const texts = pieces.map((piece) =>
    piece.kind === 'binary' ? piece.text : piece.kind === 'unknown' ? (piece.partial ?? gap) : gap,
  )
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  return length > longestPartial ? {} : { partial: texts.join('') }
}

const longestPartial = 4_000

/** Raises what Elixir raises for a segment that is no binary. */
export const notBinary = (): never =>
  raise('ArgumentError', 'errors were found at the given arguments:\n\n  * 1st argument: not a bitstring\n')

function asCharlist(text: Value, scope: Scope): Value {
  if (text.kind === 'binary') return { ...charlist(text.text), trail: text.trail ?? [] }
  return callStandard('String.to_charlist/1', [text], scope, scopeSpan(scope))
}

function evaluateSigil(node: SigilNode, scope: Scope): Value {
  const text = joinParts(node.parts, scope, placed(node.span, 'it is written here'))
  switch (node.name) {
    case 's':
    case 'S':
      return text
    case 'c':
    case 'C':
      return asCharlist(text, scope)
    case 'w':
    case 'W':
      return settle(scope, node.span, () => words(settled(scope.machine, text), node.modifiers, scope))
    case 'r':
    case 'R':
      return settle(scope, node.span, () => {
        const source = settled(scope.machine, text)
        return source.kind === 'binary' ? regex(source.text, node.modifiers) : unknownFrom([source], 'map')
      })
    case 'D':
    case 'T':
    case 'N':
    case 'U':
      return unknownValue('dates and times are not modelled', 'map')
    default:
      return unknownValue(`the sigil \`~${node.name}\` is not modelled`)
  }
}

function words(text: Value, modifiers: string, scope: Scope): Value {
  if (text.kind !== 'binary') return unknownFrom([text], 'list')
  const all = text.text
    .split(/[\t-\r \x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u)
    .filter((word) => word !== '')
  const trail = text.trail ?? []
  if (modifiers === 'a') for (const word of all) scope.machine.atoms.add(word)
  return list(
    all.map(
      (word): Value =>
        modifiers === 'a'
          ? atom(word, trail)
          : modifiers === 'c'
            ? charlist(word)
            : { kind: 'binary', text: word, trail },
    ),
    trail,
  )
}

function evaluateMap(node: MapNode, scope: Scope): Value {
  const base = node.base ? evaluate(node.base, scope) : undefined
  const pairs = node.entries.map((entry) => [evaluate(entry.key, scope), evaluate(entry.value, scope)] as const)
  return settle(scope, node.span, () => {
    const keyed = pairs.map(([key, value]) => [settled(scope.machine, key), value] as const)
    const unknownKey = keyed.find(([key]) => key.kind === 'unknown')
    if (unknownKey) return unknownFrom([unknownKey[0]], 'map')
    if (!base) return mapOf(keyed)
    let map = settled(scope.machine, base)
    if (map.kind === 'unknown') return unknownFrom([map], 'map')
    for (const [key, value] of keyed) {
      const { version } = scope.machine
      if (map.kind !== 'map')
        return raise('BadMapError', `expected a map, got: ${inspectValue(map, version)}`, { term: map })
      if (mapGet(map, key) === undefined)
        return raise('KeyError', `key ${inspectValue(key, version)} not found in: ${inspectValue(map, version)}`, {
          key,
          term: map,
        })
      map = mapPut(map, key, value)
    }
    return map
  })
}
