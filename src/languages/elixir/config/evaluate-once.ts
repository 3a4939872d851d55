import type { Known } from '../../../text/known.ts'
import type { Source } from '../../../text/source.ts'
import type { ConfigInput } from '../evaluate/input.ts'
import { type ConfigRun, evaluateConfig } from './run.ts'

/** What a run of a script asked, and what it was told. */
type Questions = Map<string, { readonly ask: (input: ConfigInput) => Known<unknown>; readonly answer: Known<unknown> }>

/** The runs of scripts so far, by the script. */
export type Runs = Map<Source, { readonly input: ConfigInput; readonly asked: Questions; readonly run: ConfigRun }[]>

/**
 * What a config script does. Services that are built alike share the run: a script that is told the same again is not
 * run again.
 */
export function evaluatedOnce(input: ConfigInput, runs: Runs): ConfigRun {
  const earlier = runs.get(input.entry) ?? []
  runs.set(input.entry, earlier)
  const same = earlier.find((one) => isAlike(one.input, input) && isToldTheSame(one.asked, input))
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
  one.compiled === other.compiled &&
  one.environment.all === other.environment.all &&
  one.past === other.past &&
  one.module === other.module

const isToldTheSame = (asked: Questions, input: ConfigInput): boolean =>
  [...asked.values()].every(({ ask, answer }) => isSame(answer, ask(input)))

function isSame(one: Known<unknown>, other: Known<unknown>): boolean {
  if (one.kind !== other.kind || one.trail.length !== other.trail.length) return false
  if (one.kind === 'known' && other.kind === 'known' && !isSameValue(one.value, other.value)) return false
  if (one.kind === 'unknown' && other.kind === 'unknown' && (one.why !== other.why || one.isSet !== other.isSet))
    return false
  return one.trail.every(({ span, text }, index) => {
    const label = other.trail[index]
    return (
      label?.text === text &&
      label.span.source === span.source &&
      label.span.start === span.start &&
      label.span.end === span.end
    )
  })
}

const isSameValue = (one: unknown, other: unknown): boolean =>
  one === other ||
  (Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((item, index) => item === other[index]))
