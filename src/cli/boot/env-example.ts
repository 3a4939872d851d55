import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf } from '../../files/reason.ts'
import type { BootPages } from '../../masking/boots.ts'
import type { Shown } from '../../masking/shown.ts'
import type { BootOptions } from '../../report/boot.ts'
import { bootEnvExample, exampleHeading } from '../../report/boot-env-example.ts'

type Written =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'written'; readonly value: string }

/** Writes `.env.example` beside the project. One that somebody has written by hand is left as it is. */
export async function writeEnvExample(pages: Shown<BootPages>, root: string, options: BootOptions): Promise<Written> {
  const path = join(root, '.env.example')
  const before = await readFile(path, 'utf8').catch(() => undefined)
  if (before !== undefined && !before.startsWith(exampleHeading))
    return { kind: 'wrong', message: `\`${options.shown(path)}\` is there already, and not from docker-gotchas` }
  const relative: BootOptions = { ...options, shown: (source) => source }
  try {
    await writeFile(path, bootEnvExample(pages, relative))
  } catch (error) {
    return { kind: 'wrong', message: `\`${options.shown(path)}\` cannot be written: ${reasonOf(error)}` }
  }
  return { kind: 'written', value: path }
}
