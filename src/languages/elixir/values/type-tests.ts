import { resolve } from './one-of.ts'
import { boolean, type UnknownType, type Value } from './value.ts'

const tests: Readonly<Record<string, readonly UnknownType[]>> = {
  'Kernel.is_nil/1': [],
  'Kernel.is_binary/1': ['binary'],
  'Kernel.is_bitstring/1': ['binary'],
  'Kernel.is_integer/1': ['integer'],
  'Kernel.is_float/1': ['float'],
  'Kernel.is_number/1': ['integer', 'float'],
  'Kernel.is_list/1': ['list'],
  'Kernel.is_map/1': ['map'],
  'Kernel.is_tuple/1': ['tuple'],
  'Kernel.is_function/1': ['function'],
  'Kernel.is_boolean/1': ['boolean'],
  'Kernel.is_atom/1': ['atom', 'boolean'],
}

/** The answer of `is_binary(x)` and the like for an unknown `x` of known type; undefined for everything else. */
export function typeTest(key: string, args: readonly Value[]): Value | undefined {
  const yes = tests[key]
  const [arg] = args
  if (!yes || !arg) return undefined
  const value = resolve(new Map(), arg)
  if (value.kind !== 'unknown' || value.type === 'any') return undefined
  if (yes.includes(value.type)) return boolean(true)
  if (key === 'Kernel.is_nil/1') return value.type === 'atom' ? undefined : boolean(false)
  return value.type === 'term' || value.type === 'atom' ? undefined : boolean(false)
}

const shapes: Readonly<Record<string, readonly UnknownType[]>> = {
  binary: ['binary'],
  bytes: ['binary'],
  integer: ['integer', 'float'],
  float: ['integer', 'float'],
  list: ['list'],
  map: ['map'],
  regex: ['map'],
  tuple: ['tuple'],
  function: ['function'],
}

/** Whether an unknown value of `type` may equal `value`. */
export function mayEqual(type: UnknownType, value: Value): boolean {
  if (type === 'any' || value.kind === 'unknown' || value.kind === 'oneOf') return true
  if (value.kind === 'atom') {
    if (type === 'atom') return true
    if (type === 'boolean') return value.name === 'true' || value.name === 'false'
    return type === 'term' && value.name !== 'nil' && value.name !== 'false'
  }
  return type === 'term' || (shapes[value.kind]?.includes(type) ?? true)
}
