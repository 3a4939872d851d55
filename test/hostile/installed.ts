import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const quietly = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/** Packs what was built and installs it into a new folder, as a user does; gives the folder. */
export function install(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docker-gotchas-installed-'))
  execFileSync('npm', ['pack', ...quietly, '--pack-destination', folder], { stdio: 'pipe' })
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  execFileSync('npm', ['install', ...quietly, `./${tarball}`], { cwd: folder, stdio: 'pipe' })
  execFileSync('npm', ['install', '-g', ...quietly, '--prefix', join(folder, 'global'), `./${tarball}`], {
    cwd: folder,
    stdio: 'pipe',
  })
  return folder
}

/** What a process said and how it ended. */
export interface Ended {
  readonly code: number | null
  readonly said: string
}

/** Runs a program to its end. */
export function ran(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    input: '',
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0', NODE_NO_WARNINGS: '1', ...env },
  })
  return { code: status, said: stdout + stderr }
}

/** The ways in which npm and Docker start the installed program: a program and the words before those of the call. */
export function waysOf(
  folder: string,
): readonly (readonly [name: string, program: string, before: readonly string[]])[] {
  const linked = join(folder, 'node_modules/.bin/docker-gotchas')
  const shims = join(folder, 'shims')
  cpSync(join(npmFolder(), 'node_modules/cmd-shim'), join(shims, 'cmd-shim'), { recursive: true })
  const program = join(folder, 'node_modules/docker-gotchas/dist/cli.js')
  const script = 'require(process.argv[1])(process.argv[2], process.argv[3])'
  execFileSync(process.execPath, ['-e', script, join(shims, 'cmd-shim'), program, join(shims, 'docker-gotchas')])
  return [
    ['the link of npm', linked, []],
    ['a global install', join(folder, 'global/bin/docker-gotchas'), []],
    // Without `--` the flags are read by the Node that runs npx itself.
    ['npx', 'npx', ['--offline', '--prefix', folder, '--', 'docker-gotchas']],
    ['the script of npm for Windows', join(shims, 'docker-gotchas'), []],
    ['the file itself', program, []],
    ['the plugin of Docker', plugin(folder, linked), ['gotchas']],
  ]
}

/** Where npm itself stands. */
const npmFolder = (): string =>
  dirname(dirname(resolve(execFileSync('sh', ['-c', 'readlink -f "$(command -v npm)"'], { encoding: 'utf8' }).trim())))

function plugin(folder: string, program: string): string {
  execFileSync(program, ['plugin', 'install'], { env: { ...process.env, DOCKER_CONFIG: join(folder, 'docker') } })
  return join(folder, 'docker/cli-plugins/docker-gotchas')
}
