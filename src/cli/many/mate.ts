import { parentPort, workerData } from 'node:worker_threads'
import { keptIn } from '../../files/kept.ts'
import { startClock, takeSpent } from '../../text/clock.ts'
import type { Checked } from '../../workspace/check.ts'
import { checkUnits } from '../../workspace/many/unit.ts'
import type { Result } from '../../workspace/result.ts'
import type { Answer, Orders } from './crew.ts'
import { allOf, type Stretch } from './in-order.ts'

const nothing: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
}

/** Checks projects for the thread that has started this one, until that ends it. */
export function workAsMate(): void {
  const { units, cwd, env, options, asked, cache, isTimed }: Orders = workerData
  if (isTimed) startClock(() => performance.now())
  const kept = cache === undefined ? undefined : keptIn(cache)
  const at = { cwd, env, stdin: nothing }
  parentPort?.on('message', async ({ first, end }: Stretch) => {
    const check = () => allOf(checkUnits(units.slice(first, end), at, options, asked, kept))
    parentPort?.postMessage(await answerOf(check))
  })
}

async function answerOf(check: () => Promise<readonly Result<Checked>[]>): Promise<Answer> {
  try {
    return { kind: 'told', results: await check(), spent: takeSpent() }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
