import { dirname, resolve } from 'node:path'
import { decodeText } from '../files/decode.ts'
import { whyClosed } from '../files/door/found.ts'
import type { OpenDoor } from '../files/door/open.ts'
import { bareMasking } from '../masking/masking.ts'
import type { Said, Shown } from '../masking/shown.ts'
import { type BaselineEntry, baselineText, matchBaseline, readBaseline } from '../settings/baseline.ts'
import { knownIds } from '../settings/ids.ts'
import { type Asked, isAsked } from '../settings/policy.ts'
import type { Call } from '../cli/call/flags.ts'
import type { Io } from '../cli/io/io.ts'
import type { OpenProject } from './workspace.ts'
import { writeReport } from '../cli/io/report.ts'
import { problemsText } from '../cli/io/problems.ts'
import { pathFrom } from './folder.ts'
import { isThere } from './settings.ts'
import { saysUnseen } from './unreadable.ts'

/** A baseline as it stands on disk. */
export interface Baseline {
  /** Absolute. */
  readonly path: string
  readonly entries: readonly BaselineEntry[]
}

type Opened =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'baseline'; readonly baseline: Baseline | undefined }

/** The baseline that the call names, else the settings of the project. One that cannot be read makes the call wrong. */
export function openBaseline({ options, settingsFolder, door }: OpenProject, call: Call, io: Io): Opened {
  if (call.has('write-baseline') || call.has('no-ignores')) return { kind: 'baseline', baseline: undefined }
  const named = call.one('baseline')
  const written = options.settings.baseline?.text
  const path = named !== undefined ? resolve(io.cwd, named) : written && resolve(settingsFolder, written)
  if (path === undefined) return { kind: 'baseline', baseline: undefined }
  const asked = pathFrom(io.cwd, path)
  const shown = named === undefined ? bareMasking.text(asked) : asked
  const read = door.read(path, largestBaseline)
  if (read.kind !== 'bytes')
    return { kind: 'wrong', message: `the baseline \`${shown}\` cannot be read: ${whyClosed(read)}` }
  const text = decodeText(shown, read.bytes, largestBaseline)
  const { entries, problem } = text.problem ? { entries: [], problem: text.problem } : readBaseline(text.source)
  if (problem) return { kind: 'wrong', message: problemsText([problem], io.cwd, io) }
  return { kind: 'baseline', baseline: { path, entries } }
}

/** In bytes: of some hundred thousand findings. */
const largestBaseline = 50_000_000

/** How the files of findings, relative to the working directory, are called in a baseline at `path`. */
const fileIn =
  (path: string, { cwd }: Io) =>
  (file: string): string =>
    pathFrom(dirname(path), resolve(cwd, file))

/**
 * Takes the findings of a baseline out of an analysis of the project at `root`, whose paths are those that the user
 * sees, and counts its entries that are gone: of rules that were asked, in files that were read or are no more.
 */
export function withoutBaseline(
  analysis: Shown<Said>,
  { path, entries }: Baseline,
  { root, door }: { readonly root: string; readonly door: OpenDoor },
  asked: Asked,
  io: Io,
): Shown<Said> & { readonly gone: number } {
  const unseen = analysis.diagnostics.filter(saysUnseen)
  const seen = analysis.diagnostics.filter((diagnostic) => !saysUnseen(diagnostic))
  const { kept, suppressed, unmatched } = matchBaseline({ ...analysis, diagnostics: seen }, entries, fileIn(path, io))
  const failed = new Set(analysis.failures.map(({ rule }) => rule))
  const read = new Set(analysis.read.map((file) => resolve(io.cwd, file)))
  let gone = 0
  for (const { rule, file } of unmatched) {
    if (failed.has(rule) || (knownIds.includes(rule) && !isAsked(rule, asked))) continue
    const absolute = resolve(dirname(path), file)
    if (read.has(absolute) || (absolute.startsWith(root) && !isThere(absolute, door))) gone += 1
  }
  return {
    ...analysis,
    diagnostics: [...kept, ...unseen],
    suppressed: [...(analysis.suppressed ?? []), ...suppressed],
    gone,
  }
}

/** Writes the findings of an analysis as a baseline. Gives the problem where that cannot be done. */
export function writeBaseline(analysis: Shown<Said>, file: string, io: Io): Promise<string | undefined> {
  return writeReport(baselineText(analysis, fileIn(resolve(io.cwd, file), io)), file, io)
}
