import { type Known, known, type TrailLabel } from '../../../text/known.ts'
import type { Source } from '../../../text/source.ts'
import type { ConfigInput } from '../evaluate/input.ts'
import { type ConfigRun, evaluateConfig } from './run.ts'

/** What a run of a script asked, and what it was told. */
type Questions = Map<string, ScriptQuestion>

interface ScriptQuestion {
  readonly ask: (input: ConfigInput) => Known<unknown>
  readonly answer: Known<unknown>
}

/** The runs of scripts so far, by the script. */
export type Runs = Map<Source, { readonly input: ConfigInput; readonly asked: Questions; readonly run: ConfigRun }[]>

/**
 * What a config script does. Services that are built alike share the run, and so do trials with variables that it does not
 * ask: a script that is told the same again is not run again.
 */
export function evaluatedOnce(input: ConfigInput, runs: Runs): ConfigRun {
  const earlier = runs.get(input.entry) ?? []
  runs.set(input.entry, earlier)
  const answers = new Map<string, Known<unknown>>()
  const isToldTheSame = ([about, { ask, answer }]: [string, ScriptQuestion]) => {
    const now = answers.get(about) ?? ask(input)
    answers.set(about, now)
    return isSame(answer, now)
  }
  const same = earlier.find((one) => isAlike(one.input, input) && [...one.asked].every(isToldTheSame))
  if (same) return same.run
  const asked: Questions = new Map()
  const run = evaluateConfig(recording(input, asked))
  earlier.push({ input, asked, run })
  return run
}

function recording(input: ConfigInput, asked: Questions): ConfigInput {
  const told =
    <T>(kind: string, ask: (input: ConfigInput, about: string) => Known<T>) =>
    (about: string): Known<T> => {
      const answer = ask(input, about)
      asked.set(`${kind} ${about}`, { ask: (other) => ask(other, about), answer })
      return answer
    }
  const { glob } = input
  return {
    ...input,
    file: told('file', (from, path) => from.file(path)),
    ...(glob ? { glob: told('glob', (from, pattern) => (from.glob ?? glob)(pattern)) } : {}),
    environment: { ...input.environment, get: told('variable', (from, name) => from.environment.get(name)) },
    get compiled() {
      asked.set('compiled', { ask: ({ compiled }) => known(compiled), answer: known(input.compiled) })
      return input.compiled
    },
  }
}

const isAlike = (one: ConfigInput, other: ConfigInput): boolean =>
  one.directory === other.directory &&
  one.workingDirectory === other.workingDirectory &&
  one.kind === other.kind &&
  one.configEnv === other.configEnv &&
  one.configTarget === other.configTarget &&
  one.mixAvailable === other.mixAvailable &&
  one.otherModules === other.otherModules &&
  one.isNowhere === other.isNowhere &&
  one.elixirVersion === other.elixirVersion &&
  one.environment.all === other.environment.all &&
  one.past === other.past &&
  one.module === other.module

function isSame(one: Known<unknown>, other: Known<unknown>): boolean {
  if (one.kind !== other.kind || one.trail.length !== other.trail.length) return false
  if (one.kind === 'known' && other.kind === 'known' && !isSameValue(one.value, other.value)) return false
  if (one.kind === 'unknown' && other.kind === 'unknown')
    if (one.why !== other.why || one.isSet !== other.isSet || one.partial !== other.partial) return false
  return one.trail.every((label, index) => isSameLabel(label, other.trail[index]))
}

const isSameLabel = (one: TrailLabel, other: TrailLabel | undefined): boolean =>
  one.text === other?.text &&
  one.span.source === other.span.source &&
  one.span.start === other.span.start &&
  one.span.end === other.span.end &&
  one.reads === other.reads &&
  one.overridden === other.overridden &&
  one.inBranch === other.inBranch &&
  one.decides === other.decides

const isSameValue = (one: unknown, other: unknown): boolean =>
  one === other ||
  (Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((item, index) => item === other[index]))
