import { type Analysis, analyze } from '../../../src/analyze.ts'
import type { Tree } from '../../../src/files/tree.ts'

/** What is said of a tree, as a text that is the same for the same findings. */
const said = ({ diagnostics, notes, secrets }: Analysis): string =>
  JSON.stringify(
    [diagnostics, notes.toSorted(), secrets.map((secret) => JSON.stringify(secret, placeOnly)).toSorted()],
    placeOnly,
    1,
  )

/** For JSON: sources by their path alone. */
const placeOnly = (key: string, value: unknown): unknown =>
  key === 'source' && typeof value === 'object' && value !== null && 'path' in value ? value.path : value

/** Throws where another order of the files of a tree makes another `analysis`. */
export async function checkOrder(tree: Tree, analysis: Analysis): Promise<void> {
  const other = await analyze({ ...tree, sources: tree.sources.toReversed(), entries: tree.entries.toReversed() })
  const [one, two] = [said(analysis), said(other)]
  if (one !== two) throw new Error(`another order of the files gives something else:\n${differenceOf(one, two)}`)
}

function differenceOf(one: string, other: string): string {
  const [before, after] = [one.split('\n'), other.split('\n')]
  const at = before.findIndex((line, index) => line !== after[index])
  return [before.slice(at, at + 5), after.slice(at, at + 5)].map((lines) => lines.join('\n')).join('\n---\n')
}
