import type { Value } from '../../languages/elixir/values/value.ts'
import type { Label } from '../../text/diagnostic.ts'
import { sameSpan } from '../../text/source.ts'

/** The trail of a value and of what is in it, each place once. */
export function trailOf(value: Value): readonly Label[] {
  const labels: Label[] = []
  const add = (one: Value, depth: number) => {
    for (const label of one.trail ?? [])
      if (!labels.some((other) => sameSpan(other.span, label.span))) labels.push(label)
    if (depth > 6) return
    if (one.kind === 'list' || one.kind === 'tuple') for (const item of one.items) add(item, depth + 1)
    if (one.kind === 'oneOf') for (const item of one.values) add(item, depth + 1)
    if (one.kind === 'map') for (const [, item] of one.entries) add(item, depth + 1)
  }
  add(value, 0)
  return labels
}

/**
 * Where a person looks first for a value: where a Dockerfile, compose or env file gives it, else its literal or the
 * read of the variable.
 */
export function placeOf(trail: readonly Label[]): Label | undefined {
  return trail.find((label) => !isScript(label.span.source.path)) ?? trail[0]
}

/** Whether a path is that of Elixir's own config: a script, or what a release made of it. */
export const isScript = (path: string): boolean => /\.exs?$|\/sys\.config$/.test(path)

/** The places of a value. */
export const placesOf = (value: Value | undefined): readonly Label[] => (value ? trailOf(value) : [])
