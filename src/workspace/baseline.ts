import { dirname, resolve } from 'node:path'
import { decodeText } from '../files/decode.ts'
import { whyClosed } from '../files/door/found.ts'
import type { OpenSight } from '../files/door/open.ts'
import { bareMasking } from '../masking/masking.ts'
import type { Said, Shown } from '../masking/shown.ts'
import { type BaselineEntry, baselineText, matchBaseline, readBaseline } from '../settings/baseline.ts'
import { knownIds } from '../settings/ids.ts'
import { type Asked, isAsked } from '../settings/policy.ts'
import type { OpenOptions } from './options.ts'
import { pathFrom } from './paths.ts'
import { done, type Result, wrong, wrongIn } from './result.ts'
import { isThere, type OpenSettings } from './settings.ts'
import { saysUnseen } from './unreadable.ts'

/** A baseline as it stands on disk. */
export interface Baseline {
  /** Absolute. */
  readonly path: string
  readonly entries: readonly BaselineEntry[]
}

/** The baseline that `asked` names, relative to `cwd`, else the settings. */
export function openBaseline(
  asked: OpenOptions['baseline'],
  { settings, folder }: OpenSettings,
  cwd: string,
  door: OpenSight,
): Result<Baseline | undefined> {
  if (asked === false) return done(undefined)
  const written = settings.baseline?.text
  const path = asked === undefined ? written && resolve(folder, written) : resolve(cwd, asked)
  if (path === undefined) return done(undefined)
  const name = pathFrom(cwd, path)
  const shown = asked === undefined ? bareMasking.text(name) : name
  const read = door.read(path, largestBaseline)
  if (read.kind !== 'bytes') return wrong(`the baseline \`${shown}\` cannot be read: ${whyClosed(read)}`)
  const text = decodeText(shown, read.bytes, largestBaseline)
  const { entries, problem } = text.problem ? { entries: [], problem: text.problem } : readBaseline(text.source)
  return problem ? wrongIn([problem], (one) => one) : done({ path, entries })
}

/** In bytes: of some hundred thousand findings. */
const largestBaseline = 50_000_000

/** How the files of findings, relative to `cwd`, are called in a baseline at `path`. */
const fileIn =
  (path: string, cwd: string) =>
  (file: string): string =>
    pathFrom(dirname(path), resolve(cwd, file))

/** Findings without those of a baseline. */
export type Left = Shown<Said> & {
  /** Entries of the baseline that are gone: of rules that were asked, in files that were read or are no more. */
  readonly gone: number
}

/** Takes the findings of a baseline out of those of the project at `root`, whose paths are relative to `cwd`. */
export function withoutBaseline(
  found: Shown<Said>,
  { path, entries }: Baseline,
  { root, door, cwd }: { readonly root: string; readonly door: OpenSight; readonly cwd: string },
  asked: Asked,
): Left {
  const unseen = found.diagnostics.filter(saysUnseen)
  const seen = found.diagnostics.filter((diagnostic) => !saysUnseen(diagnostic))
  const { kept, suppressed, unmatched } = matchBaseline({ ...found, diagnostics: seen }, entries, fileIn(path, cwd))
  const failed = new Set(found.failures.map(({ rule }) => rule))
  const read = new Set(found.read.map((file) => resolve(cwd, file)))
  let gone = 0
  for (const { rule, file } of unmatched) {
    if (failed.has(rule) || (knownIds.includes(rule) && !isAsked(rule, asked))) continue
    const absolute = resolve(dirname(path), file)
    if (read.has(absolute) || (absolute.startsWith(root) && !isThere(absolute, door))) gone += 1
  }
  return {
    ...found,
    diagnostics: [...kept, ...unseen],
    suppressed: [...(found.suppressed ?? []), ...suppressed],
    gone,
  }
}

/** The text of a baseline at `path` with these findings; it and their paths are relative to `cwd`. */
export const baselineOf = (found: Shown<Said>, path: string, cwd: string): string =>
  baselineText(found, fileIn(resolve(cwd, path), cwd))
