import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import '../../src/analyze.ts'
import type { JsonReport } from '../../src/report/formats/json.ts'
import { type TarEntry, tarOf } from '../files/image/saved.ts'
import { cli, folderOf, leaking, leaks, tight } from './cli.ts'
import { tarOfShop } from './saved-shop.ts'

const tarWith = (files: Readonly<Record<string, TarEntry>>) => tarOf(Object.entries(files))
const lintStdin = async (stdin: Uint8Array, ...flags: readonly string[]) =>
  cli(folderOf({}), ['lint', '-', '--context', ...leaks, ...flags], { stdin })
const findings = (json: string) => {
  const { findings: found }: JsonReport = JSON.parse(json)
  return found.map(({ rule, file, line }) => `${rule} ${file}:${line}`)
}
const wrong = ['secret-in-layer Dockerfile:4']

describe('lint - --context', () => {
  test.each<[string, () => Promise<Uint8Array>]>([
    ['plain', () => tarWith(leaking)],
    ['gzip', async () => gzipSync(await tarWith(leaking))],
    [
      'with ./ before each path',
      () =>
        tarWith({ './': { type: 'directory' }, './Dockerfile': leaking.Dockerfile, './mix.exs': leaking['mix.exs'] }),
    ],
    [
      'with the same path twice, of which the last counts',
      () => tarOf([['Dockerfile', 'FROM scratch\n'], ...Object.entries(leaking)]),
    ],
    [
      'behind links',
      () =>
        tarWith({
          'mix.exs': leaking['mix.exs'],
          'Dockerfile.prod': leaking.Dockerfile,
          Dockerfile: { type: 'symlink', to: 'Dockerfile.prod' },
        }),
    ],
    [
      'behind a hard link',
      () =>
        tarWith({
          'mix.exs': leaking['mix.exs'],
          'Dockerfile.prod': leaking.Dockerfile,
          Dockerfile: { type: 'link', to: 'Dockerfile.prod' },
        }),
    ],
  ])('of a tar that is %s', async (_, tar) => {
    const { code, stdout, stderr } = await lintStdin(await tar(), '-f', 'Dockerfile', '--format', 'json')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(findings(stdout)).toEqual(wrong)
  })

  test('without a flag, where it is a tar to look at', async () => {
    const { stdout } = await cli(folderOf({}), ['lint', '-', ...leaks, '--format', 'json'], {
      stdin: await tarWith(leaking),
    })
    expect(findings(stdout)).toEqual(wrong)
  })

  test('of a good one is clean', async () => {
    expect(await lintStdin(await tarWith(tight))).toMatchObject({ code: 0, stdout: expect.stringContaining('clean') })
  })

  test('whose Dockerfile is another', async () => {
    const tar = await tarWith({ ...tight, 'docker/leaking.Dockerfile': leaking.Dockerfile })
    expect((await lintStdin(tar, '-f', 'Dockerfile')).code).toBe(0)
    const { code, stdout } = await lintStdin(tar, '-f', 'docker/leaking.Dockerfile', '--format', 'json')
    expect({ code, found: findings(stdout) }).toEqual({
      code: 1,
      found: ['secret-in-layer docker/leaking.Dockerfile:4'],
    })
    expect(await lintStdin(tar, '-f', 'none')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no `none` in the build context'),
    })
  })

  test('takes the settings that are in it', async () => {
    const lenient = await tarWith({ ...leaking, '.docker-gotchas.yaml': 'rules:\n  secret-in-layer: info\n' })
    expect((await lintStdin(lenient)).code).toBe(0)
    expect((await lintStdin(lenient, '--no-config')).code).toBe(1)
    const broken = { ...leaking, '.docker-gotchas.yaml': 'rules:\n  secret-in-layers: off\n' }
    expect(await lintStdin(await tarWith(broken))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('.docker-gotchas.yaml:2:3'),
    })
  })

  test('says that a .dockerignore in it is for nothing', async () => {
    const { code, stderr, stdout } = await lintStdin(await tarWith({ ...leaking, '.dockerignore': '*\n' }))
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('.dockerignore in the tar has no effect')
  })
})

describe('lint FILE.tar', () => {
  test('beside the working directory and elsewhere', async () => {
    const folder = folderOf({ 'context.tar': await tarWith(leaking), 'sub/x': '' })
    for (const [cwd, path] of [
      [folder, 'context.tar'],
      [join(folder, 'sub'), '../context.tar'],
    ] as const) {
      const { code, stdout } = await cli(cwd, ['lint', path, ...leaks, '--format', 'json'])
      expect({ code, found: findings(stdout) }).toEqual({
        code: 1,
        found: [`secret-in-layer ${path}/Dockerfile:4`],
      })
    }
  })
})

describe('what is no build context', () => {
  test.each<[string, () => Promise<Uint8Array>, number, RegExp]>([
    ['nothing', async () => new Uint8Array(0), 3, /it is empty/],
    ['a text', async () => Buffer.from('FROM x\n'.repeat(100)), 3, /it is no tar/],
    ['cut off', async () => (await tarWith(leaking)).subarray(0, 900), 3, /\(Dockerfile\)/],
    ['compressed and cut off', async () => gzipSync(await tarWith(leaking)).subarray(0, 150), 3, /ends too early/],
    [
      'leading out of its root',
      () => tarWith({ ...leaking, '../evil': 'x' }),
      3,
      /leads out of the tar \(\.\.\/evil\)/,
    ],
    ['an image', () => tarOfShop(), 2, /the tar of an image/],
  ])('%s', async (_, tar, expected, reason) => {
    const { code, stdout, stderr } = await lintStdin(await tar())
    expect(stdout + stderr).toMatch(reason)
    expect(code).toBe(expected)
  })

  test('more than --max-size allows', async () => {
    const { code, stdout, stderr } = await lintStdin(
      await tarWith({ ...leaking, big: 'x'.repeat(100_000) }),
      '--max-size',
      '50k',
    )
    expect(stdout + stderr).toContain('larger than --max-size allows')
    expect(code).toBe(3)
  })

  test('links that lead out or round, which are not followed', async () => {
    const tar = await tarWith({
      ...leaking,
      out: { type: 'symlink', to: '../../etc/passwd' },
      absolute: { type: 'symlink', to: '/etc/passwd' },
      a: { type: 'symlink', to: 'b' },
      b: { type: 'symlink', to: 'a' },
      self: { type: 'symlink', to: '.' },
    })
    const { code, stdout } = await lintStdin(tar, '--format', 'json')
    expect({ code, found: findings(stdout) }).toEqual({ code: 1, found: wrong })
  })
})
