import type { Tree } from '../files/tree.ts'
import type { Diagnostic, Edit, Fix } from '../text/diagnostic.ts'
import { collide, isSameEdit } from '../text/edit.ts'
import { span } from '../text/source.ts'

/** A fix that may be made, and the findings that it mends. */
export interface Offer {
  readonly fix: Fix
  readonly of: readonly Diagnostic[]
  /** Names the fix, also when its lines have moved. */
  readonly key: string
}

/** A finding, and the fix for it or why there is none. */
export interface FixAnswer {
  readonly diagnostic: Diagnostic
  readonly offer: Offer | undefined
  /** As the rest of a sentence. */
  readonly why: string | undefined
  /** Whether a fix is there that is not safe, and only safe ones are asked for. */
  readonly unsafe: boolean
}

/** What decides which fixes are offered. */
export interface Allowed {
  readonly unsafe?: boolean
  readonly refuse?: (path: string) => string | undefined
}

/** The first fix of each finding that may be made. */
export function offersOf(diagnostics: readonly Diagnostic[], allowed: Allowed, tree: Tree): readonly FixAnswer[] {
  return diagnostics.map((diagnostic) => answerTo(diagnostic, allowed, tree))
}

function answerTo(diagnostic: Diagnostic, { unsafe = false, refuse }: Allowed, tree: Tree): FixAnswer {
  const real = diagnostic.fixes.filter(({ edits }) => edits.length > 0)
  const none = { diagnostic, offer: undefined, unsafe: false }
  if (real.length === 0) return { ...none, why: whyNone(diagnostic) }
  const fix = real.find(({ safety }) => unsafe || safety === 'safe')
  if (fix === undefined) return { ...none, why: 'its fix is to be looked at: `--unsafe` makes it', unsafe: true }
  for (const { path, text } of new Set(fix.edits.map(({ span }) => span.source))) {
    const why = refuse?.(path) ?? hidden(path, text, tree)
    if (why !== undefined) return { ...none, why }
  }
  return { diagnostic, offer: { fix, of: [diagnostic], key: keyOf(diagnostic, fix) }, why: undefined, unsafe: false }
}

/** Why none is offered, and what to do by hand. */
const whyNone = ({ remedy, noFix = 'it has no fix' }: Diagnostic): string =>
  remedy === '' ? noFix : `${noFix}: ${remedy.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())}`

/** Why a file cannot be written because it is not as the fix takes it to be. */
function hidden(path: string, text: string, { sources, entries }: Tree): string | undefined {
  const known = sources.find((source) => source.path === path)
  if (known) return known.text === text ? undefined : `its fix is for another \`${path}\``
  const isThere = text !== '' || entries.some((entry) => entry.path === path)
  return isThere ? `\`${path}\` is there and was not read` : undefined
}

const keyOf = ({ rule, message, span }: Diagnostic, { title, edits }: Fix): string =>
  JSON.stringify([rule, span.source.path, message, title, edits.map(({ text, span: at }) => [at.source.path, text])])

/** The offers that can be made together, first come first served; equal fixes become one. */
export function compatible(offers: readonly Offer[]): readonly Offer[] {
  const chosen: Offer[] = []
  for (const offer of offers) {
    const same = chosen.findIndex(({ fix }) => isSameFix(fix, offer.fix))
    const known = chosen[same]
    if (known) chosen[same] = { ...known, of: [...known.of, ...offer.of] }
    else if (!chosen.some(({ fix }) => clash(fix.edits, offer.fix.edits))) chosen.push(offer)
  }
  return chosen
}

const isSameFix = ({ edits: one }: Fix, { edits: other }: Fix): boolean =>
  one.length === other.length && one.every((edit) => other.some((twin) => isSameEdit(edit, twin)))

/** Whether two fixes cannot both be made: also where they share an edit, which would then be made by halves. */
const clash = (some: readonly Edit[], others: readonly Edit[]): boolean =>
  some.some((one) => others.some((other) => isSameEdit(one, other) || collide(one, other)))

/** All edits of a batch. */
export function editsOf(batch: readonly Offer[]): readonly Edit[] {
  const edits = batch.flatMap(({ fix }) => fix.edits)
  return edits.map((edit) => withBlankLine(edit, edits))
}

/** Of what several fixes take away side by side, the last one takes the blank line behind it where one stands before them. */
function withBlankLine(edit: Edit, edits: readonly Edit[]): Edit {
  const { source, end } = edit.span
  const gone = edits.filter(({ text, span: at }) => text === '' && at.source === source && at.end > at.start)
  let first = edit
  for (;;) {
    const before = gone.find(({ span: at }) => at.end === first.span.start)
    if (before === undefined) break
    first = before
  }
  if (edit.text !== '' || first === edit || gone.some(({ span: at }) => at.start === end)) return edit
  const blank = /^[\t ]*\r?\n/.exec(source.text.slice(end))?.[0]
  const isApart = /(^|\n[\t ]*\r?\n)$/.test(source.text.slice(0, first.span.start))
  return blank && isApart ? { ...edit, span: span(source, edit.span.start, end + blank.length) } : edit
}
