import fc from 'fast-check'
import type { Input, Target } from './target.ts'

/** A law that was broken. */
export interface Failure {
  readonly target: string
  /** Of fast-check: with `path` it leads to the same input. */
  readonly seed: number
  readonly path: string
  readonly input: Input
  readonly reason: string
}

/** Puts `runs` inputs of a target, the same for the same seed, to its laws; gives the first that breaks one, shrunk. */
export async function attempt(target: Target, seed: number, runs: number): Promise<Failure | undefined> {
  const property = fc.asyncProperty(target.inputs, async (input) => target.obey(input))
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
    seed,
    numRuns: runs,
  })
  const [input] = counterexample ?? []
  if (!failed || input === undefined) return undefined
  const reason = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance)
  return { target: target.name, seed, path: counterexamplePath ?? '', input, reason }
}
