import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FileChange, refusalsOf, writeFiles } from '../../src/files/write.ts'
import { folderOf } from '../cli/cli.ts'

const change = (path: string, before: string | undefined, after: string, executable = false): FileChange => ({
  path,
  before,
  after,
  executable,
})
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8')
const namesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()

describe('changes', () => {
  test('are written, with new folders and scripts', async () => {
    const folder = folderOf({ a: 'old' })
    const changes = [change('a', 'old', 'new'), change('rel/overlays/bin/server', undefined, '#!/bin/sh\n', true)]
    expect(await refusalsOf(folder, changes)).toEqual([])
    expect(await writeFiles(folder, changes)).toEqual([])
    expect(read(folder, 'a')).toBe('new')
    expect(read(folder, 'rel/overlays/bin/server')).toBe('#!/bin/sh\n')
    expect(statSync(join(folder, 'rel/overlays/bin/server')).mode & 0o100).toBe(0o100)
    expect(namesIn(folder)).toEqual(['a', 'rel', 'rel/overlays', 'rel/overlays/bin', 'rel/overlays/bin/server'])
  })

  test('go through a link that stays inside, which stays a link', async () => {
    const folder = folderOf({ real: 'old' })
    symlinkSync('real', join(folder, 'link'))
    expect(await writeFiles(folder, [change('link', 'old', 'new')])).toEqual([])
    expect(read(folder, 'real')).toBe('new')
    expect(readdirSync(folder)).toEqual(['link', 'real'])
  })
})

describe('nothing is written of changes of which one', () => {
  const outside = () => folderOf({ file: 'old' })
  test.each<[string, (folder: string) => FileChange, string]>([
    ['is of a file that has changed since', () => change('b', 'older', 'new'), 'it has changed since it was read'],
    [
      'is of a file that is gone',
      () => change('gone', 'old', 'new'),
      'it cannot be written: there is no such file or folder',
    ],
    [
      'makes a file that has come into being',
      () => change('b', undefined, 'new'),
      'it has come into being since the project was read',
    ],
    ['is of a folder', () => change('folder', 'old', 'new'), 'it is no file'],
    ['needs a folder where a file is', () => change('b/new', undefined, 'new'), 'a part of its path is no folder'],
    ['lies outside', () => change('../x', undefined, 'new'), 'it lies outside of the project'],
    [
      'is behind a link that leads out',
      (folder) => {
        symlinkSync(join(outside(), 'file'), join(folder, 'out'))
        return change('out', 'old', 'new')
      },
      'it is a link that leads out of the project',
    ],
    [
      'makes a file in a folder that leads out',
      (folder) => {
        symlinkSync(outside(), join(folder, 'out'))
        return change('out/new', undefined, 'new')
      },
      'its folder is a link that leads out of the project',
    ],
  ])('%s', async (_, bad, why) => {
    const folder = folderOf({ a: 'old', b: 'other' })
    mkdirSync(join(folder, 'folder'))
    const wrong = bad(folder)
    const changes = [change('a', 'old', 'new'), change('made/new', undefined, 'new'), wrong]
    const before = namesIn(folder)
    expect(await refusalsOf(folder, changes)).toEqual([{ path: wrong.path, why }])
    expect(await writeFiles(folder, changes)).toEqual([{ path: wrong.path, why }])
    expect({ a: read(folder, 'a'), b: read(folder, 'b') }).toEqual({ a: 'old', b: 'other' })
    expect(namesIn(folder)).toEqual(before)
    expect(existsSync(join(folder, '../x'))).toBe(false)
  })
})
