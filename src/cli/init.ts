import { resolve } from 'node:path'
import type { Command } from './call/command.ts'
import type { Call, Flag } from './call/flags.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, type Io, remark, say } from './io/io.ts'
import { refused } from './io/refused.ts'

const flags: readonly Flag[] = [
  { name: 'yes', short: 'y', summary: 'ask nothing' },
  { name: 'force', summary: 'write over settings that are there' },
]

/** Writes a `.docker-gotchas.yaml` from what it sees. */
export const init: Command = {
  name: 'init',
  summary: 'write a commented .docker-gotchas.yaml',
  operands: '[PATH]',
  description: [
    'PATH is a folder or file of the project (default: .). The file says what ships, which variables the platform may',
    'have to give, and what is reported; all of it stands in comments and changes nothing until you let it hold.',
    'On a terminal it asks some questions first.',
    'Exit codes: 0 written · 2 the call is wrong, or there are settings · 3 docker-gotchas failed',
  ],
  flags,
  examples: [
    { call: 'docker-gotchas init', does: 'write settings for the project in this folder' },
    { call: 'docker-gotchas init --yes --force', does: 'write them again, without questions' },
  ],
  run: runInit,
}

async function runInit(call: Call, io: Io): Promise<ExitCode> {
  const [path = '.', extra] = call.operands
  if (extra !== undefined) return callIsWrong(io, `\`${extra}\` is one too many`, 'init')
  if (path === '-') return callIsWrong(io, 'the standard input has no folder for settings', 'init')
  const [{ openOptionsOf }, { openWorkspace }, { settingsDraft }, { surveyOf }, questions, settings, reading, paths] =
    await Promise.all([
      import('./call/options.ts'),
      import('../workspace/open.ts'),
      import('../settings/draft.ts'),
      import('../workspace/survey.ts'),
      import('./io/questions.ts'),
      import('../workspace/settings.ts'),
      import('../workspace/folder.ts'),
      import('../workspace/paths.ts'),
    ])
  const options = openOptionsOf(call, io)
  if (options.kind === 'wrong') return refused(options, io, 'init')
  // Settings that are there are not asked: they may be wrong, and are to be written anew.
  const opened = await openWorkspace([path], io, { ...options.value, settings: false })
  if (opened.kind === 'wrong') return refused(opened, io, 'init')
  const [project] = opened.value.projects
  if (project === undefined) return callIsWrong(io, `\`${path}\` cannot be read`, 'init')
  const unseen = reading.unseenIn(project).find(({ span }) => span.source.path === paths.wholeProject)
  if (unseen) {
    remark(io, `\`${path}\`: ${unseen.message}`)
    return exit.failure
  }
  const there = settings.settingsIn(project.root, project.door)
  const shown = (name: string) => paths.pathFrom(io.cwd, resolve(project.root, name))
  if (there !== undefined && !call.has('force'))
    return callIsWrong(io, `\`${shown(there)}\` is there already; --force writes over it`, 'init')
  if (there !== undefined && project.door.at(resolve(project.root, there)).kind === 'special')
    return callIsWrong(io, `\`${shown(there)}\` is no file that could be written over`, 'init')
  const survey = await surveyOf(project)
  const isTerminal = io.stdin.isTTY === true && io.stdout.isTTY === true
  const answers = isTerminal && !call.has('yes') ? await questions.answersOf(survey, io) : questions.noAnswers
  if (answers === undefined) return callIsWrong(io, 'the answers end too early, so nothing is written', 'init')
  const file = shown(there ?? settings.settingsName)
  const { writeReport } = await import('./io/write-out.ts')
  const problem = await writeReport(settingsDraft(survey, answers, settings.schemaIn(project.root)), file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'init')
  say(io.stdout, `wrote ${file}`)
  return exit.clean
}
