import type { Command } from './command.ts'
import { exit } from './exit.ts'
import { callIsWrong, type Io } from './io.ts'

/** Commands of Compose that start or build something. */
const starting = ['build', 'create', 'publish', 'restart', 'run', 'start', 'up', 'watch']

/** Checks what the compose files say, then hands over to docker compose. */
export const compose: Command = {
  name: 'compose',
  summary: 'check, then `docker compose`',
  operands: '[--fail-on SEVERITY] [flags of docker compose] COMMAND [ARGS…]',
  description: [
    'Before `up`, `run`, `create`, `start`, `restart`, `build` and `watch` the project is checked with the same `-f`,',
    '`--profile`, `--env-file` and `--project-directory`, and nothing is started where there is an error. All other',
    'commands go to `docker compose` as they are. As a plugin of Docker: `docker gotchas compose up`.',
    'Exit codes: 1 findings (see --fail-on; default: error) · 2 the call is wrong · else that of `docker compose`',
  ],
  flags: [],
  examples: [{ call: 'docker-gotchas compose -f compose.yaml -f compose.prod.yaml up -d', does: 'check, then start' }],
  passesOn: true,
  async run(call, io) {
    const { failOnIsWrong, takeFailOn } = await import('./docker/fail-on.ts')
    const asked = takeFailOn(call.operands)
    if (asked === undefined) return callIsWrong(io, failOnIsWrong, 'compose')
    const { args, severity } = asked
    const code = await check(args, severity, io)
    if (code !== exit.clean) return code
    const { runDocker } = await import('./docker/docker.ts')
    return runDocker(['compose', ...args], io)
  },
}

async function check(args: readonly string[], severity: string, io: Io): Promise<number> {
  const [{ callOf }, { composeFlags, readDockerFlags, valuesOf }, { lintPaths }, { show }] = await Promise.all([
    import('./docker/call.ts'),
    import('./docker/flags.ts'),
    import('./lint/paths.ts'),
    import('./docker/show.ts'),
  ])
  const docker = readDockerFlags(args, composeFlags)
  if (docker.operand === undefined || !starting.includes(args[docker.operand] ?? '')) return exit.clean
  const folder = valuesOf(docker, 'workdir', 'project-directory')
  const flags = {
    file: valuesOf(docker, 'file', 'f'),
    profile: valuesOf(docker, 'profile'),
    'env-file': valuesOf(docker, 'env-file'),
    'project-directory': folder,
    'fail-on': [severity],
  }
  const linted = await lintPaths(callOf(folder.slice(-1), flags), io)
  if (linted.kind === 'wrong') return callIsWrong(io, linted.message, 'compose')
  await show(linted.analysis, io)
  if (!linted.fails) return exit.clean
  io.stderr.write('docker-gotchas: nothing is started; `--fail-on never` starts it nevertheless\n')
  return exit.findings
}
