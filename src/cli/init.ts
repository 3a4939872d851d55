import { resolve } from 'node:path'
import type { Command } from './call/command.ts'
import { type ExitCode, exit } from './io/exit.ts'
import type { Call, Flag } from './call/flags.ts'
import { callIsWrong, type Io, remark, say } from './io/io.ts'

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
  const [{ openProjects }, { settingsDraft }, { surveyOf }, { answersOf, noAnswers }, settings, reading] =
    await Promise.all([
      import('../workspace/open.ts'),
      import('../settings/draft.ts'),
      import('../workspace/survey.ts'),
      import('./io/questions.ts'),
      import('../workspace/settings.ts'),
      import('../workspace/folder.ts'),
    ])
  // Settings that are there are not asked: they may be wrong, and are to be written anew.
  const opened = await openProjects([path], { ...call, has: (name) => name === 'no-config' || call.has(name) }, io)
  if (opened.kind === 'wrong') return callIsWrong(io, opened.message, 'init')
  const [project] = opened.projects
  if (project === undefined) return callIsWrong(io, `\`${path}\` cannot be read`, 'init')
  const unseen = reading.unseenIn(project).find(({ span }) => span.source.path === reading.wholeProject)
  if (unseen) {
    remark(io, `\`${path}\`: ${unseen.message}`)
    return exit.failure
  }
  const there = settings.settingsIn(project.root, project.door)
  const { shown } = await shownFrom(project.root, io)
  if (there !== undefined && !call.has('force'))
    return callIsWrong(io, `\`${shown(there)}\` is there already; --force writes over it`, 'init')
  if (there !== undefined && project.door.at(resolve(project.root, there)).kind === 'special')
    return callIsWrong(io, `\`${shown(there)}\` is no file that could be written over`, 'init')
  const survey = await surveyOf(project)
  const isTerminal = io.stdin.isTTY === true && io.stdout.isTTY === true
  const answers = isTerminal && !call.has('yes') ? await answersOf(survey, io) : noAnswers
  if (answers === undefined) return callIsWrong(io, 'the answers end too early, so nothing is written', 'init')
  const file = shown(there ?? settings.settingsName)
  const { writeReport } = await import('./io/report.ts')
  const problem = await writeReport(settingsDraft(survey, answers), file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'init')
  say(io.stdout, `wrote ${file}`)
  return exit.clean
}

async function shownFrom(root: string, io: Io) {
  const [{ pathFrom }, { join }] = await Promise.all([import('../workspace/folder.ts'), import('node:path')])
  return { shown: (name: string) => pathFrom(io.cwd, join(root, name)) }
}
