import { closeSync, constants, openSync, writeFileSync } from 'node:fs'
import { reasonOf } from '../reason.ts'

/** Writes to a terminal, a pipe or the like as it is. Gives why that cannot be done. */
export function writeToDevice(path: string, text: string): string | undefined {
  try {
    const device = openSync(path, constants.O_WRONLY)
    try {
      writeFileSync(device, text)
    } finally {
      closeSync(device)
    }
    return undefined
  } catch (error) {
    return `it cannot be written: ${reasonOf(error)}`
  }
}
