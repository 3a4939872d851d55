import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discover } from '../../src/files/discover.ts'
import { diskHost } from '../../src/files/disk.ts'

let outer = ''
let root = ''

beforeAll(async () => {
  outer = await mkdtemp(join(tmpdir(), 'disk-host-'))
  root = join(outer, 'project')
  await mkdir(join(root, 'a/b'), { recursive: true })
  await writeFile(join(outer, 'secret'), 'outside')
  await writeFile(join(root, 'Dockerfile'), 'FROM é\n')
  await writeFile(join(root, 'run'), '#!/bin/sh\n')
  await chmod(join(root, 'run'), 0o755)
  await symlink('Dockerfile', join(root, 'link'))
  await symlink('../secret', join(root, 'out'))
  await symlink('nowhere', join(root, 'dangling'))
  await symlink('self', join(root, 'self'))
  await symlink('..', join(root, 'a/up'))
  await symlink('../b', join(root, 'a/b/same'))
  await symlink('a/b', join(root, 'twin'))
  await writeFile(join(root, 'a/b/compose.yaml'), 'services: {}\n')
})

afterAll(() => rm(outer, { recursive: true }))

const kinds = async (folder: string) => {
  const entries = await diskHost(root).list(folder)
  return Object.fromEntries(entries.map((entry) => [entry.name, entry.kind]))
}

describe('diskHost', () => {
  it('lists files, folders and what links point at, sorted', async () => {
    expect(Object.entries(await kinds(''))).toEqual([
      ['Dockerfile', 'file'],
      ['a', 'folder'],
      ['dangling', 'other'],
      ['link', 'file'],
      ['out', 'other'],
      ['run', 'file'],
      ['self', 'other'],
      ['twin', 'folder'],
    ])
    expect(await kinds('a')).toEqual({ b: 'folder', up: 'other' })
    expect(await kinds('twin')).toEqual({ 'compose.yaml': 'file', same: 'other' })
  })

  it('knows sizes in bytes and who may be executed', async () => {
    const entries = await diskHost(root).list('')
    expect(entries.find((entry) => entry.name === 'Dockerfile')).toMatchObject({ size: 8, executable: false })
    expect(entries.find((entry) => entry.name === 'run')).toMatchObject({ size: 10, executable: true })
  })

  it('is empty where there is no folder', async () => {
    expect(await diskHost(root).list('absent')).toEqual([])
    expect(await diskHost(root).list('Dockerfile')).toEqual([])
    expect(await diskHost(join(root, 'absent')).list('')).toEqual([])
  })

  it.each([
    ['absent', 'absent'],
    ['a', 'folder'],
    ['out', 'outside'],
    ['../secret', 'outside'],
    ['self', 'absent'],
  ])('fails to read %s: %s', async (path, reason) => {
    await expect(diskHost(root).read(path)).rejects.toMatchObject({ name: 'ReadFailure', path, reason })
  })

  it('reads files, also through links', async () => {
    expect(new TextDecoder().decode(await diskHost(root).read('link'))).toBe('FROM é\n')
  })

  it('can be walked to the end', async () => {
    const found = await discover(diskHost(root))
    expect(found.sources.map((source) => source.path)).toEqual([
      'Dockerfile',
      'a/b/compose.yaml',
      'run',
      'twin/compose.yaml',
    ])
    expect(found.problems).toEqual([])
  })
})
