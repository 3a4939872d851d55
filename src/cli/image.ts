import { severities } from '../text/diagnostic.ts'
import type { Command } from './call/command.ts'
import { outsideFlag } from './call/outside.ts'
import { type ExitCode, exit } from './io/exit.ts'
import type { Call, Flag } from './call/flags.ts'
import { callIsWrong, hasColour, type Io, remark, widthOf } from './io/io.ts'
import { maxSizeFlag } from './call/max-size.ts'
import { settingsFlags } from './call/settings-flags.ts'
import { didYouMean } from './suggest.ts'
import { version } from './version.ts'

const formats = ['tty', 'json', 'sarif'] as const

const flags: readonly Flag[] = [
  { name: 'format', value: 'FORMAT', choices: formats, fallback: 'tty', summary: 'how to print' },
  { name: 'output', short: 'o', value: 'FILE', summary: 'write to FILE instead of the standard output' },
  { name: 'quiet', short: 'q', summary: 'one line for each finding' },
  {
    name: 'fail-on',
    value: 'SEVERITY',
    choices: [...severities, 'never'],
    fallback: 'warning',
    summary: 'the least severity that makes the exit code 1',
  },
  { name: 'rule', value: 'ID', many: true, summary: 'run this rule only' },
  { name: 'ignore', value: 'ID', many: true, summary: 'leave this rule out' },
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
  const [{ rules }, { knownIds }, { checkImages }, { reporterOf, writeReport }, policy] = await Promise.all([
    import('../rules/index.ts'),
    import('../settings/ids.ts'),
    import('../workspace/images/check.ts'),
    import('./io/report.ts'),
    import('../settings/policy.ts'),
  ])
  const unknown = [...call.all('rule'), ...call.all('ignore')].find((id) => !knownIds.includes(id))
  if (unknown !== undefined)
    return callIsWrong(io, `there is no rule \`${unknown}\`${didYouMean(unknown, knownIds)}`, 'image')

  const outcome = await checkImages(name, call, io)
  if (outcome.kind === 'wrong') return callIsWrong(io, outcome.message, 'image')
  if (outcome.kind === 'unreadable') {
    remark(io, `${outcome.message}`)
    return exit.failure
  }
  const { analysis, header, settings } = outcome
  for (const { rule, message } of analysis.failures) remark(io, `the rule \`${rule}\` failed on this image: ${message}`)
  const file = call.one('output')
  const format = formats.find((known) => known === call.one('format')) ?? 'tty'
  const quiet = format === 'tty' && call.has('quiet')
  const reporter = await reporterOf(quiet ? 'lines' : format)
  const colour = file === undefined && hasColour(io.env, io.stdout)
  const report = reporter({ ...analysis, rules, version, colour, width: widthOf(io.stdout) })
  const problem = await writeReport(format === 'tty' && !quiet ? `${header}\n\n${report}` : report, file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'image')
  if (analysis.failures.length > 0) return exit.failure
  const threshold = policy.thresholdOf(settings, call.one('fail-on'))
  return analysis.diagnostics.some((one) => policy.fails(one, threshold)) ? exit.findings : exit.clean
}
