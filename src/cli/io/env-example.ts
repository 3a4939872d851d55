import { join } from 'node:path'
import { doorInto } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import { writeFiles } from '../../files/write.ts'
import type { BootPages } from '../../masking/boots.ts'
import type { Shown } from '../../masking/shown.ts'
import type { BootOptions } from '../../report/boot/boot.ts'
import { bootEnvExample, exampleHeading } from '../../report/boot/env-example.ts'
import { done, type Result, wrong } from '../../workspace/result.ts'
import type { Io } from './io.ts'

/** Writes `.env.example` beside the project. One that somebody has written by hand is left as it is. */
export async function writeEnvExample(
  pages: Shown<BootPages>,
  root: string,
  options: BootOptions,
  { onInterrupt }: Io,
): Promise<Result<string>> {
  const path = join(root, '.env.example')
  const before = readText(doorInto(path), path, path)
  const isThere = before.source !== undefined || doorInto(path).at(path).kind !== 'missing'
  if (isThere && !before.source?.text.startsWith(exampleHeading))
    return wrong(`\`${options.shown(path)}\` is there already, and not from docker-gotchas`)
  const relative: BootOptions = { ...options, shown: (source) => source }
  const change = {
    path: '.env.example',
    before: before.source?.text,
    after: bootEnvExample(pages, relative),
    executable: false,
  }
  const [refusal] = await writeFiles(root, [change], onInterrupt)
  return refusal ? wrong(`\`${options.shown(path)}\` is not written: ${refusal.why}`) : done(path)
}
