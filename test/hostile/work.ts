import { analyze } from '../../src/analyze.ts'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import type { Texts } from './shapes.ts'

/** What `run` gives, and how many blocks of our own code were executed for it: the same on every machine. */
export async function worked<T>(run: () => T | Promise<T>): Promise<{ readonly result: T; readonly work: number }> {
  Reflect.set(globalThis, '$blocks', 0)
  const result = await run()
  const work = Number(Reflect.get(globalThis, '$blocks'))
  if (!(work > 0)) throw new Error('none of our code was counted')
  return { result, work }
}

/** How a project is analyzed: the work, whether it is said that not all of it was followed, and what went wrong. */
export async function analyzed(texts: Texts) {
  const { result, work } = await worked(async () => analyze(await discover(memoryHost(texts))))
  const { diagnostics, notes, failures } = result
  const said = [...notes, ...diagnostics.map(({ message }) => message)].some((text) => limit.test(text))
  return { work, said, failures, diagnostics }
}

const limit = /not followed to its end|too (deep|deeply|long|large|many|tangled)/
