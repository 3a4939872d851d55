import { resolve } from 'node:path'
import { type Masking, maskingOfBoth } from '../../masking/masking.ts'
import { visible } from '../../report/terminal/cells.ts'
import { counted, placeOf } from '../../report/terminal/place.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { unifiedDiff } from '../../text/diff.ts'
import { neutral } from '../../text/neutral.ts'
import type { Span } from '../../text/source.ts'
import { pathFrom } from '../../workspace/paths.ts'
import { type Io, remark } from '../io/io.ts'
import type { MendedProject } from './project.ts'

/** The path of an absolute one as the user sees it. */
export const shown = (path: string, { cwd }: Io): string => pathFrom(cwd, path)

/** Prints the text of the standard input as it is now. */
export function showText(mended: readonly MendedProject[], io: Io): void {
  for (const { project, outcome } of mended) {
    const path = pathFrom(project.root, project.targets[0]?.path ?? project.root)
    const text = outcome.tree.sources.find((source) => source.path === path)?.text ?? ''
    // For a file or a pipe: the very text.
    if (io.stdout.isTTY || io.stdout.writeAsIs === undefined) io.stdout.write(text)
    else io.stdout.writeAsIs(text)
  }
}

/** Prints the changes as a unified diff, with the secrets in it masked. */
export function showDiff(mended: readonly MendedProject[], io: Io): void {
  let isMasked = false
  for (const one of mended) {
    const { project, outcome } = one
    const masking = maskingOfOne(one)
    const paths = outcome.changes.map(({ path }) => shown(resolve(project.root, path), io))
    const isBelow = paths.every((path) => !path.startsWith('../'))
    if (!isBelow) remark(io, `the paths are those from ${shown(project.root, io)}`)
    for (const [index, change] of outcome.changes.entries()) {
      const side = (text: string) => linesOf(masking.source({ path: change.path, text }).text)
      const before = side(change.before ?? '')
      const after = side(change.after)
      const path = (isBelow ? paths[index] : undefined) ?? change.path
      io.stdout.write(
        unifiedDiff({ ...change, path }, ({ kind, text, at: [old, now] }) => {
          const masked = neutral((kind === '+' ? after[now] : before[old]) ?? text)
          isMasked ||= masked !== text
          return masked
        }),
      )
    }
  }
  if (isMasked) remark(io, 'secrets are masked in this diff, so it cannot be applied; `fix` without --diff can')
}

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? []

const maskingOfOne = ({ outcome }: MendedProject): Masking =>
  maskingOfBoth(outcome.before.masking, outcome.analysis.masking)

/** How to say what was done. */
export interface Manner {
  readonly quiet: boolean
  /** Whether it was done, and not only thought through. */
  readonly past: boolean
  /** Whether the standard output holds something else. */
  readonly aside: boolean
}

/** Prints what was mended, what is left and why, and the sum of it. */
export function showOutcome(mended: readonly MendedProject[], manner: Manner, io: Io): void {
  const out = manner.aside ? io.stderr : io.stdout
  const say = (line: string) => out.write(`${visible(line)}\n`)
  const failures = new Map(mended.flatMap(({ left }) => left.failures.map(({ rule, message }) => [rule, message])))
  for (const [rule, message] of failures) {
    remark(io, `the rule \`${rule}\` failed on this project: ${message}`)
  }
  for (const { path, why } of mended.flatMap(({ refusals }) => refusals)) {
    remark(io, `\`${path}\` is not written: ${why}`)
  }
  if (!manner.quiet) {
    for (const one of mended) for (const line of linesAbout(one, manner, io)) say(line)
  }
  say(summaryOf(mended, manner))
}

function linesAbout(one: MendedProject, { past }: Manner, io: Io): readonly string[] {
  const { project, outcome, left } = one
  const { text } = maskingOfOne(one)
  const why = new Map(outcome.left.map((finding) => [keyOf(finding.diagnostic, project.root), finding.why]))
  const place = (span: Span, root: string) =>
    placeOf({ ...span, source: { ...span.source, path: shown(resolve(root, span.source.path), io) } })
  const line = (said: string) => said.replace(/\s+/g, ' ')
  return [
    ...outcome.fixed.map(({ diagnostic: { rule, span }, fix }) =>
      line(`${past ? 'fixed' : 'would fix'} ${place(span, project.root)}: ${text(fix.title)} [${rule}]`),
    ),
    ...left.diagnostics.map((diagnostic) => {
      const { severity, message, rule, span } = diagnostic
      const none = diagnostic.fixes.length > 0 ? 'it is below what `--severity` asks for' : 'it has no fix'
      const reason = why.get(keyOf(diagnostic, io.cwd)) ?? diagnostic.noFix ?? none
      return line(`left ${placeOf(span)}: ${severity}: ${message} [${rule}]: ${text(reason)}`)
    }),
  ]
}

/** Names a finding whose path is relative to `base`. */
const keyOf = ({ rule, span: { source, start, end } }: Diagnostic, base: string): string =>
  JSON.stringify([rule, start, end, resolve(base, source.path)])

/** `Fixed 3 findings in 2 files; 2 left, 1 more with --unsafe`. */
function summaryOf(mended: readonly MendedProject[], { past }: Manner): string {
  const fixed = mended.flatMap(({ outcome }) => outcome.fixed).length
  const files = mended.flatMap(({ outcome }) => outcome.changes).length
  const left = mended.flatMap((one) => one.left.diagnostics).length
  const unsafe = mended.flatMap(({ outcome }) => outcome.left.filter((finding) => finding.unsafe)).length
  const done =
    fixed === 0
      ? 'Nothing to fix'
      : `${past ? 'Fixed' : 'Would fix'} ${counted(fixed, 'finding')} in ${counted(files, 'file')}`
  return `${done}; ${left === 0 ? 'nothing left' : `${left} left`}${unsafe > 0 ? `, ${unsafe} more with --unsafe` : ''}`
}
