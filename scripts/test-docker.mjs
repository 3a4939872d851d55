// Runs test/docker against a Docker daemon of its own, which is gone afterwards; without one all of it is skipped.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { $ } from 'zx'
import { importBases } from './test-docker/bases.mjs'
import { programs, startDaemon } from './test-docker/daemon.mjs'

$.verbose = false
const folder = await mkdtemp(join(tmpdir(), 'docker-gotchas-daemon-'))
let daemon
let tests
let isEnding = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    isEnding = true
    tests?.kill('SIGTERM')
    process.exitCode = 1
  })
}

try {
  const missing = await missingPrograms()
  daemon = missing ? { reason: `there is no \`${missing}\`` } : await startDaemon(folder)
  const env = daemon.reason === undefined ? await environment(daemon) : {}
  if (daemon.reason !== undefined) console.error(`No real images can be built, so all are skipped: ${daemon.reason}`)
  if (!isEnding) process.exitCode = await runTests(env)
} finally {
  await daemon?.stop?.()
  await rm(folder, { recursive: true, force: true })
}

/** The first program that is not here of those that the base images are made of. */
async function missingPrograms() {
  for (const name of ['busybox', 'erl', 'elixir', 'mix']) {
    if ((await programs(name, [])).length === 0) return name
  }
}

/** What the tests see: the client of this daemon as `docker`, a configuration of its own, and the base images. */
async function environment({ client, socket }) {
  const [bin, config] = [join(folder, 'bin'), join(folder, 'config')]
  await Promise.all([mkdir(bin), mkdir(config)])
  await symlink(client, join(bin, 'docker'))
  await writeFile(join(config, 'config.json'), '{}')
  const env = { PATH: `${bin}:${process.env.PATH}`, DOCKER_HOST: socket, DOCKER_CONFIG: config }
  await importBases(folder, { ...process.env, ...env })
  return { ...env, DOCKER_GOTCHAS_DAEMON: 'started' }
}

function runTests(env) {
  const words = ['vitest', 'run', ...process.argv.slice(2)]
  tests = spawn('npx', words, { stdio: 'inherit', env: { ...process.env, DOCKER_GOTCHAS_TESTS: 'yes', ...env } })
  return new Promise((resolve) => {
    tests.on('close', (code) => resolve(code ?? 1))
    tests.on('error', () => resolve(1))
  })
}
