import { spawn } from 'node:child_process'
import { access, constants, open, readFile } from 'node:fs/promises'
import { delimiter, dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { $ } from 'zx'

/**
 * Starts `dockerd` with everything it owns in `folder`. Gives its socket, a client that it answers, and what stops it;
 * or the reason why there is none.
 */
export async function startDaemon(folder) {
  const [program] = await programs('dockerd', ['/usr/sbin', '/usr/local/sbin'])
  if (program === undefined) return { reason: 'there is no `dockerd`' }
  const socket = `unix://${join(folder, 'docker.sock')}`
  const log = await open(join(folder, 'log'), 'w')
  const own = ['data-root', 'exec-root', 'pidfile'].map((name) => `--${name}=${join(folder, name)}`)
  const words = [...own, '-H', socket, '--iptables=false', '--ip6tables=false', '--bridge=none', '--log-level=warn']
  // In a group of its own, so that Ctrl+C does not end it before the tests.
  const daemon = spawn(program, words, { stdio: ['ignore', log.fd, log.fd], detached: true })
  const ended = new Promise((done) => {
    daemon.on('close', () => done('ended'))
    daemon.on('error', () => done('ended'))
  })
  await log.close()
  const stop = () => stopDaemon(daemon, ended, folder)

  const clients = await programs('docker', [resolve(dirname(program), '../bin')])
  for (let tries = 0; tries < 120; tries++) {
    for (const client of clients) if (await answers(client, socket)) return { socket, client, stop }
    if ((await Promise.race([ended, pause(250)])) === 'ended') break
  }
  const said = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n').at(-1)
  await stop()
  return { reason: said || `it does not answer ${clients.join(', ') || 'and there is no `docker`'}` }
}

/** The programs of a name: in some folders first, then in PATH. */
export async function programs(name, folders) {
  const found = []
  for (const folder of new Set([...folders, ...(process.env.PATH ?? '').split(delimiter)])) {
    const path = join(folder, name)
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      found.push(path)
  }
  return found
}

const answers = async (client, socket) =>
  (await $({ nothrow: true, quiet: true, timeout: '5s' })`${client} -H ${socket} version`).exitCode === 0

async function stopDaemon(daemon, ended, folder) {
  const containerd = await readFile(join(folder, 'exec-root/containerd/containerd.pid'), 'utf8').catch(() => '')
  if (daemon.exitCode === null && daemon.pid !== undefined) daemon.kill('SIGTERM')
  if ((await Promise.race([ended, pause(15_000)])) !== 'ended') {
    daemon.kill('SIGKILL')
    await ended
    if (/^\d+$/.test(containerd.trim())) await $({ nothrow: true, quiet: true })`kill ${containerd.trim()}`
  }
  const mounts = (await readFile('/proc/self/mounts', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(' ')[1])
  for (const mount of mounts.filter((path) => path?.startsWith(`${folder}/`)).toReversed())
    await $({ nothrow: true, quiet: true })`umount -l ${mount}`
}
