import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exit } from '../../src/cli/io/exit.ts'
import { cli, folderOf, inTime, late } from './cli.ts'

const graph = (folder: string, ...args: readonly string[]) => cli(folder, ['graph', ...args])

const leaky = { ...late, Dockerfile: `${late.Dockerfile}ENV API_TOKEN=q8Zt5mWx2Lk9Vb4N\n` }

describe('graph', () => {
  it('draws the project in the folder, and findings are no failure', async () => {
    const { code, stdout, stderr } = await graph(folderOf(leaky))
    expect(code).toBe(exit.clean)
    expect(stderr).toBe('')
    expect(stdout).toContain('build from elixir:1.18 ◆ this image runs')
    expect(stdout).toContain('error[secret-in-layer]')
  })

  it.each([
    ['tty', /^Dockerfile · context /],
    ['json', /^\{\n {2}"version": 1,/],
    ['mermaid', /^flowchart /],
    ['dot', /^digraph /],
    ['svg', /^<svg [\s\S]*<\/svg>\n$/],
    ['html', /^<!doctype html>[\s\S]*<\/html>\n$/],
  ])('prints %s', async (format, shape) => {
    const { code, stdout } = await graph(folderOf(inTime), '--format', format)
    expect(code).toBe(exit.clean)
    expect(stdout).toMatch(shape)
  })

  it('writes a file whole, and nothing beside it', async () => {
    const folder = folderOf(inTime)
    const before = readdirSync(folder)
    const { code, stdout } = await graph(folder, '--format', 'html', '-o', 'graph.html')
    expect([code, stdout]).toEqual([exit.clean, ''])
    expect(readFileSync(join(folder, 'graph.html'), 'utf8')).toMatch(/^<!doctype html>/)
    expect(readdirSync(folder).sort()).toEqual([...before, 'graph.html'].sort())
  })

  it('uses colours on a terminal only', async () => {
    const folder = folderOf(late)
    expect((await cli(folder, ['graph'], { isTTY: true })).stdout).toContain('\u001b[')
    expect((await cli(folder, ['graph'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b[')
    expect((await graph(folder)).stdout).not.toContain('\u001b[')
  })

  it('names paths as the caller sees them', async () => {
    const folder = folderOf(Object.fromEntries(Object.entries(leaky).map(([path, text]) => [`shop/${path}`, text])))
    const json = JSON.parse((await graph(folder, 'shop', '--format', 'json')).stdout)
    expect(json.builds).toEqual([{ file: 'shop/Dockerfile', context: { root: 'shop', files: 2, ignored: 0 } }])
    expect(json.findings[0].file).toBe('shop/Dockerfile')
    expect(json.steps[0].file).toBe('shop/Dockerfile')
  })

  it('draws the Dockerfile that is named, also where it is for development', async () => {
    const folder = folderOf({
      ...late,
      'Dockerfile.dev': 'FROM elixir:1.18 AS playground\nCMD ["mix", "phx.server"]\n',
    })
    const { code, stdout } = await graph(folder, 'Dockerfile.dev')
    expect(code).toBe(exit.clean)
    expect(stdout).toContain('playground from elixir:1.18')
    expect(stdout).not.toContain('build from')
  })

  it('draws a text from the standard input', async () => {
    const { code, stdout } = await cli(folderOf({}), ['graph', '-'], { stdin: 'FROM elixir AS it\nRUN mix release\n' })
    expect(code).toBe(exit.clean)
    expect(stdout).toContain('it from elixir')
  })

  it('takes the compose files that are named', async () => {
    const folder = folderOf({
      ...late,
      'prod.yaml': 'services:\n  shop:\n    build: .\n    environment: {PHX_HOST: shop.example.org}\n',
    })
    const { stdout } = await graph(folder, '-f', 'prod.yaml')
    expect(stdout).toContain('shop runs build')
    expect(stdout).toContain('PHX_HOST = shop.example.org')
  })

  it.each([
    [['a', 'b'], /`b` is one too many/],
    [['--format', 'png'], /cannot be `png`/],
    [['nowhere'], /nowhere/],
    [['-o', 'no/such/folder/x'], /cannot be written/],
  ])('exits with 2 on %j', async (args, message) => {
    const { code, stdout, stderr } = await graph(folderOf(late), ...args)
    expect([code, stdout]).toEqual([exit.usage, ''])
    expect(stderr).toMatch(message)
  })

  it.each([
    ['no file', {}],
    ['no Dockerfile', { 'mix.exs': late['mix.exs'] }],
    ['no stage', { Dockerfile: '# nothing yet\n' }],
  ])('exits with 2 where there is %s', async (_, files: Readonly<Record<string, string>>) => {
    const { code, stderr } = await graph(folderOf(files))
    expect(code).toBe(exit.usage)
    expect(stderr).toContain('there is nothing to draw in `.`')
  })

  it('exits with 3 where a file cannot be read, and draws the rest', async () => {
    const folder = folderOf({ ...late, 'compose.yaml': new Uint8Array([0xff, 0xfe, 0, 0xd8, 0]) })
    const { code, stdout, stderr } = await graph(folder)
    expect(code).toBe(exit.failure)
    expect(stderr).toContain('compose.yaml')
    expect(stdout).toContain('build from elixir:1.18')
  })

  it('leaves a folder in the place of the file alone', async () => {
    const folder = folderOf(late)
    mkdirSync(join(folder, 'graph.svg'))
    expect((await graph(folder, '--format', 'svg', '-o', 'graph.svg')).code).toBe(exit.usage)
    expect(existsSync(join(folder, 'graph.svg'))).toBe(true)
  })
})

describe('bad input', () => {
  it.each([
    ['stages that start from each other', 'FROM b AS a\nRUN mix release\nFROM a AS b\nCOPY --from=b /x /y\n'],
    ['a stage that is not there', 'FROM elixir\nCOPY --from=nope /x /y\nRUN --mount=from=9,target=/x mix release\n'],
    ['2,000 instructions', `FROM elixir\n${'RUN echo 1\n'.repeat(2000)}RUN mix release\n`],
    ['400 stages', Array.from({ length: 400 }, (_, index) => `FROM elixir AS s${index}\nRUN mix deps.get\n`).join('')],
  ])('draws %s', async (_, Dockerfile) => {
    const folder = folderOf({ Dockerfile })
    for (const format of ['tty', 'json', 'svg']) {
      const { code, stdout } = await graph(folder, '--format', format)
      expect(code).toBe(exit.clean)
      expect(stdout.length).toBeGreaterThan(100)
    }
  })

  it('ends where scripts call each other', async () => {
    const folder = folderOf({
      Dockerfile: 'FROM elixir\nCOPY . /app\nWORKDIR /app\nRUN ./a.sh\nRUN mix release\n',
      'a.sh': '#!/bin/sh\n./b.sh\n',
      'b.sh': '#!/bin/sh\n./a.sh\n',
    })
    expect((await graph(folder)).code).toBe(exit.clean)
  })
})
