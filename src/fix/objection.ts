import type { Analysis } from '../analyze.ts'
import type { Tree } from '../files/tree.ts'
import type { Deployment } from '../model/boot/deployment.ts'
import type { Reading } from '../model/project/read.ts'
import { commentsOf } from '../settings/ignores/comments.ts'
import { type Diagnostic, type Severity, severities } from '../text/diagnostic.ts'
import { afterEdits } from '../text/edit.ts'
import { type Source, textOf } from '../text/source.ts'
import { editsOf, type Offer } from './offers.ts'

/** A tree, its model and what the rules say of it. */
export interface Seen {
  readonly tree: Tree
  readonly reading: Reading
  readonly analysis: Analysis
}

/** Why a batch of fixes must not be made, as the rest of a sentence; undefined where all is well after it. */
export function objectionTo(before: Seen, after: Seen, batch: readonly Offer[]): string | undefined {
  const broken = newProblem(before.reading, after.reading)
  if (broken !== undefined) return `its fix would leave a \`${broken}\` that cannot be read`
  const failed = after.analysis.failures.find(({ rule }) => !before.analysis.failures.some((one) => one.rule === rule))
  if (failed) return `\`${failed.rule}\` fails on what its fix would leave`
  if (losesComment(before, after)) return 'its fix would take a comment away'
  const edits = editsOf(batch)
  const isAt = (now: Diagnostic, then: Diagnostic) => {
    if (now.rule !== then.rule || now.span.source.path !== then.span.source.path) return false
    const { start, end } = afterEdits(then.span, edits)
    return now.span.start >= start && now.span.start <= end
  }
  const mended = new Set(batch.flatMap((offer) => offer.of))
  for (const then of mended) {
    const still = after.analysis.diagnostics.some((now) => isAt(now, then) && now.message === then.message)
    if (still) return 'its fix does not help'
  }
  const count = ({ analysis }: Seen, wanted: string) =>
    analysis.diagnostics.filter(({ rule }) => rule === wanted).length
  /** What a finding of the same kind further up has hidden. */
  const isNext = ({ rule, span }: Diagnostic, then: Diagnostic) =>
    rule === then.rule &&
    span.source.path === then.span.source.path &&
    span.start > afterEdits(then.span, edits).start &&
    count(after, rule) <= count(before, rule)
  if (seesMore(before.reading, after.reading)) return undefined
  const least = Math.max(...[...mended].map(({ severity }) => rankOf(severity)))
  const worse = after.analysis.diagnostics.find(
    (now) =>
      (now.severity === 'error' || rankOf(now.severity) < least) &&
      !before.analysis.diagnostics.some(
        (then) => isAt(now, then) || (now.rule === then.rule && now.message === then.message),
      ) &&
      ![...mended].some((then) => isNext(now, then)),
  )
  return worse && `its fix would bring up \`${worse.rule}\`: ${worse.message}`
}

const rankOf = (severity: Severity): number => severities.indexOf(severity)

/** The path of a file that has more problems than before. */
function newProblem(before: Reading, after: Reading): string | undefined {
  const count = ({ problems }: Reading, path: string) => problems.filter(({ span }) => span.source.path === path).length
  return after.problems.map(({ span }) => span.source.path).find((path) => count(after, path) > count(before, path))
}

/** Whether a comment of the files is nowhere any more. */
function losesComment(before: Seen, after: Seen): boolean {
  const same = new Set(before.tree.sources.filter((source) => after.tree.sources.includes(source)))
  const left = commentTexts(after, same)
  return commentTexts(before, same).some((text) => {
    const at = left.indexOf(text)
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}

const commentTexts = ({ tree, reading }: Seen, except: ReadonlySet<Source>): string[] =>
  tree.sources
    .filter((source) => !except.has(source))
    .flatMap((source) => commentsOf(source, reading.project.elixir.get(source.path)).comments)
    .map(({ span }) => textOf(span))

/**
 * Whether more of the project shows itself: a boot that no longer stops half-way, an image that has its release, an
 * endpoint that now listens.
 */
function seesMore(before: Reading, after: Reading): boolean {
  const hidden = ({ project }: Reading) => project.deployments.reduce((sum, one) => sum + hiddenOf(one), 0)
  const all = ({ project }: Reading) => project.deployments.length
  return all(after) > all(before) || hidden(after) < hidden(before)
}

/** How much of a deployment is hidden: 3 without a release, 2 where its boot stops half-way, 1 where nothing surely listens. */
function hiddenOf({ boot, release, runs }: Deployment): number {
  if (!release && runs !== 'mix') return 3
  if (boot?.settled === false) return 2
  return boot?.endpoints.length && boot.endpoints.every(({ listens }) => listens !== 'yes') ? 1 : 0
}
