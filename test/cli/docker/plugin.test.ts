import { chmodSync, lstatSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cli, folderOf } from '../cli.ts'

const around = (config: string, program: string) => ({ env: { DOCKER_CONFIG: config }, program })
const placeIn = (config: string) => join(config, 'cli-plugins', 'docker-gotchas')
const program = '#!/usr/bin/env node\n'
const packageOf = (more: Readonly<Record<string, string>> = {}) =>
  executable(folderOf({ 'node_modules/docker-gotchas/dist/cli.js': program, ...more }))
const executable = (folder: string) => {
  chmodSync(join(folder, 'node_modules/docker-gotchas/dist/cli.js'), 0o755)
  return folder
}
const cliIn = (folder: string) => join(folder, 'node_modules/docker-gotchas/dist/cli.js')

describe('the metadata', () => {
  test('are what Docker asks for', async () => {
    const { code, stdout, stderr } = await cli('/', ['docker-cli-plugin-metadata'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      SchemaVersion: '0.1.0',
      Vendor: 'docker-gotchas',
      Version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      ShortDescription: expect.any(String),
    })
  })

  test('docker help gotchas, docker gotchas --help', async () => {
    const help = await cli('/', ['--help'])
    expect(await cli('/', ['help', 'gotchas'])).toEqual(help)
    expect(await cli('/', ['gotchas', '--help'])).toEqual(help)
    expect(await cli('/', ['gotchas'])).toEqual(help)
    expect((await cli('/', ['gotchas', 'build', '--help'])).stdout).toContain('docker-gotchas build')
  })
})

describe('plugin install', () => {
  test('links the program, also a second time, and uninstall takes it away', async () => {
    const [config, folder] = [folderOf({}), packageOf()]
    for (const _ of ['first', 'second']) {
      const { code, stdout, stderr } = await cli('/', ['plugin', 'install'], around(config, cliIn(folder)))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain(`${placeIn(config)} leads to ${cliIn(folder)}\n`)
      expect(readlinkSync(placeIn(config))).toBe(cliIn(folder))
    }
    const gone = await cli('/', ['plugin', 'uninstall'], around(config, cliIn(folder)))
    expect(gone).toEqual({ code: 0, stdout: `removed ${placeIn(config)}\n`, stderr: '' })
    const again = await cli('/', ['plugin', 'uninstall'], around(config, cliIn(folder)))
    expect(again).toEqual({ code: 0, stdout: `there is no ${placeIn(config)}\n`, stderr: '' })
  })

  test('follows the link of node_modules/.bin', async () => {
    const [config, folder] = [folderOf({}), packageOf({ 'bin/x': '' })]
    symlinkSync(cliIn(folder), join(folder, 'bin/docker-gotchas'))
    await cli('/', ['plugin', 'install'], around(config, join(folder, 'bin/docker-gotchas')))
    expect(readlinkSync(placeIn(config))).toBe(cliIn(folder))
  })

  test('refuses a program that cannot be run', async () => {
    const [config, folder] = [folderOf({}), packageOf()]
    chmodSync(cliIn(folder), 0o644)
    const { code, stderr } = await cli('/', ['plugin', 'install'], around(config, cliIn(folder)))
    expect(code).toBe(3)
    expect(stderr).toContain('is not executable')
  })

  test('replaces an older link of ours that leads nowhere', async () => {
    const [config, folder] = [folderOf({ 'cli-plugins/x': '' }), packageOf()]
    symlinkSync('/gone/node_modules/docker-gotchas/dist/cli.js', placeIn(config))
    expect((await cli('/', ['plugin', 'install'], around(config, cliIn(folder)))).code).toBe(0)
    expect(readlinkSync(placeIn(config))).toBe(cliIn(folder))
  })

  test('says that a copy of npx will not stay', async () => {
    const [config, folder] = [folderOf({}), folderOf({ '_npx/1/node_modules/docker-gotchas/dist/cli.js': program })]
    chmodSync(join(folder, '_npx/1/node_modules/docker-gotchas/dist/cli.js'), 0o755)
    const path = join(folder, '_npx/1/node_modules/docker-gotchas/dist/cli.js')
    const { code, stdout } = await cli('/', ['plugin', 'install'], around(config, path))
    expect(code).toBe(0)
    expect(stdout).toContain('a copy of npx')
  })

  test('where there is no DOCKER_CONFIG, the home is asked', async () => {
    const [home, folder] = [folderOf({}), packageOf()]
    await cli('/', ['plugin', 'install'], { env: { HOME: home }, program: cliIn(folder) })
    expect(lstatSync(join(home, '.docker/cli-plugins/docker-gotchas')).isSymbolicLink()).toBe(true)
  })
})

describe('what is not ours', () => {
  const foreign = { 'cli-plugins/docker-gotchas': 'another program' }

  test.each(['install', 'uninstall'])('stays at %s', async (verb) => {
    const config = folderOf(foreign)
    const { code, stderr } = await cli('/', ['plugin', verb], around(config, cliIn(packageOf())))
    expect(code).toBe(3)
    expect(stderr).toContain('not ours')
    expect(readFileSync(placeIn(config), 'utf8')).toBe('another program')
  })

  test('a link to another program stays, whatever its folder is called', async () => {
    const config = folderOf({ 'cli-plugins/x': '', 'docker-gotchas-mirror/tool': '' })
    symlinkSync(join(config, 'docker-gotchas-mirror/tool'), placeIn(config))
    expect((await cli('/', ['plugin', 'uninstall'], around(config, cliIn(packageOf())))).code).toBe(3)
  })

  test('is replaced with --force', async () => {
    const [config, folder] = [folderOf(foreign), packageOf()]
    expect((await cli('/', ['plugin', 'install', '--force'], around(config, cliIn(folder)))).code).toBe(0)
    expect(readlinkSync(placeIn(config))).toBe(cliIn(folder))
  })

  test('a folder that cannot be written', async () => {
    const config = folderOf({ 'cli-plugins': '' })
    const { code, stderr } = await cli('/', ['plugin', 'install'], around(config, cliIn(packageOf())))
    expect(code).toBe(3)
    expect(stderr).toContain('cannot be written')
  })
})

test.each([[[]], [['remove']], [['install', 'more']]])('plugin %s is a wrong call', async (words) => {
  expect((await cli('/', ['plugin', ...words])).code).toBe(2)
})
