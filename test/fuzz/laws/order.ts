import { type Analysis, analyze } from '../../../src/analyze.ts'
import { discover } from '../../../src/files/discover.ts'
import type { Host } from '../../../src/files/host.ts'

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

/** The same files, listed the other way round: no file system promises an order. */
const reversed = (host: Host): Host => ({ ...host, list: async (folder) => (await host.list(folder)).toReversed() })

/** Throws where another order of the files of a host makes another `analysis`. */
export async function checkOrder(host: Host, analysis: Analysis): Promise<void> {
  const other = await analyze(await discover(reversed(host)))
  const [one, two] = [said(analysis), said(other)]
  if (one !== two) throw new Error(`another order of the files gives something else:\n${differenceOf(one, two)}`)
}

function differenceOf(one: string, other: string): string {
  const [before, after] = [one.split('\n'), other.split('\n')]
  const at = before.findIndex((line, index) => line !== after[index])
  return [before.slice(at, at + 5), after.slice(at, at + 5)].map((lines) => lines.join('\n')).join('\n---\n')
}
