import { Worker } from 'node:worker_threads'
import { addSpent, type Spent } from '../../text/clock.ts'
import type { Checked, CheckOptions } from '../../workspace/check.ts'
import type { Unit } from '../../workspace/many/plan.ts'
import type { OpenOptions } from '../../workspace/options.ts'
import type { Result } from '../../workspace/result.ts'
import type { Mate } from './in-order.ts'

/** All that a thread must know to check projects as this one does. */
export interface Orders {
  readonly units: readonly Unit[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly options: OpenOptions
  readonly asked: CheckOptions
  /** The folder of what is kept of projects, absolute. */
  readonly cache: string | undefined
  /** Whether it is to say where the time went. */
  readonly isTimed: boolean
}

/** What a thread says of some projects. */
export type Answer =
  | { readonly kind: 'told'; readonly results: readonly Result<Checked>[]; readonly spent: Spent | undefined }
  | { readonly kind: 'failed'; readonly message: string }

/** By which the program knows that it is such a thread. */
const ofAThread = '--of-a-thread'

/** A thread that runs `program` and checks projects. */
export function hire(program: string, orders: Orders): Mate<Result<Checked>> {
  const worker = new Worker(program, { argv: [ofAThread], workerData: orders })
  let waiting: PromiseSettlers | undefined
  let lost: Error | undefined
  const end = (why: Error) => {
    lost = why
    waiting?.reject(why)
  }
  worker.on('error', end)
  worker.on('exit', () => end(new Error('a thread has ended')))
  worker.on('message', (answer: Answer) => {
    if (answer.kind === 'told') {
      if (answer.spent) addSpent(answer.spent)
      waiting?.resolve(answer.results)
    } else waiting?.reject(new Error(answer.message))
  })
  return {
    ask(things) {
      if (lost) return Promise.reject(lost)
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        worker.postMessage(things)
      })
    },
    dismiss() {
      void worker.terminate()
    },
  }
}

/** Who waits for answers. */
interface PromiseSettlers {
  readonly resolve: (results: readonly Result<Checked>[]) => void
  readonly reject: (why: Error) => void
}
