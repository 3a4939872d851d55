// What is built into one script: the command line, a thread of it, and the library.
import { isMainThread } from 'node:worker_threads'
import { start as startProgram } from '../src/cli/main.ts'
import { workAsMate } from '../src/cli/many/mate.ts'
import * as all from '../src/index.ts'

// Of its name in `src/cli/many/crew.ts`: who only types it is in no thread.
export const start = (settleIn) => {
  if (process.argv[2] !== '--of-a-thread' || isMainThread) return startProgram(settleIn)
  settleIn()
  workAsMate()
}

export const library = () => all
