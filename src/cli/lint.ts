import type { Command } from './call/command.ts'
import { composeFlags } from './call/compose-flags.ts'
import { type ExitCode, exit } from './io/exit.ts'
import type { Call, Flag } from './call/flags.ts'
import { callIsWrong, hasColour, type Io, remark, say, widthOf } from './io/io.ts'
import type { LintOutcome } from '../workspace/check.ts'
import { maxSizeFlag } from './call/max-size.ts'
import { settingsFlags } from './call/settings-flags.ts'
import { version } from './version.ts'

const formats = ['tty', 'json', 'sarif'] as const
const thresholds = ['error', 'warning', 'info', 'never'] as const

/** What makes findings fail a run. */
export const thresholdFlag: Flag = {
  name: 'fail-on',
  value: 'SEVERITY',
  choices: thresholds,
  fallback: 'warning',
  summary: 'the least severity that makes the exit code 1',
}

/** The name of what comes from the standard input. */
export const stdinFlag: Flag = {
  name: 'stdin-filename',
  value: 'PATH',
  fallback: 'Dockerfile',
  summary: 'what `-`, the standard input, is',
}

/** Which findings there are to be, and how they are printed. */
export const findingFlags: readonly Flag[] = [
  { name: 'format', value: 'FORMAT', choices: formats, fallback: 'tty', summary: 'how to print' },
  { name: 'output', short: 'o', value: 'FILE', summary: 'write to FILE instead of the standard output' },
  { name: 'quiet', short: 'q', summary: 'one line for each finding' },
  thresholdFlag,
  { name: 'rule', value: 'ID', many: true, summary: 'run this rule only' },
  { name: 'ignore', value: 'ID', many: true, summary: 'leave this rule out' },
  { name: 'preview', summary: 'let the findings of new rules count as those of others' },
  { name: 'no-ignores', summary: 'report also what comments, settings and the baseline keep quiet' },
  { name: 'baseline', value: 'FILE', summary: 'keep quiet what stands in FILE: findings that were there before' },
  ...settingsFlags,
]

const flags: readonly Flag[] = [
  ...findingFlags,
  { name: 'write-baseline', value: 'FILE', summary: 'write the findings to FILE, for --baseline' },
  ...composeFlags,
  { name: 'context', summary: '`-` is the tar of a build context, and nothing else' },
  maxSizeFlag,
  stdinFlag,
]

/** Checks a project, or what the user names of it. */
export const lint: Command = {
  name: 'lint',
  summary: 'check a Dockerfile, compose file, env file or project',
  operands: '[PATH…]',
  description: [
    'PATH is a Dockerfile, a compose file, an env file, a folder (default: .), or - for the standard input.',
    'The project around a file is read as well: a mistake shows in how its files work together.',
    'It may also be the tar of a build context, plain, gzip or zstd; then -f is its Dockerfile, as `docker build -f`.',
    'A comment `# docker-gotchas ignore=RULE -- reason` above a line, or at its end, ignores what is reported there;',
    '`# docker-gotchas global ignore=RULE -- reason` at the top of a file does so for all of it.',
    'Only what is named and the repository around it is read: what leads out of it, by a path or a link, is not, and what',
    'could not be read, or was too much, is an error (exit code 3) whatever --fail-on says.',
    'Settings are read from .docker-gotchas.yaml in the folder or above it, up to the root of the repository;',
    '`docker-gotchas init` writes one. Flags go before settings.',
    'Exit codes: 0 clean · 1 findings (see --fail-on) · 2 the call is wrong · 3 docker-gotchas failed',
  ],
  flags,
  examples: [
    { call: 'docker-gotchas lint', does: 'check the project in this folder' },
    { call: 'docker-gotchas lint compose.yaml', does: 'check a compose file and what it builds' },
    { call: 'docker-gotchas lint - < Dockerfile', does: 'check a text from the standard input' },
    { call: 'tar c . | docker-gotchas lint - --context', does: 'check what `docker build -` would get' },
    { call: 'docker-gotchas lint --format sarif --output gotchas.sarif', does: 'write a file for code scanning' },
    {
      call: 'docker-gotchas lint --ignore migrations-never-run --fail-on error',
      does: 'leave a rule out, fail on errors only',
    },
    { call: 'docker-gotchas lint --write-baseline known.json', does: 'begin with what is there: write it down, then' },
    { call: 'docker-gotchas lint --baseline known.json', does: 'fail on new findings only' },
  ],
  run: runLint,
}

async function runLint(call: Call, io: Io): Promise<ExitCode> {
  const [{ rules }, { unknownRule }, { lintPaths }, { reporterOf, writeReport }] = await Promise.all([
    import('../rules/index.ts'),
    import('./lint/rule-ids.ts'),
    import('../workspace/check.ts'),
    import('./io/report.ts'),
  ])
  const unknown = unknownRule(call)
  if (unknown !== undefined) return callIsWrong(io, unknown, 'lint')

  const outcome = await lintPaths(call, io)
  if (outcome.kind === 'wrong') return callIsWrong(io, outcome.message, 'lint')
  const { analysis } = outcome
  for (const { rule, message } of analysis.failures) {
    remark(io, `the rule \`${rule}\` failed on this project: ${message}`)
  }
  const baseline = call.one('write-baseline')
  if (baseline !== undefined) return writeDown(outcome, baseline, io)
  for (const line of outcome.remarks) remark(io, line)
  const file = call.one('output')
  const format = formats.find((known) => known === call.one('format')) ?? 'tty'
  const reporter = await reporterOf(format === 'tty' && call.has('quiet') ? 'lines' : format)
  const colour = file === undefined && hasColour(io.env, io.stdout)
  const text = reporter({ ...analysis, rules, version, colour, width: widthOf(io.stdout) })
  const problem = await writeReport(text, file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'lint')
  if (analysis.failures.length > 0 || outcome.unreadable) return exit.failure
  return outcome.fails ? exit.findings : exit.clean
}

/** Writes the findings as a baseline, instead of a report. */
async function writeDown({ analysis, unreadable }: LintOutcome, file: string, io: Io): Promise<ExitCode> {
  if (analysis.failures.length > 0 || unreadable) {
    remark(io, `not all could be checked, so \`${file}\` is not written`)
    return exit.failure
  }
  const { writeBaseline } = await import('../workspace/baseline.ts')
  const problem = await writeBaseline(analysis, file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'lint')
  const count = analysis.diagnostics.length
  say(io.stdout, `wrote ${count} finding${count === 1 ? '' : 's'} to ${file}`)
  return exit.clean
}
