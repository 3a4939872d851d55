import type { Value } from '../../languages/elixir/values/value.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { TrailLabel } from '../../text/known.ts'
import { isWithin, type Span, sameSpan, textOf } from '../../text/source.ts'

const deepestPart = 6

/** The trail of a value and of what is in it, each place once. */
export function trailOf(value: Value): readonly TrailLabel[] {
  const labels: TrailLabel[] = []
  const add = (one: Value, depth: number, isItem = false) => {
    for (const label of one.trail ?? []) {
      const isPart = isItem && label.reads === undefined && labels.some((other) => isWithin(label.span, other.span))
      if (!isPart && !labels.some((other) => sameSpan(other.span, label.span))) labels.push(label)
    }
    if (depth > deepestPart) return
    if (one.kind === 'list' || one.kind === 'tuple') for (const item of one.items) add(item, depth + 1, true)
    if (one.kind === 'oneOf') for (const item of one.values) add(item, depth + 1)
    if (one.kind === 'map') for (const [, item] of one.entries) add(item, depth + 1, true)
  }
  add(value, 0)
  return labels
}

/**
 * The place at which a person must change something. It is where a Dockerfile, compose or env file writes the value, and of several the one that counts.
 * Where the script writes it, it is the place that asked for it: `LOG_LEVEL: debug`, which a `case` makes `:debug` of.
 * But a text stays its own place where nobody asked for it: what is left when nothing is set, or what stands in a block
 * that a flag turns on for more than this (`if PHX_SERVER do …`), unless what is set says the same as the text. Nor is
 * it wrong to say that this is production. A switch has two positions, of which whoever sets it has asked for the one: the
 * place is `DEBUG: "true"` behind `if System.get_env("DEBUG") == "false"`; a word that no branch knows has asked for none. Where `text` is given, what gives another part of the value does not count.
 */
export function placeOf(trail: readonly TrailLabel[], text = ''): TrailLabel | undefined {
  const holds = ({ span }: Label) => textOf(span).toLowerCase().includes(text.toLowerCase())
  const own = ownPlaces(trail)
  const setters = trail.filter(
    (label) => !label.overridden && !label.inBranch && !label.isLacking && !isScript(label.span.source.path),
  )
  return (
    own.find((label) => setters.includes(label) && holds(label)) ??
    setters.find((label) => label.decides === 'chose' && !/\bprod(uction)?\b/i.test(textOf(label.span))) ??
    setters.find((label) => label.decides === 'left' && isSwitch.test(textOf(label.span))) ??
    setters.find((label) => label.decides === 'around' && own.some((one) => says(label, one))) ??
    (text === '' ? undefined : own.find(holds)) ??
    own.find((label) => setters.includes(label)) ??
    own[0] ??
    setters[0] ??
    trail[0]
  )
}

/** The positions of a switch. */
const isSwitch = /^["']?(true|false|yes|no|on|off|1|0|enabled?|disabled?)["']?$/i

/** The places at which a value stands itself, without those that decided it. */
export function ownPlaces(trail: readonly TrailLabel[]): readonly TrailLabel[] {
  const own = trail.filter(({ decides, overridden }) => decides === undefined && !overridden)
  const given = own.filter(({ isLacking }) => !isLacking)
  return given.length > 0 ? given : own
}

/** Whether what is set at a place has the words of a literal. */
function says(setter: Label, literal: Label): boolean {
  const text = textOf(literal.span)
    .replace(/^[:"']|["']$/g, '')
    .toLowerCase()
  return text !== '' && textOf(setter.span).toLowerCase().includes(text)
}

/** Whether a label tells of a read: a function that reads several variables has one place for all. */
export const isOf = (label: TrailLabel, read: { readonly name: string; readonly span: Span }): boolean =>
  label.reads === read.name && sameSpan(label.span, read.span)

/** Whether a path is that of Elixir's own config: a script, or what a release made of it. */
export const isScript = (path: string): boolean => /\.exs?$|\/sys\.config$/.test(path)

/** The places of a value. */
export const placesOf = (value: Value | undefined): readonly TrailLabel[] => (value ? trailOf(value) : [])
