import { severities } from '../../text/diagnostic.ts'
import type { Flag } from './flags.ts'
import { severityFlags } from './hadolint.ts'
import { reportFlags } from './reports.ts'
import { settingsFlags } from './settings-flags.ts'

/** What makes findings fail a run. */
export const thresholdFlag: Flag = {
  name: 'fail-on',
  value: 'SEVERITY',
  choices: [...severities, 'never'],
  fallback: 'warning',
  summary: 'the least severity that makes the exit code 1',
}

/** That nothing to check is no mistake. */
export const allowEmptyFlag: Flag = {
  name: 'allow-empty',
  summary: 'exit with 0 where there is nothing to check, instead of 2',
}

/** The name of what comes from the standard input. */
export const stdinFlag: Flag = {
  name: 'stdin-filename',
  value: 'PATH',
  fallback: 'Dockerfile',
  summary: 'what `-`, the standard input, is',
}

/** What a run is asked about itself. */
export const tellingFlags: readonly Flag[] = [
  { name: 'list-files', summary: 'print the files that were read instead of what was found' },
  { name: 'debug', summary: 'say on standard error what was taken for production, what was left out, and why' },
  { name: 'verbose', short: 'V', summary: 'as --debug' },
]

/** How findings are printed, and of which rules. */
export const printFlags: readonly Flag[] = [
  ...reportFlags,
  thresholdFlag,
  allowEmptyFlag,
  { name: 'rule', value: 'ID', many: true, summary: 'run this rule only' },
  { name: 'ignore', value: 'ID', many: true, summary: 'leave this rule out' },
  ...severityFlags,
  ...tellingFlags,
]

/** Which findings of a project there are to be, and how they are printed. */
export const findingFlags: readonly Flag[] = [
  ...printFlags,
  { name: 'preview', summary: 'let the findings of new rules count as those of others' },
  { name: 'no-ignores', summary: 'report also what comments, settings and the baseline keep quiet' },
  { name: 'baseline', value: 'FILE', summary: 'keep quiet what stands in FILE: findings that were there before' },
  ...settingsFlags,
]
