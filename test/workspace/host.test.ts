import { expect, test } from 'vitest'
import { type Host, ReadFailure } from '../../src/files/host.ts'
import { memoryHost } from '../../src/files/memory.ts'
import { check } from '../../src/workspace/check.ts'
import { type HostOptions, openHost } from '../../src/workspace/host.ts'
import type { Result } from '../../src/workspace/result.ts'

const got = <T>(result: Result<T>): T => {
  if (result.kind === 'wrong') throw new Error(result.message)
  return result.value
}
const messageOf = <T>(result: Result<T>): string => (result.kind === 'wrong' ? result.message : '')
const open = (files: Readonly<Record<string, string>>, options?: HostOptions) => openHost(memoryHost(files), options)

const compose = (...files: readonly string[]) =>
  `services:\n  web:\n    image: shop\n    env_file:\n${files.map((file) => `      - ${file}\n`).join('')}`

test('env files of any name are read, in folders that git ignores as well', async () => {
  const files = {
    'compose.yaml': compose('settings/web', 'private/web'),
    'settings/web': 'A=1\n',
    '.gitignore': 'private/\n',
    'private/web': 'B=2\n',
  }
  const [project] = got(await open(files)).projects
  expect(project?.tree.sources.map(({ path }) => path)).toEqual([
    '.gitignore',
    'compose.yaml',
    'private/web',
    'settings/web',
  ])
  expect(project?.problems).toEqual([])
})

test('nothing outside is read or asked for', async () => {
  const asked: string[] = []
  const inner = memoryHost({ 'compose.yaml': compose('../other/web', '/etc/web') })
  const host: Host = {
    ...inner,
    read: (path) => {
      asked.push(path)
      return inner.read(path)
    },
  }
  const [project] = got(await openHost(host)).projects
  expect(asked).toEqual(['compose.yaml'])
  expect(project?.remarks).toHaveLength(2)
})

test('an env file that the host may not give is a finding', async () => {
  const inner = memoryHost({ 'compose.yaml': compose('settings/web'), 'settings/web': 'A=1\n' })
  const host: Host = {
    ...inner,
    read: (path) => (path === 'settings/web' ? Promise.reject(new ReadFailure(path, 'denied')) : inner.read(path)),
  }
  const { analysis, unseen } = got(await check(got(await openHost(host))))
  expect(analysis.diagnostics.map(({ rule, span }) => [rule, span.source.path])).toContainEqual([
    'unreadable-file',
    'settings/web',
  ])
  expect(unseen).toBe(true)
})

test('settings and baselines are those of the host', async () => {
  const dockerfile = 'FROM elixir:1.18\nRUN mix release\n'
  const broken = await open({ Dockerfile: dockerfile, '.docker-gotchas.yaml': 'fail-on: sometimes\n' })
  expect(messageOf(broken)).toMatch(/^\.docker-gotchas\.yaml:1: /)
  expect(broken.kind === 'wrong' && broken.problems?.map(({ span }) => span.source.path)).toEqual([
    '.docker-gotchas.yaml',
  ])
  const without = await open({ Dockerfile: dockerfile, '.docker-gotchas.yaml': 'baseline: known.json\n' })
  expect(messageOf(await check(got(without)))).toBe(
    'the baseline `known.json` cannot be read: there is no such file or folder',
  )
})

test.each([
  ['nowhere', 'there is no file or folder `nowhere`'],
  ['notes.txt', '`notes.txt` is no Dockerfile, compose file, env file, or other file that is checked'],
])('the name %s is wrong', async (name, message) => {
  expect(messageOf(await open({ Dockerfile: 'FROM scratch\n', 'notes.txt': '' }, { names: [name] }))).toBe(message)
})

test('a file that is named stands for the others of its kind', async () => {
  const files = { 'ops/Dockerfile': 'FROM elixir:1.18\nRUN mix release\n', Dockerfile: 'FROM scratch\n' }
  const [project] = got(await open(files, { names: ['ops/Dockerfile'] })).projects
  expect(project?.options.entries).toEqual(['ops/Dockerfile'])
})
