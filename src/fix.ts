import { type Analysis, type AnalyzeOptions, judge, readTree } from './analyze.ts'
import { isScriptPath, type Tree, withSource } from './files/tree.ts'
import { objectionTo, type Seen } from './fix/objection.ts'
import { compatible, editsOf, type Offer, offersOf } from './fix/offers.ts'
import { knownIds } from './settings/ids.ts'
import { isAsked } from './settings/policy.ts'
import { type Diagnostic, type Fix, type Severity, severities } from './text/diagnostic.ts'
import { applyEdits, lineEndingOf, withLineEnding } from './text/edit.ts'
import type { Source } from './text/source.ts'

/** What may be fixed. */
export interface FixOptions extends AnalyzeOptions {
  /** Whether fixes count that want to be looked at. */
  readonly unsafe?: boolean
  /** The least severity of a finding that is fixed; `info` where absent. */
  readonly severity?: Severity | undefined
  /** Why a file must stay as it is; undefined where it may be changed or made. */
  readonly refuse?: (path: string) => string | undefined
  /** Stands for `lookAt`, for who has looked at some of the trees before. */
  readonly look?: typeof lookAt
}

/** What was done to one file. */
export interface Change {
  readonly path: string
  /** Undefined where the file is new. */
  readonly before: string | undefined
  readonly after: string
  /** Whether a new file is to be executable. */
  readonly executable: boolean
}

/** A finding that was fixed. Its places are those before it was. */
export interface FixedFinding {
  readonly diagnostic: Diagnostic
  readonly fix: Fix
}

/** A finding that is left. */
export interface LeftFinding {
  readonly diagnostic: Diagnostic
  /** Why, as the rest of a sentence. */
  readonly why: string
  /** Whether a fix is there that is not safe, and only safe ones were asked for. */
  readonly unsafe: boolean
}

/** A project after its fixes. */
export interface FixOutcome {
  readonly tree: Tree
  /** By path; empty where nothing was fixed. */
  readonly changes: readonly Change[]
  readonly fixed: readonly FixedFinding[]
  readonly left: readonly LeftFinding[]
  /** Of the tree as it is now. */
  readonly analysis: Analysis
  /** The analysis of the tree as it was. */
  readonly before: Analysis
}

const mostRounds = 100

const isSevere = (one: Severity, { severity = 'info' }: FixOptions): boolean =>
  severities.indexOf(one) <= severities.indexOf(severity)

/**
 * Fixes what can be fixed, and looks again until nothing changes. A fix is made as a whole or not at all; one that
 * would leave a file that cannot be read, lose a comment or make things worse is left out. Pure as `analyze` is: nothing
 * is written, `changes` holds the new texts. Nothing in it is masked.
 *
 * @example
 * for (const { tree, options } of workspace.projects) {
 *   const { changes, left } = await fix(tree, options)
 *   for (const { path, after } of changes) console.log(path, after.length)
 *   for (const { diagnostic, why } of left) console.log(diagnostic.rule, why)
 * }
 */
export async function fixTree(tree: Tree, options: FixOptions = {}): Promise<FixOutcome> {
  const objections = new Map<string, string>()
  const fixed: FixedFinding[] = []
  const { look = lookAt } = options
  const first = await look(tree, options)
  let seen = first
  const answers = () =>
    offersOf(
      seen.analysis.diagnostics.filter(({ rule, severity }) => isAsked(rule, options) && isSevere(severity, options)),
      { ...options, refuse: (path) => unreadable(seen, path) ?? options.refuse?.(path) },
      seen.tree,
    )
  for (let round = 0; round < mostRounds; round += 1) {
    const offers = answers()
    const batch = compatible(offers.flatMap(({ offer }) => (offer && !objections.has(offer.key) ? [offer] : [])))
    const done = await firstThatHolds(seen, batch, options, objections)
    if (done === undefined) break
    seen = done.seen
    fixed.push(...done.batch.flatMap(({ of, fix }) => of.map((diagnostic) => ({ diagnostic, fix }))))
  }
  return {
    tree: seen.tree,
    changes: changesBetween(tree, seen.tree),
    fixed,
    left: answers().map(({ diagnostic, offer, why, unsafe }) => ({
      diagnostic,
      why: why ?? (offer && objections.get(offer.key)) ?? 'its fix comes to no end',
      unsafe,
    })),
    analysis: seen.analysis,
    before: first.analysis,
  }
}

/** Why nothing is written into a file: nobody knows what stands behind a mistake in it. */
const unreadable = ({ reading }: Seen, path: string): string | undefined =>
  reading.problems.some(({ span, certainty }) => span.source.path === path && certainty !== 'likely')
    ? `\`${path}\` has to be readable first`
    : undefined

/** Reads a tree and asks every rule, so that the fix of one that was asked for does no harm that another would tell of. */
export async function lookAt(tree: Tree, { rules, ignore: _, ...options }: AnalyzeOptions): Promise<Seen> {
  const reading = await readTree(tree, options)
  return { tree, reading, analysis: judge(reading, rules ? { ...options, rules: knownIds } : options) }
}

interface MadeFixes {
  readonly seen: Seen
  readonly batch: readonly Offer[]
}

/** Makes a batch of fixes, or the first half of it that holds. What is wrong with a single one is written down. */
async function firstThatHolds(
  seen: Seen,
  batch: readonly Offer[],
  { look = lookAt, ...options }: FixOptions,
  objections: Map<string, string>,
): Promise<MadeFixes | undefined> {
  let rest = batch
  while (rest.length > 0) {
    let part = rest
    for (;;) {
      const next = await look(mended(seen.tree, part), options)
      const objection = objectionTo(seen, next, part)
      if (objection === undefined) return { seen: next, batch: part }
      const [only, ...others] = part
      if (only && others.length === 0) {
        objections.set(only.key, objection)
        break
      }
      part = part.slice(0, Math.ceil(part.length / 2))
    }
    rest = rest.filter(({ key }) => !objections.has(key))
  }
  return undefined
}

/** The tree with these fixes in it. A new file has the line endings of the file whose finding it fixes; a script has `\n`. */
function mended(tree: Tree, batch: readonly Offer[]): Tree {
  const texts = applyEdits(editsOf(batch))
  const sources = new Map(tree.sources.map((source) => [source.path, source]))
  const made = [...texts].map(([path, text]): Source => {
    if (sources.has(path) || text.startsWith('#!')) return { path, text }
    const maker = batch.find(({ fix }) => fix.edits.some(({ span }) => span.source.path === path))
    const around = maker?.of[0]?.span.source
    const ending = around && lineEndingOf(around.text)
    return { path, text: withLineEnding(text, ending ?? '\n') }
  })
  return made.reduce(withSource, tree)
}

function changesBetween(before: Tree, after: Tree): readonly Change[] {
  const texts = new Map(before.sources.map(({ path, text }) => [path, text]))
  return after.sources.flatMap(({ path, text }) =>
    texts.get(path) === text
      ? []
      : [{ path, before: texts.get(path), after: text, executable: isScriptPath(path) && !texts.has(path) }],
  )
}
