import { Session } from 'node:inspector/promises'
import { afterAll, beforeAll } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import type { Texts } from './shapes.ts'

const session = new Session()

/** Counts the work while the tests of this file run; other files run as fast as ever. */
export function countWork(): void {
  beforeAll(async () => {
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  })
  afterAll(async () => {
    await session.post('Profiler.stopPreciseCoverage')
    session.disconnect()
  })
}

/** What `run` gives, and how many blocks of our own code were executed for it: the same on every machine. */
export async function worked<T>(run: () => T | Promise<T>): Promise<{ readonly result: T; readonly work: number }> {
  await session.post('Profiler.takePreciseCoverage')
  const result = await run()
  const { result: scripts } = await session.post('Profiler.takePreciseCoverage')
  // The sources, or the bundle of them that the tests load.
  const ours = scripts.filter(({ url }) => /\/src\/|\/\.cache\/docker-gotchas\//.test(url))
  const counts = ours.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
  if (counts.length === 0) throw new Error('none of our code was counted')
  return { result, work: counts.reduce((sum, count) => sum + count, 0) }
}

/** How a project is analyzed: the work, whether it is said that not all of it was followed, and what went wrong. */
export async function analyzed(texts: Texts) {
  const { result, work } = await worked(async () => analyze(await discover(memoryHost(texts))))
  const { diagnostics, notes, failures } = result
  const said = [...notes, ...diagnostics.map(({ message }) => message)].some((text) => limit.test(text))
  return { work, said, failures, diagnostics }
}

const limit = /not followed to its end|too (deep|deeply|long|large|many|tangled)/
