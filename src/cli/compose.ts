import type { Command } from './call/command.ts'
import type { FailOn } from './docker/fail-on.ts'
import { notSeen } from './docker/not-seen.ts'
import { exit } from './io/exit.ts'
import { callIsWrong, type Io, remark } from './io/io.ts'

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
    const code = await check(asked, io)
    return code === exit.clean ? runDocker(['compose', ...asked.args], io) : code
  },
}

async function check({ args, severity }: FailOn, io: Io): Promise<number> {
  const [{ callOf }, { composeFlags, readDockerFlags, valuesOf }, { lintPaths }, { show }] = await Promise.all([
    import('./docker/call.ts'),
    import('./docker/flags.ts'),
    import('../workspace/check.ts'),
    import('./docker/show.ts'),
  ])
  const docker = readDockerFlags(args, composeFlags)
  const [command = ''] = docker.operands
  if (!starting.includes(command)) return exit.clean
  const file = valuesOf(docker, 'file', 'f')
  if (file.includes('-')) {
    return callIsWrong(io, 'a compose file from the standard input is not checked: write it to a file', 'compose')
  }
  const folder = valuesOf(docker, 'workdir', 'project-directory').slice(-1)
  const flags = {
    file,
    profile: valuesOf(docker, 'profile'),
    'env-file': valuesOf(docker, 'env-file'),
    'project-directory': folder,
    'fail-on': [severity],
  }
  // A service that is named starts whatever its profile is.
  const namesServices = args.slice((docker.operand ?? 0) + 1).some((word) => !word.startsWith('-'))
  const profiles = namesServices || flags.profile.length > 0 ? {} : { profiles: [] }
  const linted = await lintPaths(callOf(folder, flags), io, (project) => ({
    ...project,
    options: {
      ...project.options,
      compose: { ...project.options.compose, ...profiles },
      wanted: { of: 'project', images: 'none', development: false },
    },
  }))
  if (linted.kind === 'wrong') return callIsWrong(io, linted.message, 'compose')
  await show(linted.analysis, io)
  if (linted.unreadable) return notSeen('nothing is started', io)
  if (!linted.fails) return exit.clean
  remark(io, 'nothing is started; `--fail-on never` starts it nevertheless')
  return exit.findings
}
