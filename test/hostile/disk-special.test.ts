import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fileProblem, largestText } from '../../src/files/decode.ts'
import { discover } from '../../src/files/discover.ts'
import { type Host, ReadFailure } from '../../src/files/host.ts'
import { memoryHost } from '../../src/files/memory.ts'
import { noMasking } from '../../src/masking/masking.ts'
import { showFindings } from '../../src/masking/shown.ts'
import { baselineText } from '../../src/settings/baseline.ts'
import { unreadable } from '../../src/workspace/unreadable.ts'
import { cli, folderOf, late } from '../cli/cli.ts'
import { tarOfShop } from '../cli/saved-shop.ts'

const project = { ...late, 'compose.yaml': 'services:\n  web:\n    build: .\n' }

/** What stands at a path and is no file: each would hang, or never end, where it were opened. */
const specials: readonly (readonly [string, (path: string) => void | Promise<void>])[] = [
  ['a FIFO', (path) => void execFileSync('mkfifo', [path])],
  ['a socket', socketAt],
  ['/dev/zero', (path) => symlinkSync('/dev/zero', path)],
  ['/dev/full', (path) => symlinkSync('/dev/full', path)],
  ['/dev/stdin', (path) => symlinkSync('/dev/stdin', path)],
  ['/proc/self/environ', (path) => symlinkSync('/proc/self/environ', path)],
  [
    'a link to a FIFO',
    (path) => {
      execFileSync('mkfifo', [`${path}.real`])
      symlinkSync(`${path}.real`, path)
    },
  ],
]

async function socketAt(path: string): Promise<void> {
  const server: Server = createServer()
  onTestFinished(() => void server.close())
  await new Promise<void>((done) => server.listen(path, done))
}

/** The ways to a path `odd` of a folder, and the exit codes that may come of it. */
const named: readonly (readonly string[])[] = [
  ['lint', 'odd'],
  ['lint', '--context', 'odd'],
  ['lint', '-f', 'odd'],
  ['lint', '--env-file', 'odd'],
  ['lint', '--config', 'odd'],
  ['lint', '--baseline', 'odd'],
  ['fix', 'odd'],
  ['fix', '--diff', '-f', 'odd'],
  ['env', './odd'],
  ['env', 'compose.yaml', '--diff', './odd'],
  ['env', '-f', 'odd'],
  ['env', '--env-file', 'odd'],
  ['boot', 'odd'],
  ['boot', '--env-file', 'odd'],
  ['boot', '-f', 'odd'],
  ['graph', 'odd'],
  ['init', '--yes', 'odd'],
  ['explain', 'odd:1'],
  ['image', 'odd'],
  ['image', '--against', 'odd', 'odd'],
  ['gate', '--config', 'odd'],
]

describe.each(specials)('%s', (_, make) => {
  const oddIn = async (path: string, files: Readonly<Record<string, string>> = {}): Promise<string> => {
    const folder = folderOf({ ...project, ...files })
    rmSync(join(folder, path), { force: true })
    mkdirSync(join(folder, path, '..'), { recursive: true })
    await make(join(folder, path))
    return folder
  }

  test('is opened by no command that names it', async () => {
    const folder = await oddIn('odd')
    for (const argv of named) {
      const { code, stdout, stderr } = await cli(folder, argv)
      expect([argv, code > 1]).toEqual([argv, true])
      expect((stdout + stderr).length, argv.join(' ')).toBeLessThan(10_000)
      expect(stdout + stderr, argv.join(' ')).toMatch(
        /neither a file nor a folder|made by the system|link that leads|cannot be read/,
      )
    }
  })

  test.each([
    ['Dockerfile', {}],
    ['Dockerfile.dockerignore', {}],
    ['.dockerignore', {}],
    ['.gitignore', {}],
    ['.env', {}],
    ['compose.yaml', {}],
    ['compose.override.yaml', {}],
    ['config/runtime.exs', {}],
    ['mix.exs', {}],
    ['Makefile', {}],
    ['bin/start', {}],
    ['.docker-gotchas.yaml', {}],
    ['known.json', { '.docker-gotchas.yaml': 'baseline: known.json\n' }],
    ['prod.env', { 'compose.yaml': 'services: { web: { build: ., env_file: prod.env } }\n' }],
    ['more.yaml', { 'compose.yaml': 'include: [more.yaml]\nservices: { web: { build: . } }\n' }],
    ['more.yaml', { 'compose.yaml': 'services: { web: { extends: { file: more.yaml, service: x } } }\n' }],
  ])('is opened by no command as %s', async (path, files) => {
    const folder = await oddIn(path, files)
    for (const argv of [
      ['lint'],
      ['env'],
      ['boot'],
      ['fix', '--diff'],
      ['graph'],
      ['explain', 'Dockerfile:1'],
      ['init', '--yes', '--force'],
    ]) {
      const { code, stdout, stderr } = await cli(folder, argv)
      expect([0, 1, 2, 3]).toContain(code)
      expect((stdout + stderr).length, argv.join(' ')).toBeLessThan(20_000)
    }
  })
})

describe('what is no project', () => {
  test.each(['/', '/proc', '/proc/self', '/sys', '/proc/self/root/proc'])('%s', async (path) => {
    for (const command of ['lint', 'fix', 'graph', 'boot', 'env', 'init']) {
      const { code, stdout, stderr } = await cli(folderOf({}), [command, path])
      expect([command, code > 1]).toEqual([command, true])
      expect(stdout + stderr).toMatch(/root of the disk|made by the system|cannot be read/)
    }
  })
})

describe('limits', () => {
  test('of the standard input', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1
        yield Buffer.alloc(1 << 20, 'a ')
      }
    }
    for (const argv of [
      ['lint', '-'],
      ['fix', '-'],
      ['graph', '-'],
    ]) {
      const { code } = await cli(folderOf(project), argv, { stream: endless() })
      expect([argv, code]).toEqual([argv, 3])
    }
    expect(given).toBeLessThan(4 * (largestText / (1 << 20) + 8))
  })

  const deep = { ...project, [`${'a/'.repeat(40)}.env`]: 'SECRET=1\n' }

  test.each([
    [['lint']],
    [['lint', '--fail-on', 'never']],
    [['lint', '--rule', 'secret-in-layer']],
    [['lint', 'Dockerfile']],
    [['fix', '--diff']],
    [['env']],
    [['boot']],
    [['graph']],
    [['explain', 'Dockerfile:1']],
    [['init', '--yes']],
  ])('that were reached are errors: %j', async (argv) => {
    const { code, stdout, stderr } = await cli(folderOf(deep), argv)
    expect(code).toBe(3)
    expect((stdout + stderr).replace(/\s+/g, ' ')).toContain('folders deeper than 30 are left out')
  })

  test('that were reached end a comparison with an image', async () => {
    const folder = folderOf({ ...deep, 'shop.tar': await tarOfShop({}) })
    const { code, stderr } = await cli(folder, ['image', 'shop.tar', '--against', '.'])
    expect([code, stderr]).toEqual([3, expect.stringContaining('folders deeper than 30 are left out')])
  })

  test('neither settings nor a baseline hide them, only the call does', async () => {
    const said = unreadable(fileProblem('.', 'not all could be read: folders deeper than 30 are left out'), 'error')
    const found = showFindings(
      {
        diagnostics: [said],
        read: [],
        notes: [],
        failures: [],
        looked: { checked: [], leftOut: [], nothing: undefined },
      },
      noMasking,
    )
    const baseline = baselineText(found, (path) => path)
    for (const settings of [
      'ignore: [{ rules: unreadable-file, paths: . }]\n',
      'ignore: [{ rules: unreadable-file, paths: "**" }]\n',
      'fail-on: never\n',
      'baseline: known.json\n',
    ]) {
      const folder = folderOf({ ...deep, '.docker-gotchas.yaml': settings, 'known.json': baseline })
      const { code, stdout } = await cli(folder, ['lint', '--rule', 'secret-in-layer'])
      expect([settings, code]).toEqual([settings, 3])
      expect(stdout).toContain('folders deeper than 30')
    }
    const asked = ['lint', '--rule', 'secret-in-layer', '--ignore', 'unreadable-file']
    expect((await cli(folderOf(deep), asked)).code).toBe(0)
  })

  test('a folder that may not be read, even the root', async () => {
    const inner = memoryHost({ 'a/Dockerfile': 'FROM a\n', Dockerfile: 'FROM b\n' })
    const without = (folder: string): Host => ({
      read: (path) => inner.read(path),
      list: (path) => (path === folder ? Promise.reject(new ReadFailure(path, 'denied')) : inner.list(path)),
    })
    for (const folder of ['', 'a']) {
      const { problems } = await discover(without(folder))
      expect(problems).toMatchObject([{ message: 'the folder may not be read' }])
      expect(problems[0]?.misplaced).toBeUndefined()
    }
  })

  test('of one file', async () => {
    const folder = folderOf({ ...project, '.env': '' })
    writeFileSync(join(folder, '.env'), Buffer.alloc(largestText + 1, 'A=1\n'))
    const { code, stdout } = await cli(folder, ['lint'])
    expect(code).toBe(3)
    expect(stdout).toContain('too large')
  })
})
