import { type Severity, severities } from '../text/diagnostic.ts'
import type { Command } from './command.ts'
import { type ExitCode, exit } from './exit.ts'
import type { Call, Flag } from './flags.ts'
import { callIsWrong, hasColour, type Io, widthOf } from './io.ts'
import { unreadableFile } from './lint/unreadable.ts'
import { didYouMean } from './suggest.ts'
import { version } from './version.ts'

const formats = ['tty', 'json', 'sarif'] as const
const thresholds = [...severities, 'never'] as const
const defaultThreshold = 'warning'

/** What is reported of files that cannot be read as what they are; these are no rules of their own. */
const syntaxRules = ['dockerfile-syntax', 'compose-syntax', 'env-syntax', 'elixir-syntax']

const flags: readonly Flag[] = [
  { name: 'format', value: 'FORMAT', choices: formats, fallback: 'tty', summary: 'how to print' },
  { name: 'output', short: 'o', value: 'FILE', summary: 'write to FILE instead of the standard output' },
  { name: 'quiet', short: 'q', summary: 'one line for each finding' },
  {
    name: 'fail-on',
    value: 'SEVERITY',
    choices: thresholds,
    fallback: defaultThreshold,
    summary: 'the least severity that makes the exit code 1',
  },
  { name: 'rule', value: 'ID', many: true, summary: 'run this rule only' },
  { name: 'ignore', value: 'ID', many: true, summary: 'leave this rule out' },
  { name: 'file', short: 'f', value: 'FILE', many: true, summary: 'a compose file, as `docker compose -f`' },
  { name: 'env-file', value: 'FILE', many: true, summary: 'as `docker compose --env-file`' },
  { name: 'profile', value: 'NAME', many: true, summary: 'as `docker compose --profile`' },
  { name: 'project-directory', value: 'PATH', summary: 'as `docker compose --project-directory`' },
  { name: 'stdin-filename', value: 'PATH', fallback: 'Dockerfile', summary: 'what `-`, the standard input, is' },
]

/** Checks a project, or what the user names of it. */
export const lint: Command = {
  name: 'lint',
  summary: 'check a Dockerfile, compose file, env file or project',
  operands: '[PATH…]',
  description: [
    'PATH is a Dockerfile, a compose file, an env file, a folder (default: .), or - for the standard input.',
    'The project around a file is read as well: a mistake shows in how its files work together.',
    'Exit codes: 0 clean · 1 findings (see --fail-on) · 2 the call is wrong · 3 docker-gotchas failed',
  ],
  flags,
  examples: [
    { call: 'docker-gotchas lint', does: 'check the project in this folder' },
    { call: 'docker-gotchas lint compose.yaml', does: 'check a compose file and what it builds' },
    { call: 'docker-gotchas lint - < Dockerfile', does: 'check a text from the standard input' },
    { call: 'docker-gotchas lint --format sarif --output gotchas.sarif', does: 'write a file for code scanning' },
    {
      call: 'docker-gotchas lint --ignore migrations-never-run --fail-on error',
      does: 'leave a rule out, fail on errors only',
    },
  ],
  run: runLint,
}

async function runLint(call: Call, io: Io): Promise<ExitCode> {
  const [{ rules }, { lintPaths }, { reporterOf, writeReport }] = await Promise.all([
    import('../rules/index.ts'),
    import('./lint/paths.ts'),
    import('./lint/output.ts'),
  ])
  const ids = [...rules.map(({ id }) => id), unreadableFile, ...syntaxRules]
  const unknown = [...call.all('rule'), ...call.all('ignore')].find((id) => !ids.includes(id))
  if (unknown !== undefined)
    return callIsWrong(io, `there is no rule \`${unknown}\`${didYouMean(unknown, ids)}`, 'lint')

  const outcome = await lintPaths(call, io)
  if (outcome.kind === 'wrong') return callIsWrong(io, outcome.message, 'lint')
  const { analysis } = outcome
  for (const { rule, message } of analysis.failures) {
    io.stderr.write(`docker-gotchas: the rule \`${rule}\` failed on this project: ${message}\n`)
  }
  const file = call.one('output')
  const format = formats.find((known) => known === call.one('format')) ?? 'tty'
  const reporter = await reporterOf(format === 'tty' && call.has('quiet') ? 'lines' : format)
  const colour = file === undefined && hasColour(io.env, io.stdout)
  const text = reporter({ ...analysis, rules, version, colour, width: widthOf(io.stdout) })
  const problem = await writeReport(text, file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'lint')
  if (analysis.failures.length > 0 || outcome.unreadable) return exit.failure
  const threshold = severities.find((severity) => severity === (call.one('fail-on') ?? defaultThreshold))
  return analysis.diagnostics.some(({ severity }) => reaches(severity, threshold)) ? exit.findings : exit.clean
}

const reaches = (severity: Severity, threshold: Severity | undefined): boolean =>
  threshold !== undefined && severities.indexOf(severity) <= severities.indexOf(threshold)
