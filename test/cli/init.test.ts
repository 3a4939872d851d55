import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exit } from '../../src/cli/io/exit.ts'
import { run } from '../../src/cli/run.ts'
import { readSettings } from '../../src/settings/read.ts'
import { noSettings } from '../../src/settings/settings.ts'
import { cli, folderOf } from './cli.ts'
import { shop } from './shop.ts'

const name = '.docker-gotchas.yaml'
const textIn = (folder: string) => readFileSync(join(folder, name), 'utf8')
const read = (text: string) => readSettings({ path: name, text })

/** All settings of a draft, without the `#` in front of them. */
const uncommented = (text: string) => text.replace(/^#(?! \S)/gm, '')

/** `init` on a terminal, with what is typed. */
async function typed(folder: string, answers: string, ...args: readonly string[]) {
  let stdout = ''
  let stderr = ''
  const stdin = Object.assign(
    (async function* () {
      yield answers
    })(),
    { isTTY: true },
  )
  const code = await run(['init', ...args], {
    stdin,
    stdout: { write: (text) => (stdout += text), isTTY: true },
    stderr: { write: (text) => (stderr += text) },
    pass: async () => true,
    cwd: folder,
    env: { HOME: '/nowhere' },
  })
  return { code, stdout, stderr }
}

describe('init', () => {
  it('writes settings that change nothing, from what it sees', async () => {
    const folder = folderOf(shop)
    const before = await cli(folder, ['lint', '--format', 'json'])
    expect(await cli(folder, ['init'])).toEqual({ code: exit.clean, stdout: `wrote ${name}\n`, stderr: '' })
    const text = textIn(folder)
    expect(read(text)).toEqual({ settings: { ...noSettings }, problems: [] })
    expect(text).toContain('the service `web`, built from Dockerfile')
    expect(text).toMatch(/^#provided:\n#( {2}- \w+\n#)* {2}- SECRET_KEY_BASE$/m)
    const after = await cli(folder, ['lint', '--format', 'json'])
    expect(JSON.parse(after.stdout).findings).toEqual(JSON.parse(before.stdout).findings)
  })

  it('names the schema that the project has installed, else how to name it', async () => {
    const schema = 'assets/node_modules/docker-gotchas/dist/settings.schema.json'
    const folder = folderOf({ ...shop, [schema]: '{}' })
    await cli(folder, ['init'])
    expect(textIn(folder).split('\n')[0]).toBe(`# yaml-language-server: $schema=${schema}`)
    const bare = folderOf(shop)
    await cli(bare, ['init'])
    expect(textIn(bare).split('\n')[0]).toMatch(/^#\$schema: /)
  })

  it('writes nothing that is wrong once it holds', async () => {
    for (const files of [
      shop,
      {},
      { Dockerfile: 'FROM x AS "odd #: name"\n' },
      { 'a: b/Dockerfile': 'FROM elixir\n', 'mix.exs': '' },
    ]) {
      const folder = folderOf(files)
      expect((await cli(folder, ['init', '--yes'])).stderr).toBe('')
      const { settings, problems } = read(uncommented(textIn(folder)))
      expect(problems).toEqual([])
      expect(settings.ignore).toHaveLength(1)
    }
  })

  it('writes over nothing, unless it is told to', async () => {
    for (const there of [name, '.docker-gotchas.yml']) {
      const folder = folderOf({ ...shop, [there]: 'broken: [\n' })
      const { code, stderr } = await cli(folder, ['init'])
      expect([code, stderr]).toEqual([exit.usage, expect.stringContaining(`\`${there}\` is there already`)])
      expect(readFileSync(join(folder, there), 'utf8')).toBe('broken: [\n')
      expect((await cli(folder, ['init', '--force'])).code).toBe(exit.clean)
      expect(readFileSync(join(folder, there), 'utf8')).toContain('preset: recommended')
    }
  })

  it('replaces a link and does not follow it', async () => {
    const folder = folderOf({ ...shop, 'other.yaml': 'x' })
    symlinkSync('other.yaml', join(folder, name))
    expect((await cli(folder, ['init', '--force'])).code).toBe(exit.clean)
    expect(readFileSync(join(folder, 'other.yaml'), 'utf8')).toBe('x')
  })

  it('asks on a terminal', async () => {
    const two = { ...shop, 'compose.yaml': `${shop['compose.yaml']}  jobs:\n    build: .\n` }
    const folder = folderOf(two)
    const { code, stdout, stderr } = await typed(folder, 'wbe\nweb\nSECRET_KEY_BASE\ny\n')
    expect([code, stderr]).toEqual([exit.clean, ''])
    expect(stdout).toContain('Which services ship? web, jobs')
    expect(stdout).toContain('`wbe` is not one of them; did you mean `web`?')
    expect(read(textIn(folder))).toMatchObject({
      problems: [],
      settings: { preset: 'strict', service: [{ text: 'web' }], provided: [{ text: 'SECRET_KEY_BASE' }] },
    })
    expect((await typed(folderOf(two), '\n\n\n')).code).toBe(exit.clean)
  })

  it('asks nothing with --yes, and writes nothing where the answers end', async () => {
    const folder = folderOf(shop)
    expect((await typed(folder, '')).code).toBe(exit.usage)
    expect(() => textIn(folder)).toThrow()
    expect((await typed(folder, '', '-y')).stdout).toBe(`wrote ${name}\n`)
  })

  it('takes the root of the project, and one path', async () => {
    const folder = folderOf(shop)
    expect((await cli(join(folder, 'config'), ['init'])).stdout).toBe(`wrote ../${name}\n`)
    expect((await cli(folder, ['init', 'a', 'b'])).code).toBe(exit.usage)
    expect((await cli(folder, ['init', 'nowhere'])).code).toBe(exit.usage)
    expect((await cli(folder, ['init', '-'])).code).toBe(exit.usage)
    expect((await cli(folder, ['init', 'Dockerfile', '--force'])).code).toBe(exit.clean)
  })
})
