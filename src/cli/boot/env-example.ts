import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { doorInto } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import { reasonOf } from '../../files/reason.ts'
import type { BootOptions } from '../../report/boot.ts'
import { bootEnvExample, exampleHeading } from '../../report/boot-env-example.ts'
import type { BootReading } from './read.ts'

type Written =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'written'; readonly value: string }

/** Writes `.env.example` beside the project. One that somebody has written by hand is left as it is. */
export async function writeEnvExample(reading: BootReading, options: BootOptions): Promise<Written> {
  const path = join(reading.root, '.env.example')
  const before = readText(doorInto(path), path, path)
  const isThere = before.source !== undefined || doorInto(path).at(path).kind !== 'missing'
  if (isThere && !before.source?.text.startsWith(exampleHeading))
    return { kind: 'wrong', message: `\`${options.shown(path)}\` is there already, and not from docker-gotchas` }
  const relative: BootOptions = { ...options, shown: (source) => source }
  try {
    await writeFile(path, bootEnvExample(reading, relative))
  } catch (error) {
    return { kind: 'wrong', message: `\`${options.shown(path)}\` cannot be written: ${reasonOf(error)}` }
  }
  return { kind: 'written', value: path }
}
