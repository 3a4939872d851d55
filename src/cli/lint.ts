import { resolve } from 'node:path'
import { mayHoldProjects } from '../files/door/open.ts'
import type { Chain } from '../report/formats/html.ts'
import type { Stats } from '../report/stats.ts'
import type { CheckOptions } from '../workspace/check.ts'
import type { OpenOptions } from '../workspace/options.ts'
import type { Command } from './call/command.ts'
import { composeFlags } from './call/compose-flags.ts'
import { findingFlags, stdinFlag } from './call/finding-flags.ts'
import type { Call, Flag } from './call/flags.ts'
import { maxSizeFlag } from './call/max-size.ts'
import { wantedReports } from './call/reports.ts'
import type { ExitCode } from './io/exit.ts'
import type { Io } from './io/io.ts'
import { refused } from './io/refused.ts'
import { manyFlags } from './many/flags.ts'

const flags: readonly Flag[] = [
  ...findingFlags,
  { name: 'write-baseline', value: 'FILE', summary: 'write the findings to FILE, for --baseline' },
  ...composeFlags,
  { name: 'context', summary: '`-` is the tar of a build context, and nothing else' },
  maxSizeFlag,
  stdinFlag,
  ...manyFlags,
]

/** With more files than that it pays to compile what looks at them. */
const many = 200

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
    'Exit codes: 0 clean · 1 findings (see --fail-on) · 2 the call is wrong, or nothing was checked · 3 docker-gotchas',
    'failed',
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
  if (!call.has('stats')) return lintNamed(call, io)
  const { startStats, statsSoFar, sayStats } = await import('./many/stats.ts')
  startStats()
  const code = await lintNamed(call, io, statsSoFar)
  sayStats(io)
  return code
}

async function lintNamed(call: Call, io: Io, stats?: () => Stats): Promise<ExitCode> {
  const [{ askedOf, openOptionsOf }, { openCounted }, { check }, { conclude }] = await Promise.all([
    import('./call/options.ts'),
    import('../workspace/counted.ts'),
    import('../workspace/check.ts'),
    import('./io/report.ts'),
  ])
  const asked = askedOf(call)
  if (asked.kind === 'wrong') return refused(asked, io, 'lint')
  const wanted = wantedReports(call, io)
  if (wanted.kind === 'wrong') return refused(wanted, io, 'lint')
  const options = openOptionsOf(call, io)
  if (options.kind === 'wrong') return refused(options, io, 'lint')
  const names = call.operands.length > 0 ? call.operands : ['.']
  const opening = { ...options.value, mayLeadOut: true }
  const chain = () => chainOf(names[0] ?? '.', io, options.value, asked.value)
  if (mayBeMany(names, call, io)) {
    const { lintMany } = await import('./many/lint.ts')
    const code = await lintMany(
      names,
      { call, wanted: wanted.value, options: opening, asked: asked.value, chain, stats },
      io,
    )
    if (code !== undefined) return code
  }
  const opened = await openCounted(names, io, opening)
  if (opened.kind === 'wrong') return refused(opened, io, 'lint')
  if (opened.value.projects.some(({ tree }) => tree.sources.length > many)) io.settleIn?.()
  const checked = await check(opened.value, asked.value)
  if (checked.kind === 'wrong') return refused(checked, io, 'lint')
  const baseline = call.one('write-baseline')
  if (baseline === undefined)
    return conclude(checked.value, { call, wanted: wanted.value }, io, {
      command: 'lint',
      what: 'project',
      chain,
      stats,
    })
  const { writeDown } = await import('./io/write-down.ts')
  return writeDown(checked.value, baseline, io)
}

/** Whether several projects may be named, or what is for several is asked for. */
const mayBeMany = (names: readonly string[], call: Call, { cwd }: Io): boolean =>
  names.length > 1 ||
  ['shard', 'cache'].some((name) => call.has(name)) ||
  names.some((name) => mayHoldProjects(resolve(cwd, name)))

/** The build and the starts of a project, for a page that shows them; without what cannot be had of them. */
async function chainOf(path: string, io: Io, options: OpenOptions, asked: CheckOptions): Promise<Chain> {
  if (path === '-') return { title: 'the standard input', graph: undefined, boots: undefined, shown: (one) => one }
  const { readChain } = await import('../workspace/chain.ts')
  return readChain(path, io, options, asked)
}
