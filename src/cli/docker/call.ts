import type { Call } from '../call/flags.ts'

/** A call of one of our own commands, made by us. */
export function callOf(operands: readonly string[], flags: Readonly<Record<string, readonly string[]>> = {}): Call {
  const all = (name: string) => flags[name] ?? []
  return { operands, all, has: (name) => all(name).length > 0, one: (name) => all(name).at(-1) }
}
