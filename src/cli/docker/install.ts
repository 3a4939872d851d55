import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { access, constants, lstat, readlink, realpath, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { reasonOf } from '../../files/reason.ts'
import { exit } from '../io/exit.ts'
import { type Io, lineEnd, remark, say } from '../io/io.ts'

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
  try {
    putLink(place, program)
  } catch (error) {
    return fail(io, `${place} cannot be written: ${reasonOf(error)}`)
  }
  const fleeting = /[\\/]_npx[\\/]/.test(program) ? ' (a copy of npx: install the package to keep it)' : ''
  say(io.stdout, `${place} leads to ${program}${fleeting}${lineEnd}try \`docker gotchas lint\``)
  return exit.clean
}

/** Puts a link into its place as a whole: in one go, so that nothing comes between. */
function putLink(place: string, program: string): void {
  const draft = `${place}.${randomUUID()}`
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(program, draft)
  try {
    renameSync(draft, place)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Takes the link away; what is not ours stays. */
export async function uninstallPlugin(io: Io): Promise<number> {
  const place = placeOf(io)
  const there = await linkAt(place)
  if (there === undefined) {
    say(io.stdout, `there is no ${place}`)
    return exit.clean
  }
  if (!there.ours) return fail(io, `${place} is not ours: it stays`)
  await rm(place)
  say(io.stdout, `removed ${place}`)
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
  remark(io, `${message}`)
  return exit.failure
}
