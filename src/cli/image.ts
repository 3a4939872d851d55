import type { Command } from './call/command.ts'
import { printFlags } from './call/finding-flags.ts'
import type { Call, Flag } from './call/flags.ts'
import { maxSizeFlag } from './call/max-size.ts'
import { outsideFlag } from './call/outside.ts'
import { wantedReports } from './call/reports.ts'
import { settingsFlags } from './call/settings-flags.ts'
import type { ExitCode } from './io/exit.ts'
import { callIsWrong, type Io } from './io/io.ts'
import { refused } from './io/refused.ts'

const flags: readonly Flag[] = [
  ...printFlags,
  { name: 'preview', summary: 'let the findings of new rules count as others do' },
  { name: 'image', value: 'NAME', summary: 'the image to look at, where FILE holds several (default: all)' },
  { name: 'platform', value: 'PLATFORM', summary: 'such as linux/arm64, where the image is for several' },
  maxSizeFlag,
  ...settingsFlags,
  { name: 'against', value: 'PATH', summary: 'the project that the image should have been built from' },
  outsideFlag,
]

/** Checks a built image: what really ships. */
export const image: Command = {
  name: 'image',
  summary: 'check a built image: what really ships',
  operands: 'FILE',
  description: [
    'FILE is what `docker save` or `docker buildx build --output type=oci` writes, the folder of an OCI layout, or -',
    'for the standard input. The rules are those of `lint`, asked of what is in the image: its config and history, the',
    'release, its sys.config, runtime.exs and assets, and the files of every layer, deleted ones as well. The settings',
    'are those of the working directory.',
    'Exit codes: 0 clean · 1 findings (see --fail-on) · 2 the call is wrong · 3 the file cannot be read',
  ],
  flags,
  examples: [
    { call: 'docker save shop:1.4 | docker-gotchas image -', does: 'check an image before it is pushed' },
    { call: 'docker-gotchas image shop.tar --against .', does: 'check as well that these sources are in it' },
    { call: 'docker-gotchas image shop.tar --format sarif -o image.sarif', does: 'write a file for code scanning' },
  ],
  run: runImage,
}

async function runImage(call: Call, io: Io): Promise<ExitCode> {
  const [name, extra] = call.operands
  if (name === undefined) return callIsWrong(io, 'name the file of an image, or - for the standard input', 'image')
  if (extra !== undefined) return callIsWrong(io, `\`${extra}\` is one too many`, 'image')
  const [{ askedOf, imageOptionsOf }, { openImages }, { checkImages }, { conclude }] = await Promise.all([
    import('./call/options.ts'),
    import('../workspace/images/open.ts'),
    import('../workspace/images/check.ts'),
    import('./io/report.ts'),
  ])
  const asked = askedOf(call)
  if (asked.kind === 'wrong') return refused(asked, io, 'image')
  const wanted = wantedReports(call, io)
  if (wanted.kind === 'wrong') return refused(wanted, io, 'image')
  const options = imageOptionsOf(call, io)
  if (options.kind === 'wrong') return refused(options, io, 'image')
  const opened = await openImages(name, io, options.value)
  if (opened.kind === 'wrong') return refused(opened, io, 'image')
  const checked = await checkImages(opened.value, asked.value)
  return conclude(checked, { call, wanted: wanted.value }, io, {
    command: 'image',
    what: 'image',
    heading: checked.about,
  })
}
