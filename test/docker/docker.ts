import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { JsonReport } from '../../src/report/formats/json.ts'

/** Whether there is a daemon with the base images of scripts/test-docker. */
export const hasDocker = process.env.DOCKER_GOTCHAS_DAEMON === 'started'

/** The program that people install. */
export const program = resolve('dist/cli.js')

export interface Around {
  readonly cwd?: string
  readonly input?: Uint8Array
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly bytes: Uint8Array
}

/** Runs a program to its end. */
export function run(name: string, args: readonly string[], { cwd, input, env }: Around = {}): Ended {
  const { status, stdout, stderr } = spawnSync(name, args, {
    maxBuffer: 1 << 30,
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString(), bytes: stdout }
}

export const docker = (args: readonly string[], around?: Around): Ended => run('docker', args, around)

export const gotchas = (args: readonly string[], around?: Around): Ended =>
  run(process.execPath, [program, ...args], around)

/** Runs a pipeline; `gotchas` in it is our program. Its exit codes are what it prints last, one for each command. */
export const shell = (line: string, around?: Around): Ended =>
  run(
    'bash',
    ['-c', `gotchas() { '${process.execPath}' '${program}' "$@"; }\n${line}\necho "\${PIPESTATUS[*]}"`],
    around,
  )

/** A folder with these files, scripts among them executable, gone when the test is over. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'docker-gotchas-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    if (text.startsWith('#!')) chmodSync(join(folder, path), 0o755)
  }
  return folder
}

/** The daemon has no network to give. */
export const offline = '--network=none'

/** Builds an image by `docker build` and gives its id. */
export function imageOf(
  files: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  env: Around['env'] = {},
) {
  const { code, stdout, stderr } = docker(['build', '-q', offline, ...flags, folderOf(files)], { env })
  if (code !== 0) throw new Error(`docker build ended with ${code}: ${stdout}${stderr}`)
  return stdout.trim()
}

/** What `docker-gotchas image` reports of what `docker save` writes: that which fails a run, and what informs only. How many layers there are depends on who builds. */
export function readImage(id: string): Readonly<Record<'failing' | 'informed', readonly string[]>> {
  const { stdout, stderr } = gotchas(['image', '-', '--format', 'json'], { input: docker(['save', id]).bytes })
  if (stdout === '') throw new Error(stderr)
  const { findings }: JsonReport = JSON.parse(stdout)
  const said = (isInfo: boolean) =>
    findings
      .filter(({ severity }) => (severity === 'info') === isInfo)
      .map(({ rule, file }) => `${rule} ${file.replace(/^layer \d+\/\d+: /, '')}`)
      .toSorted()
  return { failing: said(false), informed: said(true) }
}
