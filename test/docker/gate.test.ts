import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { docker, folderOf, hasDocker, imageOf, offline, shell } from './docker.ts'
import { builder, runner, secret, shop } from './shop.ts'

const leaking = { ...shop, Dockerfile: `${builder}${runner(`ENV SECRET_KEY_BASE=${secret}`)}` }
const isThere = (image: string) => docker(['image', 'inspect', image]).code === 0

/** The exit codes of a pipeline, which `shell` prints last. */
const codesOf = (stdout: string) => stdout.trim().split('\n').at(-1)

describe.skipIf(!hasDocker)('a gate between real programs', () => {
  test('tar | gate | docker build builds the image of a good context', () => {
    const ended = shell(`tar c . | gotchas gate | docker build ${offline} -q -t gate:good -`, { cwd: folderOf(shop) })
    expect(ended.stderr).not.toContain('error')
    expect(codesOf(ended.stdout)).toBe('0 0 0')
    expect(isThere('gate:good')).toBe(true)
  })

  test('tar | gate | docker build builds nothing of a bad one', () => {
    const ended = shell(`tar c . | gotchas gate | docker build ${offline} -q -t gate:bad -`, { cwd: folderOf(leaking) })
    expect(ended.stderr).toContain('error[secret-in-layer]')
    expect(codesOf(ended.stdout)).toMatch(/^0 1 [1-9]/)
    expect(isThere('gate:bad')).toBe(false)
  })

  test.each([
    ['a good image', shop, '0 0 0', true],
    ['a bad image', leaking, '0 1', false],
  ] as const)('docker save | gate --image | docker load, of %s', (_, files, codes, isLoaded) => {
    const [cwd, image] = [folderOf({}), `gate:${isLoaded}`]
    docker(['tag', imageOf(files), image])
    docker(['save', '-o', join(cwd, 'saved.tar'), image])
    docker(['rmi', '-f', image])
    const ended = shell('cat saved.tar | gotchas gate --image | docker load', { cwd })
    expect(codesOf(ended.stdout)?.startsWith(codes)).toBe(true)
    expect(isThere(image)).toBe(isLoaded)
  })
})
