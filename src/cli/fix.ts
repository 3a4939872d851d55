import { resolve } from 'node:path'
import { joinShown } from '../masking/shown.ts'
import { severities } from '../text/diagnostic.ts'
import type { OpenProject } from '../workspace/workspace.ts'
import type { Command } from './call/command.ts'
import { composeFlags } from './call/compose-flags.ts'
import { allowEmptyFlag, stdinFlag, thresholdFlag } from './call/finding-flags.ts'
import type { Call, Flag } from './call/flags.ts'
import { settingsFlags } from './call/settings-flags.ts'
import type { MendedProject } from './fix/project.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, type Io, remark } from './io/io.ts'
import { refused } from './io/refused.ts'
import { uncheckedIn } from './io/report.ts'

const flags: readonly Flag[] = [
  { name: 'unsafe', summary: 'make also the fixes that want to be looked at' },
  {
    name: 'severity',
    value: 'SEVERITY',
    choices: severities,
    fallback: 'info',
    summary: 'the least severity of what is repaired',
  },
  { name: 'dry-run', short: 'n', summary: 'write nothing, and say what would be done' },
  { name: 'diff', summary: 'write nothing, and print the changes as a unified diff' },
  { name: 'quiet', short: 'q', summary: 'print the summary only' },
  thresholdFlag,
  allowEmptyFlag,
  { name: 'rule', value: 'ID', many: true, summary: 'repair the findings of this rule only' },
  { name: 'ignore', value: 'ID', many: true, summary: 'leave this rule out' },
  { name: 'preview', summary: 'let the findings of new rules count as those of others' },
  ...settingsFlags,
  ...composeFlags,
  stdinFlag,
]

/** Mends what it can of a project. */
export const fix: Command = {
  name: 'fix',
  summary: 'repair what can be repaired',
  operands: '[PATH…]',
  description: [
    'PATH is what `lint` takes (default: .). Of a folder all files of its project may change; else only those named.',
    'The text of -, the standard input, is printed as it is after its fixes.',
    'A safe fix does what a good project does and needs nothing new at the start; the others are made with --unsafe.',
    'After each round it looks again: a fix that would leave a file that cannot be read, take a comment away or bring',
    'up something worse is not made. Files are written as a whole, and with them all that belongs to a fix.',
    'Exit codes: 0 nothing is left (see --fail-on) · 1 findings are left · 2 the call is wrong · 3 docker-gotchas',
    'failed, or a file could not be read or written',
  ],
  flags,
  examples: [
    { call: 'docker-gotchas fix', does: 'make the safe fixes in this project' },
    { call: 'docker-gotchas fix --unsafe --diff', does: 'show what all fixes would change' },
    { call: 'docker-gotchas fix --diff | git apply', does: 'the same as `fix`, by way of git' },
    { call: 'docker-gotchas fix --rule assets-after-release', does: 'repair one kind of finding' },
    { call: 'docker-gotchas fix --severity error', does: 'repair errors alone' },
    { call: 'docker-gotchas fix - < Dockerfile', does: 'print a Dockerfile as it is after its safe fixes' },
  ],
  run: runFix,
}

async function runFix(call: Call, io: Io): Promise<ExitCode> {
  const [{ askedOf, openOptionsOf }, { openWorkspace }, { fixProject }, show] = await Promise.all([
    import('./call/options.ts'),
    import('../workspace/open.ts'),
    import('./fix/project.ts'),
    import('./fix/show.ts'),
  ])
  const asked = askedOf(call)
  if (asked.kind === 'wrong') return refused(asked, io, 'fix')
  const options = openOptionsOf(call, io)
  if (options.kind === 'wrong') return refused(options, io, 'fix')
  const names = call.operands.length > 0 ? call.operands : ['.']
  const isStdin = names.includes('-')
  if (isStdin && names.length > 1) return callIsWrong(io, '`-` stands alone: its text is printed', 'fix')
  const opened = await openWorkspace(names, io, options.value)
  if (opened.kind === 'wrong') return refused(opened, io, 'fix')
  const { projects, unreached } = opened.value
  if (projects.some(({ targets }) => targets.some(({ kind }) => kind === 'tar')))
    return callIsWrong(io, 'nothing is written into a tar', 'fix')
  const unread = isStdin ? unreadStdin(projects) : undefined
  if (unread !== undefined) {
    remark(io, `the standard input cannot be repaired: ${unread}`)
    return exit.failure
  }
  const writes = !isStdin && !call.has('dry-run') && !call.has('diff')
  const mended: MendedProject[] = []
  for (const project of projects) {
    const one = await fixProject(
      project,
      { ...asked.value, unsafe: call.has('unsafe'), severity: severities.find((one) => one === call.one('severity')) },
      io,
      writes,
    )
    if (one.kind === 'wrong') return refused(one, io, 'fix')
    mended.push(one.value)
  }
  for (const { path, reason } of unreached) {
    remark(io, `\`${show.shown(path, io)}\` cannot be read: ${reason}`)
  }
  if (call.has('diff')) show.showDiff(mended, io)
  else if (isStdin) show.showText(mended, io)
  show.showOutcome(mended, { quiet: call.has('quiet'), past: writes, aside: isStdin || call.has('diff') }, io)
  if (unreached.length > 0 || mended.some(({ failed }) => failed)) return exit.failure
  if (mended.some(({ fails }) => fails)) return exit.findings
  const nothing = uncheckedIn(joinShown(mended.map(({ left }) => left)), call)
  if (nothing === undefined) return exit.clean
  remark(io, nothing)
  return exit.usage
}

/** Why the text of the standard input could not be read. */
function unreadStdin(projects: readonly OpenProject[]): string | undefined {
  for (const { root, targets, problems } of projects) {
    const stdin = targets.find(({ kind }) => kind === 'stdin')
    const problem = problems.find(({ span }) => stdin && resolve(root, span.source.path) === stdin.path)
    if (problem) return problem.message
  }
  return undefined
}
