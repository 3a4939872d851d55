import type { Looked } from '../model/project/looked.ts'
import type { Diagnostic, Fix, Label, Problem, Suppressed } from '../text/diagnostic.ts'
import { compareText } from '../text/order.ts'
import type { Span } from '../text/source.ts'
import type { Masking } from './masking.ts'

declare const shown: unique symbol

/** Data that may leave the tool: what is secret in its texts and sources is masked. Nothing but this room makes it. */
export type Shown<T> = T & { readonly [shown]: true }

/** Says that a value holds nothing but masked texts. */
export const asShown = <T>(value: T): Shown<T> => value as Shown<T>

/** What was found and what is said beside it. */
export interface Said {
  readonly diagnostics: readonly Diagnostic[]
  readonly suppressed?: readonly Suppressed[]
  readonly read: readonly string[]
  readonly notes: readonly string[]
  readonly failures: readonly { readonly rule: string; readonly message: string }[]
  /** What was checked, and what not. */
  readonly looked: Looked
}

/**
 * What was found, every text and every source of it masked: what a reporter takes. The masking is that of the analysis.
 *
 * @example
 * const analysis = await analyze(tree)
 * console.log(reportJson(reportOf(showFindings(analysis, analysis.masking))))
 */
export function showFindings(found: Said, masking: Masking): Shown<Said> {
  const show = (diagnostic: Diagnostic) => showDiagnostic(diagnostic, masking)
  return asShown({
    diagnostics: found.diagnostics.map(show),
    suppressed: (found.suppressed ?? []).map(({ diagnostic, by, reason }) => ({
      diagnostic: show(diagnostic),
      by,
      reason: reason === undefined ? undefined : masking.text(reason),
    })),
    read: found.read,
    notes: found.notes.map(masking.text),
    failures: found.failures.map(({ rule, message }) => ({ rule, message: masking.text(message) })),
    looked: showLooked(found.looked, masking),
  })
}

/** Several of them as one. */
export const joinShown = (all: readonly Shown<Said>[]): Shown<Said> =>
  asShown({
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
    suppressed: all.flatMap(({ suppressed = [] }) => suppressed),
    read: all.flatMap(({ read }) => read),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
    failures: all.flatMap(({ failures }) => failures),
    looked: joinLooked(all.map(({ looked }) => looked)),
  })

/** The same of many, whose order says nothing: what is said beside the findings is sorted. */
export function joinSorted(all: readonly Shown<Said>[]): Shown<Said> {
  const { looked, notes, failures, read, ...found } = joinShown(all)
  return asShown({
    ...found,
    read: [...new Set(read)].toSorted(compareText),
    notes: notes.toSorted(compareText),
    failures: sorted(failures),
    looked: {
      ...looked,
      checked: sorted(looked.checked, ({ dockerfile, compose = '' }) => dockerfile ?? compose),
      leftOut: sorted(looked.leftOut),
    },
  })
}

/** Data in an order of its own, by what `first` gives at first; each once. */
function sorted<T>(all: readonly T[], first: (one: T) => string = () => ''): readonly T[] {
  const once = new Map(all.map((one) => [JSON.stringify([first(one), one]), one]))
  return [...once].toSorted(([one], [other]) => compareText(one, other)).map(([, one]) => one)
}

/** What was checked of several projects: nothing only where it is nothing of each. */
const joinLooked = (all: readonly Looked[]): Looked => ({
  checked: all.flatMap(({ checked }) => checked),
  leftOut: all.flatMap(({ leftOut }) => leftOut),
  nothing: all.some(({ checked }) => checked.length > 0)
    ? undefined
    : [...new Set(all.flatMap(({ nothing }) => nothing ?? []))].join('; ') || 'nothing was named',
})

const showLooked = ({ checked, leftOut, nothing }: Looked, { text }: Masking): Looked => ({
  checked,
  leftOut: leftOut.map((one) => ({ ...one, what: text(one.what), reason: text(one.reason) })),
  nothing: nothing === undefined ? undefined : text(nothing),
})

function showDiagnostic(diagnostic: Diagnostic, masking: Masking): Diagnostic {
  return {
    ...diagnostic,
    message: masking.sentence(diagnostic.message),
    why: masking.sentence(diagnostic.why),
    remedy: masking.sentence(diagnostic.remedy),
    span: showSpan(diagnostic.span, masking),
    related: diagnostic.related.map((label) => showLabel(label, masking)),
    fixes: diagnostic.fixes.map((fix) => showFix(fix, masking)),
    ...(diagnostic.noFix === undefined ? {} : { noFix: masking.sentence(diagnostic.noFix) }),
  }
}

/** A place in the masked source. */
export const showSpan = ({ source, start, end }: Span, masking: Masking): Span => ({
  source: masking.source(source),
  start,
  end,
})

/** A label, or anything else with a text at a place. */
export const showLabel = ({ span, text }: Label, masking: Masking): Label => ({
  span: showSpan(span, masking),
  text: masking.sentence(text),
})

/** A problem with what is secret in it masked. */
export const showProblem = ({ related, ...problem }: Problem, masking: Masking): Shown<Problem> =>
  asShown({
    ...problem,
    message: masking.text(problem.message),
    span: showSpan(problem.span, masking),
    ...(related ? { related: related.map((label) => showLabel(label, masking)) } : {}),
  })

/** A fix that writes something secret cannot be shown: it has no edits. */
function showFix({ title, safety, edits }: Fix, masking: Masking): Fix {
  const isOpen = edits.every(({ text }) => masking.text(text) === text)
  return {
    title: masking.sentence(title),
    safety,
    edits: isOpen ? edits.map(({ span, text }) => ({ span: showSpan(span, masking), text })) : [],
  }
}
