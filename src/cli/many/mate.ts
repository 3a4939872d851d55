import { parentPort, workerData } from 'node:worker_threads'
import { keptIn } from '../../files/kept.ts'
import { startClock, takeSpent } from '../../text/clock.ts'
import { checkUnit } from '../../workspace/many/unit.ts'
import type { Answer, Orders } from './crew.ts'

const nothing: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
}

/** Checks projects for the thread that has started this one, until that ends it. */
export function workAsMate(): void {
  const { units, cwd, env, options, asked, cache, isTimed }: Orders = workerData
  if (isTimed) startClock(() => performance.now())
  const kept = cache === undefined ? undefined : keptIn(cache)
  parentPort?.on('message', async (index: number) => {
    const unit = units[index]
    if (unit === undefined) return
    parentPort?.postMessage(await answerOf(() => checkUnit(unit, { cwd, env, stdin: nothing }, options, asked, kept)))
  })
}

async function answerOf(check: () => ReturnType<typeof checkUnit>): Promise<Answer> {
  try {
    return { kind: 'told', result: await check(), spent: takeSpent() }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
