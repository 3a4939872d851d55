import { type Analysis, readTree } from '../../../src/analyze.ts'
import type { Tree } from '../../../src/files/tree.ts'
import { type Change, type FixOutcome, fixTree } from '../../../src/fix.ts'
import type { Diagnostic } from '../../../src/text/diagnostic.ts'
import { lineEndingOf } from '../../../src/text/edit.ts'

/** Throws where what `fix` makes of a tree breaks a law. */
export async function checkFixes(tree: Tree, unsafe: boolean): Promise<void> {
  const outcome = await fixTree(tree, { unsafe })
  await checkOutcome(tree, outcome)
  const again = await fixTree(outcome.tree, { unsafe })
  if (again.changes.length > 0) throw new Error(`fix is not done: it changes ${paths(again)} once more`)
}

/** Throws where the outcome of a fix of `tree` fails, is worse to read, leaves what it mended or changes line ends. */
export async function checkOutcome(tree: Tree, outcome: FixOutcome): Promise<void> {
  checkFailures(outcome.analysis)
  for (const change of outcome.changes) checkLineEnds(change)
  checkMended(outcome)
  await checkReadable(tree, outcome)
}

const paths = ({ changes }: FixOutcome): string => changes.map(({ path }) => path).join(', ')

/** Throws where a rule failed. */
export function checkFailures({ failures }: Analysis): void {
  const [failure] = failures
  if (failure) throw new Error(`the rule ${failure.rule} failed: ${failure.message}`)
}

/** A file whose lines all end alike still has such lines only. */
function checkLineEnds({ path, before, after }: Change): void {
  if (before === undefined || lineEndingOf(before) !== '\r\n' || /(?<!\r)\n/.test(before)) return
  if (/(?<!\r)\n/.test(after)) throw new Error(`the fix of ${path} writes a line end that is not that of the file`)
}

const nameOf = ({ rule, message, span }: Diagnostic): string => `${rule} in ${span.source.path}: ${message}`

/** Of a finding that was mended fewer are left than there were. */
function checkMended({ fixed, analysis, before }: FixOutcome): void {
  const count = ({ diagnostics }: Analysis, name: string) => diagnostics.filter((one) => nameOf(one) === name).length
  for (const { diagnostic } of fixed) {
    const name = nameOf(diagnostic)
    if (count(before, name) > 0 && count(analysis, name) >= count(before, name))
      throw new Error(`it is not mended: ${name}`)
  }
}

async function checkReadable(tree: Tree, outcome: FixOutcome): Promise<void> {
  if (outcome.changes.length === 0) return
  const before = (await readTree(tree)).problems
  const after = (await readTree(outcome.tree)).problems
  for (const { path } of outcome.changes) {
    const [was, is] = [before, after].map((problems) => problems.filter(({ span }) => span.source.path === path))
    if ((is?.length ?? 0) > (was?.length ?? 0))
      throw new Error(`after its fix ${path} cannot be read: ${is?.at(-1)?.message}`)
  }
}
