import { fstatSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { once } from '../../text/once.ts'
import type { Io, Output } from './io.ts'

/** What is needed of a stream of the process. */
interface Stream {
  write(part: Uint8Array): unknown
  readonly columns?: number
}

/**
 * An output that writes to a descriptor by itself, since it takes longer to make a stream of the process than to lint a
 * Dockerfile. The stream is made where the descriptor does not take all at once, and then all goes through it, what is
 * wrong with the descriptor too.
 */
export function directOutput(descriptor: number, open: () => Stream): Output {
  const isTerminal = once(() => leadsToTerminal(descriptor))
  const stream = once(open)
  let isDirect = true
  return {
    write(text) {
      const bytes = Buffer.from(text)
      let done = 0
      try {
        while (isDirect && done < bytes.length) done += writeSync(descriptor, bytes, done)
      } catch {
        isDirect = false
      }
      if (done < bytes.length) stream().write(bytes.subarray(done))
    },
    get isTTY() {
      return isTerminal()
    },
    get columns() {
      return isTerminal() ? stream().columns : undefined
    },
  }
}

/** The number of `/dev/null` on Linux. */
const nullDevice = 0x103

/** Whether a terminal is behind a descriptor. What knows terminals is loaded only where one may be. */
function leadsToTerminal(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor)
    return found.isCharacterDevice() && found.rdev !== nullDevice && isatty(descriptor)
  } catch {
    return false
  }
}

/** The standard input, which is opened when it is read. */
export const lazyInput = (open: () => Io['stdin']): Io['stdin'] => ({
  [Symbol.asyncIterator]: () => open()[Symbol.asyncIterator](),
  get isTTY() {
    return leadsToTerminal(0)
  },
})
