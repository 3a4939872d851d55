import type { OpenProject } from '../workspace/workspace.ts'
import type { Command } from './call/command.ts'
import type { FailOn } from './docker/fail-on.ts'
import { notSeen } from './docker/not-seen.ts'
import { exit } from './io/exit.ts'
import { callIsWrong, type Io, remark } from './io/io.ts'
import { refused } from './io/refused.ts'

/** Commands of Compose that build or start something, or hand it on. */
const starting = ['build', 'create', 'publish', 'restart', 'run', 'scale', 'start', 'up', 'watch']

/** Checks what the compose files say, then hands over to docker compose. */
export const compose: Command = {
  name: 'compose',
  summary: 'check, then `docker compose`',
  operands: '[--fail-on SEVERITY] [flags of docker compose] COMMAND [ARGS…]',
  description: [
    'Before `up`, `run`, `create`, `start`, `restart`, `scale`, `build`, `watch` and `publish` the project is checked',
    'with the same `-f`, `--profile`, `--env-file` and `--project-directory`, and nothing is started where there is an',
    'error. All other commands go to `docker compose` as they are. As a plugin of Docker: `docker gotchas compose up`.',
    'Exit codes: 1 findings (see --fail-on; default: error) · 2 the call is wrong · else that of `docker compose`',
  ],
  flags: [],
  examples: [{ call: 'docker-gotchas compose -f compose.yaml -f compose.prod.yaml up -d', does: 'check, then start' }],
  passesOn: true,
  async run(call, io) {
    const [{ failOnIsWrong, takeFailOn }, { composeFlags }, { runDocker }] = await Promise.all([
      import('./docker/fail-on.ts'),
      import('./docker/flags.ts'),
      import('./docker/docker.ts'),
    ])
    const asked = takeFailOn(call.operands, composeFlags)
    if (asked === undefined) return callIsWrong(io, failOnIsWrong, 'compose')
    const code = await checkStack(asked, io)
    return code === exit.clean ? runDocker(['compose', ...asked.args], io) : code
  },
}

async function checkStack({ args, severity }: FailOn, io: Io): Promise<number> {
  const [{ composeFlags, readDockerFlags, valuesOf }, { openWorkspace }, { check }, { show }] = await Promise.all([
    import('./docker/flags.ts'),
    import('../workspace/open.ts'),
    import('../workspace/check.ts'),
    import('./io/report.ts'),
  ])
  const docker = readDockerFlags(args, composeFlags)
  const [command = ''] = docker.operands
  if (!starting.includes(command)) return exit.clean
  const some = (...names: readonly string[]) => {
    const values = valuesOf(docker, ...names)
    return values.length > 0 ? values : undefined
  }
  const files = some('file', 'f')
  if (files?.includes('-')) {
    return callIsWrong(io, 'a compose file from the standard input is not checked: write it to a file', 'compose')
  }
  const folder = valuesOf(docker, 'workdir', 'project-directory').at(-1)
  const profiles = some('profile')
  const opened = await openWorkspace([folder ?? '.'], io, {
    compose: { files, envFiles: some('env-file'), profiles, projectDirectory: folder },
    mayLeadOut: true,
  })
  if (opened.kind === 'wrong') return refused(opened, io, 'compose')
  // A service that is named starts whatever its profile is.
  const namesServices = args.slice((docker.operand ?? 0) + 1).some((word) => !word.startsWith('-'))
  const active = namesServices || profiles ? {} : { profiles: [] }
  const projects = opened.value.projects.map(
    (project): OpenProject => ({
      ...project,
      options: {
        ...project.options,
        compose: { ...project.options.compose, ...active },
        wanted: { of: 'project', images: 'none', development: false },
      },
    }),
  )
  const checked = await check({ ...opened.value, projects }, { failOn: severity })
  if (checked.kind === 'wrong') return refused(checked, io, 'compose')
  const { analysis, fails, unseen } = checked.value
  await show(analysis, io)
  if (unseen) return notSeen('nothing is started', io)
  if (!fails) {
    const { nothing } = analysis.looked
    if (nothing !== undefined) remark(io, `nothing was checked: ${nothing}`)
    return exit.clean
  }
  remark(io, 'nothing is started; `--fail-on never` starts it nevertheless')
  return exit.findings
}
