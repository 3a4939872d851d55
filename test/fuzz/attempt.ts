import fc from 'fast-check'
import { reduced } from './reduce.ts'
import type { Input, Target } from './target.ts'

/** A law that was broken. */
export interface Failure {
  readonly target: string
  /** Of fast-check: with `path` it leads to the same input before it was reduced. */
  readonly seed: number
  readonly path: string
  readonly input: Input
  readonly reason: string
}

/** What is put to the laws, and how. */
export interface Attempt {
  readonly seed: number
  readonly runs: number
  /** One input of an earlier attempt. */
  readonly path?: string | undefined
  /** Called with each input before it is tried. */
  readonly trace?: ((input: Input) => void) | undefined
  /** The most milliseconds of the processor that one input may take: by hand only, never in a test. */
  readonly slowest?: number | undefined
}

/** Milliseconds that a batch may take, by hand only. */
const longest = 60_000

/** Puts inputs of a target, the same for the same seed, to its laws; gives the first that breaks one, made small. */
export async function attempt(target: Target, how: Attempt): Promise<Failure | undefined> {
  const { seed, runs, path, trace, slowest = Number.POSITIVE_INFINITY } = how
  const obey = async (input: Input) => {
    trace?.(input)
    const start = performance.now()
    await target.obey(input)
    if (performance.now() - start > slowest && (await isSlow(target, input, slowest)))
      throw new Error(`it takes more than ${slowest} ms`)
  }
  const checked = await fc.check(fc.asyncProperty(target.inputs, obey), {
    seed,
    numRuns: runs,
    ...(how.slowest === undefined ? {} : { interruptAfterTimeLimit: longest }),
    ...(path === undefined ? {} : { path }),
  })
  const [input] = checked.counterexample ?? []
  if (!checked.failed || input === undefined) return undefined
  const small = await reduced(input, obey)
  return { target: target.name, seed, path: checked.counterexamplePath ?? '', ...small }
}

/** Whether an input keeps the processor busy for longer: what waits for others is not slow. */
async function isSlow(target: Target, input: Input, slowest: number): Promise<boolean> {
  const before = process.cpuUsage()
  await target.obey(input)
  return process.cpuUsage(before).user > slowest * 1000
}
