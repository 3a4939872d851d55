import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { install, ran, waysOf } from './installed.ts'

let installed = ''
let project = ''
let ways: ReturnType<typeof waysOf> = []

/** What Node knows: `--flag` and `-f`. */
const flagsOfNode = [
  ...execFileSync(process.execPath, ['--help'], { encoding: 'utf8' }).matchAll(/(?<=^ {2}|, )--?[\w-]+/gm),
].map(([flag]) => flag)

/** What a file would do that Node executes, reads its environment from, or its options. */
const traps = {
  'evil.cjs': "require('node:fs').writeFileSync(__dirname + '/mark', '')\n",
  'evil.mjs': "import { writeFileSync } from 'node:fs'\nwriteFileSync(new URL('mark', import.meta.url), '')\n",
  'evil.env': 'NODE_OPTIONS=--require=./evil.cjs\n',
  'evil.json': '{ "nodeOptions": { "require": ["./evil.cjs"], "import": ["./evil.cjs"] } }\n',
  'node.config.json': '{ "nodeOptions": { "require": ["./evil.cjs"], "import": ["./evil.cjs"] } }\n',
}

beforeAll(() => {
  installed = install()
  ways = waysOf(installed)
  project = join(installed, 'project')
  mkdirSync(project)
  const files = {
    ...traps,
    Dockerfile: 'FROM elixir:1.18\nENV MIX_ENV=prod\nCMD ["mix", "phx.server"]\n',
    'compose.yaml': 'services:\n  web:\n    build: .\n',
    'mix.exs': 'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop]\nend\n',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
}, 240_000)

afterAll(() => rmSync(installed, { recursive: true, force: true }))

/** Whether a trap has gone off since the last time. */
function isMarked(): boolean {
  const mark = join(project, 'mark')
  const found = existsSync(mark)
  rmSync(mark, { force: true })
  return found
}

test('the traps work where Node is given them', () => {
  ran(process.execPath, ['--env-file', 'evil.env', '-e', '0'], project)
  expect(isMarked()).toBe(true)
})

/** Every flag of ours that Node knows as well, with a command that has it. */
const shared = new Map(
  commands.flatMap(({ name, flags }) =>
    flags
      .flatMap((flag) => [`--${flag.name}`, ...(flag.short ? [`-${flag.short}`] : [])])
      .filter((flag) => flagsOfNode.includes(flag))
      .map((flag) => [flag, name] as const),
  ),
)

describe('Node takes none of our flags for its own', () => {
  test('there are such flags', () => expect([...shared.keys()]).toContain('--env-file'))

  test('of the installed command, each with each trap', () => {
    const [[, program] = ['', '']] = ways
    for (const [flag, command] of shared) {
      for (const wordsOf of [(trap: string) => [flag, trap], (trap: string) => [`${flag}=${trap}`]]) {
        const words = Object.keys(traps).flatMap(wordsOf)
        const { code, said } = ran(program, [command, ...words], project)
        expect([words, isMarked(), said.includes('node:')]).toEqual([words, false, false])
        expect([0, 1, 2, 3]).toContain(code)
      }
    }
  }, 600_000)

  test('in whatever way it is started', () => {
    for (const [way, program, before] of ways) {
      const { code, said } = ran(program, [...before, 'lint', '--env-file', 'evil.env', '--fail-on', 'never'], project)
      expect([way, code, isMarked()]).toEqual([way, 0, false])
      expect(said).toContain('evil.env')
      const missing = ran(program, [...before, 'lint', '--env-file', 'gone.env'], project)
      expect([way, missing.code]).toEqual([way, 2])
      expect(missing.said).toContain('docker-gotchas: there is no file or folder `gone.env`')
    }
  }, 240_000)

  test.each(['demo', 'start'])('npm run %s', (script) => {
    const root = join(import.meta.dirname, '../..')
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const call = scripts[script].replace(/^node \S+ --if-stale && /, '').replace('dist/', join(root, 'dist/'))
    const words = script === 'start' ? 'lint --fail-on never' : ''
    const { code } = ran('sh', ['-c', `${call} ${words} --env-file evil.env`], project)
    expect([code, isMarked()]).toEqual([0, false])
  })
})

test('a file whose name is a flag of Node is a file, or refused', () => {
  const [[, program] = ['', '']] = ways
  const long = flagsOfNode.filter((name) => name.startsWith('--'))
  for (const trap of ['evil.env', 'evil.json', 'evil.cjs']) {
    const names = long.map((flag) => `${flag}=${trap}`)
    for (const words of [names, names.filter((name) => !name.includes('config-file'))]) {
      const { code, said } = ran(program, ['lint', '--', ...words], project)
      expect([trap, code, isMarked()]).toEqual([trap, 2, false])
      expect(said).toMatch(/^docker-gotchas: /)
    }
  }
}, 240_000)

test('certificates of the machine are kept from Node, which reads them long, and from nobody who is told of them', () => {
  const [[, program] = ['', '']] = ways
  const folder = join(installed, 'certificates')
  mkdirSync(folder)
  const compose = 'services:\n  web:\n    image: busybox\n    environment:\n      CA: ${NODE_EXTRA_CA_CERTS}\n'
  writeFileSync(join(folder, 'compose.yaml'), compose)
  const certificates = { NODE_EXTRA_CA_CERTS: '/nowhere.pem', NODE_NO_WARNINGS: '0' }
  const { said } = ran(program, ['env', '--from-environment'], folder, certificates)
  expect(said).toContain('/nowhere.pem')
  expect(said).not.toContain('Warning')
  expect(ran(process.execPath, ['-e', '0'], folder, certificates).said).toContain('Warning')
})

test.skipIf(spawnSync('strace', ['-V']).error !== undefined)(
  'the installed command starts Node once, asks no network, and writes what was asked for',
  () => {
    const [[, program] = ['', '']] = ways
    const log = join(installed, 'strace.log')
    const calls = 'trace=execve,execveat,socket,connect,openat,open,creat,rename,renameat2,link,linkat,unlink,mkdir'
    const args = ['-f', '-s', '4096', '-e', calls, '-o', log, program]
    const { code } = ran('strace', [...args, 'lint', '--env-file', 'evil.env', '-o', 'out.sarif'], project, {
      HOME: project,
    })
    expect(code).toBeLessThan(2)
    const lines = readFileSync(log, 'utf8').split('\n')
    const done = lines.filter((line) => !line.includes(' = -1 '))
    const started = done.filter((line) => /\bexecve(at)?\(/.test(line)).map((line) => /"([^"]*)"/.exec(line)?.[1])
    expect(started.map((path) => path?.replace(/.*\//, ''))).toEqual(['docker-gotchas', 'sh', 'node'])
    expect(done.filter((line) => /\b(socket|connect)\(/.test(line) && !line.includes('AF_UNIX'))).toEqual([])
    const written = done.filter((line) => /O_WRONLY|O_RDWR|O_CREAT|\b(creat|mkdir)\(/.test(line))
    const places = new Set(written.map((line) => /"([^"]*)"/.exec(line)?.[1]?.replace(/[\w-]{36}/, '…')))
    for (const path of ['/dev/null', '/dev/tty']) places.delete(path)
    expect([...places]).toEqual([expect.stringMatching(/project\/\.docker-gotchas\.…\.tmp$/)])
    expect(readdirSync(project)).toContain('out.sarif')
    expect(readdirSync(project).filter((name) => name.endsWith('.tmp'))).toEqual([])
  },
)

test('a working directory that is gone is said in our words', () => {
  const [[, program] = ['', '']] = ways
  const { code, said } = ran('sh', ['-c', `mkdir gone && cd gone && rmdir ../gone && "${program}" lint`], project)
  expect(code).toBe(3)
  expect(said).toContain('docker-gotchas: the working directory is not there any more')
})
