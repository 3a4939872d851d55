import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
// Loaded first: vitest does not mock a module that two dynamic imports ask for at the same time.
import '../../src/analyze.ts'
import type { JsonReport } from '../../src/report/formats/json.ts'
import { cli, folderOf, inTime, late, one } from './cli.ts'

vi.mock('../../src/rules/index.ts', async () => ({ rules: [(await import('./rule.ts')).lateAssets] }))

const jsonOf = (text: string): JsonReport => JSON.parse(text)
const placesOf = (text: string) => jsonOf(text).findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`)
const found = '4 assets-after-release'

describe('what is named', () => {
  test.each([
    [[]],
    [['.']],
    [['Dockerfile']],
    [['./Dockerfile', 'Dockerfile']],
    [['.', 'Dockerfile']],
  ])('%j', async (paths) => {
    const { code, stdout } = await cli(folderOf(late), ['lint', ...one, '--format', 'json', ...paths])
    expect(placesOf(stdout)).toEqual([`Dockerfile:${found}`])
    expect(code).toBe(1)
  })

  test('a clean project', async () => {
    const { code, stdout, stderr } = await cli(folderOf(inTime), ['lint', ...one])
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'clean: nothing found; read 2 files: Dockerfile and mix.exs\nchecked: Dockerfile:build\n',
      stderr: '',
    })
  })

  test('paths are relative to the working directory', async () => {
    const root = folderOf({ 'shop/Dockerfile': late.Dockerfile, 'shop/mix.exs': late['mix.exs'], 'shop/deep/x': '' })
    const from = async (cwd: string, path: string) =>
      placesOf((await cli(join(root, cwd), ['lint', ...one, '--format', 'json', path])).stdout)
    expect(await from('', 'shop')).toEqual([`shop/Dockerfile:${found}`])
    expect(await from('shop/deep', '..')).toEqual([`../Dockerfile:${found}`])
    expect(await from('shop', join(root, 'shop/Dockerfile'))).toEqual([`Dockerfile:${found}`])
  })

  test('several projects are merged', async () => {
    const projects = {
      'a/Dockerfile': late.Dockerfile,
      'a/mix.exs': late['mix.exs'],
      'b/Dockerfile': late.Dockerfile,
      'b/mix.exs': late['mix.exs'],
    }
    const { stdout } = await cli(folderOf(projects), ['lint', ...one, '--format', 'json', 'b', 'a/Dockerfile'])
    expect(placesOf(stdout)).toEqual([`a/Dockerfile:${found}`, `b/Dockerfile:${found}`])
    expect(jsonOf(stdout).summary.files).toEqual(['a/Dockerfile', 'a/mix.exs', 'b/Dockerfile', 'b/mix.exs'])
  })

  test('a folder of a repository stands for itself, and broken files elsewhere are not its business', async () => {
    const root = folderOf({
      'a/Dockerfile': late.Dockerfile,
      'a/mix.exs': late['mix.exs'],
      'b/Dockerfile': late.Dockerfile,
      'b/mix.exs': 'defmodule [',
    })
    mkdirSync(join(root, '.git'))
    const { stdout } = await cli(root, ['lint', '--format', 'json', 'a'])
    const files = new Set(jsonOf(stdout).findings.map(({ file }) => file.split('/')[0]))
    expect([...files]).toEqual(['a'])
    expect(jsonOf(stdout).summary.files).toEqual(['a/Dockerfile', 'a/mix.exs'])
  })

  test('a path that does not exist makes the call wrong and is named', async () => {
    const { code, stdout, stderr } = await cli(folderOf(late), ['lint', 'Dockerfile', 'nope/compose.yaml'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('there is no file or folder `nope/compose.yaml`')
  })
})

describe('the standard input', () => {
  test('alone', async () => {
    const { code, stdout } = await cli(folderOf({}), ['lint', '-', '--format=json', ...one], { stdin: late.Dockerfile })
    expect(jsonOf(stdout).summary.files).toEqual(['Dockerfile'])
    expect([0, 1]).toContain(code)
  })

  test('stands in its project instead of the file on disk', async () => {
    const folder = folderOf(inTime)
    const call = ['lint', '-', '--format', 'json', ...one]
    expect(placesOf((await cli(folder, call, { stdin: late.Dockerfile })).stdout)).toEqual([`Dockerfile:${found}`])
    const other = await cli(folder, [...call, '--stdin-filename', 'ops/Dockerfile'], { stdin: late.Dockerfile })
    expect(placesOf(other.stdout)).toEqual([`ops/Dockerfile:${found}`])
  })

  test('does not read the folder where there is no project', async () => {
    const { stdout } = await cli(folderOf({ 'compose.yaml': 'services: {}\n' }), ['lint', '-', '--format', 'json'], {
      stdin: 'FROM a\n',
    })
    expect(jsonOf(stdout).summary.files).toEqual(['Dockerfile'])
  })

  test('that is no text is a finding', async () => {
    const { code, stdout } = await cli(folderOf({}), ['lint', '-', '--format', 'json'], {
      stdin: new Uint8Array([0, 255]),
    })
    expect(code).toBe(3)
    expect(placesOf(stdout)).toEqual(['Dockerfile:1 unreadable-file'])
  })
})

describe('files that cannot be read', () => {
  test('of a project: the others are checked all the same', async () => {
    const { code, stdout } = await cli(folderOf({ ...late, 'config/runtime.exs': new Uint8Array([0]) }), [
      'lint',
      '--format',
      'json',
    ])
    expect(code).toBe(3)
    expect(placesOf(stdout)).toContain('config/runtime.exs:1 unreadable-file')
    expect(placesOf(stdout)).toContain(`Dockerfile:${found}`)
  })

  test('a link that leads nowhere, named', async () => {
    const folder = folderOf(late)
    symlinkSync('gone', join(folder, 'Dockerfile.prod'))
    const { code, stdout } = await cli(folder, ['lint', '--format', 'json', 'Dockerfile.prod', 'Dockerfile'])
    expect(code).toBe(3)
    expect(placesOf(stdout)).toContain('Dockerfile.prod:1 unreadable-file')
    expect(placesOf(stdout)).toContain(`Dockerfile:${found}`)
  })

  test.each([
    ['binary', new Uint8Array([70, 0, 1]), 'NUL'],
    ['no UTF-8', new Uint8Array([0x46, 0xff, 0xfe]), 'not UTF-8'],
    ['50 MB', Buffer.alloc(50_000_000, 'a'), 'too large'],
  ])('%s', async (_, content, why) => {
    const { code, stdout, stderr } = await cli(folderOf({ Dockerfile: content }), ['lint', 'Dockerfile'])
    expect(code).toBe(3)
    expect(stdout).toContain('error[unreadable-file]')
    expect(stdout).toContain(why)
    expect(stdout + stderr).not.toMatch(/\bat .*:\d+:\d+\)/)
  })

  test('and ignoring them', async () => {
    const folder = folderOf({ ...inTime, '.env': new Uint8Array([0]) })
    expect((await cli(folder, ['lint', ...one])).code).toBe(3)
    expect((await cli(folder, ['lint', ...one, '--ignore', 'unreadable-file'])).code).toBe(0)
  })

  test('a folder named Dockerfile', async () => {
    const folder = folderOf({ 'Dockerfile/README': '', 'mix.exs': late['mix.exs'] })
    const { code, stdout } = await cli(folder, ['lint', ...one, '--format', 'json'])
    expect(placesOf(stdout)).toEqual(['Dockerfile:1 unreadable-file'])
    expect(code).toBe(1)
  })

  test('an empty Dockerfile is read', async () => {
    const { stdout, stderr } = await cli(folderOf({ Dockerfile: '' }), ['lint', 'Dockerfile'])
    expect(stdout).toContain('read 1 file: Dockerfile')
    expect(stderr).toBe('')
  })

  test('a link out of the project that is named is read', async () => {
    const elsewhere = folderOf({ shared: late.Dockerfile })
    const folder = folderOf({ 'mix.exs': late['mix.exs'] })
    symlinkSync(join(elsewhere, 'shared'), join(folder, 'Dockerfile'))
    const { stdout } = await cli(folder, ['lint', ...one, '--format', 'json', 'Dockerfile'])
    expect(placesOf(stdout)).toEqual([`Dockerfile:${found}`])
  })
})

describe('thresholds and formats', () => {
  test.each([
    ['error', 1],
    ['warning', 1],
    ['info', 1],
    ['never', 0],
  ])('--fail-on %s', async (threshold, code) => {
    expect((await cli(folderOf(late), ['lint', ...one, '--fail-on', threshold])).code).toBe(code)
  })

  test('--ignore', async () => {
    const ignored = await cli(folderOf(late), ['lint', ...one, '--ignore', 'assets-after-release'])
    expect(ignored.code).toBe(0)
  })

  test('--quiet', async () => {
    const { stdout } = await cli(folderOf(late), ['lint', ...one, '-q'])
    expect(stdout).toMatch(/^Dockerfile:4:\d+: error: .* \[assets-after-release\]\n$/)
  })

  test('colours: of a terminal, unless NO_COLOR; without one only by FORCE_COLOR', async () => {
    const folder = folderOf(late)
    const isColoured = async (around: object) =>
      (await cli(folder, ['lint', ...one], around)).stdout.includes('\u001b[')
    expect(await isColoured({})).toBe(false)
    expect(await isColoured({ isTTY: true })).toBe(true)
    expect(await isColoured({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false)
    expect(await isColoured({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false)
    expect(await isColoured({ env: { FORCE_COLOR: '1' } })).toBe(true)
    expect(await isColoured({ isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false)
  })

  test('--output writes the whole file or none, and replaces a link instead of following it', async () => {
    const folder = folderOf({ ...late, precious: 'keep me' })
    const write = (file: string) => cli(folder, ['lint', ...one, '--format', 'sarif', '--output', file])
    expect(await write('out.sarif')).toMatchObject({ code: 1, stdout: '' })
    expect(JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).version).toBe('2.1.0')
    symlinkSync('precious', join(folder, 'link.sarif'))
    await write('link.sarif')
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('keep me')
    expect(JSON.parse(readFileSync(join(folder, 'link.sarif'), 'utf8')).version).toBe('2.1.0')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('--output to where nothing can be written', async () => {
    const folder = folderOf({ ...late, 'taken/x': '' })
    for (const file of ['no/such/folder.json', 'taken']) {
      const { code, stderr } = await cli(folder, ['lint', '--output', file])
      expect(code).toBe(2)
      expect(stderr).toContain(`\`${file}\` cannot be written`)
    }
  })
})

describe('calls that are wrong', () => {
  test.each([
    [['--rule', 'asets-after-release'], 'there is no rule `asets-after-release`; did you mean `assets-after-release`?'],
    [['--ignore', 'x'], 'there is no rule `x`'],
    [['--fromat', 'json'], 'there is no flag `--fromat`; did you mean `--format`?'],
    [['--format', 'jsn'], '`--format` cannot be `jsn`; did you mean `json`?'],
    [['--format'], '`--format` needs a value: FORMAT'],
    [['--format', '--quiet'], '`--format` needs a value'],
    [['--quiet=yes'], '`--quiet` takes no value'],
    [['-x'], 'there is no flag `-x`'],
    [['-f', 'nope.yaml'], 'there is no file or folder `nope.yaml`'],
    [['--project-directory', 'Dockerfile'], '`Dockerfile` is no folder'],
    [[''], 'there is no file or folder ``'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await cli(folderOf(late), ['lint', ...args])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
  })
})
