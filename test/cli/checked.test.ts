import { describe, expect, test } from 'vitest'
import { formatNames, saysWhatWasChecked } from '../../src/report/formats/table.ts'
import { readCommands } from '../report/formats/read.ts'
import { cli, folderOf } from './cli.ts'

const release = { Dockerfile: 'FROM elixir:1.18 AS build\nRUN mix release\nCMD ["/app/bin/shop", "start"]\n' }
const project = {
  ...release,
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
}
const web = 'services:\n  web:\n    build: .\n  db:\n    image: postgres:17\n'

const summaryOf = async (files: Record<string, string>) => {
  const { stdout } = await cli(folderOf(files), ['lint', '--format', 'json'])
  return JSON.parse(stdout).summary
}

describe('what was checked is said', () => {
  test('for people', async () => {
    const { stdout } = await cli(folderOf({ ...project, 'compose.yaml': web }), ['lint'])
    expect(stdout).toContain('\nchecked: web (compose.yaml) from Dockerfile:build\n')
  })

  test('for programs, with what was left out', async () => {
    const dev = '  dev:\n    build: .\n    profiles: [dev]\n'
    const { checked, leftOut, nothingChecked } = await summaryOf({ ...project, 'compose.yaml': web + dev })
    expect(checked).toEqual([{ service: 'web', compose: 'compose.yaml', dockerfile: 'Dockerfile', stage: 'build' }])
    expect(leftOut).toEqual([{ what: 'the service `dev`', reason: expect.stringContaining('`dev`') }])
    expect(nothingChecked).toBeUndefined()
  })

  test('in SARIF', async () => {
    const { stdout } = await cli(folderOf(project), ['lint', '--format', 'sarif'])
    const [run] = JSON.parse(stdout).runs
    expect(run.properties).toEqual({
      ...{ checked: [{ dockerfile: 'Dockerfile', stage: 'build' }], leftOut: [], notes: [] },
      files: ['Dockerfile', 'mix.exs'],
    })
  })

  test('and what of it could not be followed', async () => {
    const start = 'FROM elixir:1.18 AS build\nRUN mix release\nCMD ["/opt/run"]\n'
    const files = { ...project, Dockerfile: start, 'compose.yaml': web }
    const { stdout } = await cli(folderOf(files), ['lint', '--fail-on', 'never'])
    expect(stdout).toContain('\nchecked: web (compose.yaml) from Dockerfile:build, but not how it starts\n')
    const { checked } = await summaryOf(files)
    expect(checked).toMatchObject([{ service: 'web', unfollowed: ['how it starts'] }])
  })

  test('a service whose image is built elsewhere', async () => {
    const files = {
      'compose.yaml': 'services:\n  web:\n    image: shop\n    environment:\n      PHX_HOST: shop.test\n',
    }
    const { code, stdout } = await cli(folderOf(files), ['lint', '--fail-on', 'never'])
    expect(code).toBe(0)
    expect(stdout).toContain('checked: web (compose.yaml), whose image is not built here')
  })
})

describe.each(formatNames)('%s', (format) => {
  const dev = '  dev:\n    build: .\n    profiles: [dev]\n'
  const good = { ...project, 'compose.yaml': web + dev }
  const bad = { ...good, '.env': 'A=\n=B\n' }

  test.each([
    ['clean', good, []],
    ['with findings', bad, ['--fail-on', 'never']],
  ])('says once what was checked and what was left out, where it is %s', async (_, files, flags) => {
    const { stdout, stderr } = await cli(folderOf(files), ['lint', '--format', format, ...flags])
    if (saysWhatWasChecked.has(format)) {
      expect(stderr).toBe('')
      expect(stdout).toContain('its profile is')
      return
    }
    expect(stderr).toBe(
      'docker-gotchas: checked: web (compose.yaml) from Dockerfile:build; the service `dev` is left out: its profile is `dev`\n',
    )
    const quiet = await cli(folderOf(files), ['lint', '--format', format, '--quiet', ...flags])
    expect(quiet).toMatchObject({ stdout, stderr: '' })
  })

  test('no name in it is a command or ends a line', async () => {
    const name = 'a\n::error::b]]>--'
    const folder = folderOf({ [`${name}/Dockerfile`]: release.Dockerfile, [`${name}/mix.exs`]: project['mix.exs'] })
    const { stderr } = await cli(folder, ['lint', name, '--format', format, '--fail-on', 'never'])
    expect(readCommands(stderr)).toEqual([])
    if (saysWhatWasChecked.has(format)) expect(stderr).toBe('')
    else expect(stderr).toMatch(/^docker-gotchas: checked: .*Dockerfile:build\n$/)
  })
})

const nothing: readonly (readonly [title: string, files: Record<string, string>, why: string])[] = [
  ['an empty folder', {}, 'there is no Dockerfile and no compose file'],
  ['a project of another kind', { 'package.json': '{}' }, 'there is no Dockerfile and no compose file'],
  ['an app that nothing deploys', { 'mix.exs': project['mix.exs'] }, 'no compose file beside mix.exs'],
  [
    'an image of another language',
    { Dockerfile: 'FROM python:3\nCMD ["python", "x.py"]\n' },
    'nothing to do with Elixir',
  ],
  ['a stack of databases', { 'compose.yaml': 'services:\n  db:\n    image: postgres:17\n' }, 'no service is built'],
  ['a Dockerfile for development', { 'Dockerfile.dev': release.Dockerfile }, 'all that may run the app is left out'],
]

describe.each(nothing)('nothing was checked: %s', (_, files, why) => {
  test.each(['tty', 'json', 'sarif'])('is no success in %s', async (format) => {
    const { code, stdout, stderr } = await cli(folderOf(files), ['lint', '--format', format])
    expect(code).toBe(2)
    expect(stdout + stderr).toContain('nothing was checked: ')
    expect(stdout).toContain(why)
    expect(stdout).not.toContain('clean')
  })

  test('unless it is allowed', async () => {
    for (const command of ['lint', 'fix']) {
      expect(await cli(folderOf(files), [command, '--allow-empty'])).toMatchObject({ code: 0, stderr: '' })
    }
  })

  test('nor has `fix` anything to mend', async () => {
    const { code, stderr } = await cli(folderOf(files), ['fix'])
    expect(code).toBe(2)
    expect(stderr).toContain(why)
  })
})

test('a finding fails the run also where nothing else was checked', async () => {
  const files = { 'compose.yaml': 'services:\n  db:\n    image: postgres:17\n    environmen: {}\n' }
  expect(await cli(folderOf(files), ['lint'])).toMatchObject({ code: 1 })
})

describe('a named file', () => {
  test.each(['README.md', 'logo.svg', 'notes'])('%s is of no kind that is checked', async (name) => {
    for (const command of ['lint', 'fix']) {
      const { code, stdout, stderr } = await cli(folderOf({ ...project, [name]: 'text\n' }), [command, name])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(`\`${name}\` is no Dockerfile, compose file, env file, or other file that is checked`)
    }
  })

  test.each(['Dockerfile', 'mix.exs', 'start'])('%s is', async (name) => {
    const files = { ...project, start: '#!/bin/sh\nexec /app/bin/shop start\n' }
    const { code } = await cli(folderOf(files), ['lint', name, '--fail-on', 'never'])
    expect(code).toBe(0)
  })
})
