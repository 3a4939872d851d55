import { randomUUID } from 'node:crypto'
import { access, constants, lstat, mkdir, readlink, realpath, rename, rm, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { reasonOf } from '../../files/reason.ts'
import { exit } from '../exit.ts'
import type { Io } from '../io.ts'

const placeOf = ({ env }: Io): string =>
  join(env.DOCKER_CONFIG || join(env.HOME ?? homedir(), '.docker'), 'cli-plugins', 'docker-gotchas')

/** Links this program into the folder of CLI plugins; what is not ours stays, unless `force` says otherwise. */
export async function installPlugin(force: boolean, io: Io): Promise<number> {
  const place = placeOf(io)
  const program = io.program && (await realpath(io.program))
  if (program === undefined) return fail(io, 'this program has no file of its own to link to')
  if (!(await isExecutable(program))) return fail(io, `${program} is not executable: Docker would not see it`)
  const there = await linkAt(place)
  if (there !== undefined && !there.ours && !force) {
    return fail(io, `${place} is there and is not ours: \`--force\` replaces it`)
  }
  const draft = `${place}.${randomUUID()}`
  try {
    await mkdir(dirname(place), { recursive: true })
    await symlink(program, draft)
    await rename(draft, place)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    return fail(io, `${place} cannot be written: ${reasonOf(error)}`)
  }
  const fleeting = /[\\/]_npx[\\/]/.test(program) ? ' (a copy of npx: install the package to keep it)' : ''
  io.stdout.write(`${place} leads to ${program}${fleeting}\ntry \`docker gotchas lint\`\n`)
  return exit.clean
}

/** Takes the link away; what is not ours stays. */
export async function uninstallPlugin(io: Io): Promise<number> {
  const place = placeOf(io)
  const there = await linkAt(place)
  if (there === undefined) {
    io.stdout.write(`there is no ${place}\n`)
    return exit.clean
  }
  if (!there.ours) return fail(io, `${place} is not ours: it stays`)
  await rm(place)
  io.stdout.write(`removed ${place}\n`)
  return exit.clean
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK)
    .then(() => true)
    .catch(() => false)

/** What is at `path`: a link to a program of our name is ours. */
async function linkAt(path: string): Promise<{ readonly ours: boolean } | undefined> {
  const found = await lstat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (!found.isSymbolicLink()) return { ours: false }
  const target = resolve(dirname(path), await readlink(path))
  return { ours: target.endsWith(join('dist', 'cli.js')) || basename(target) === 'docker-gotchas' }
}

function fail(io: Io, message: string): number {
  io.stderr.write(`docker-gotchas: ${message}\n`)
  return exit.failure
}
