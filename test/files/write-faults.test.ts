import fs, { chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anything, type FileChange, Interrupted, type OnInterrupt, writeFiles } from '../../src/files/write.ts'
import { ownDisk, type WritingDisk } from '../../src/files/writing/disk.ts'
import { folderOf } from '../cli/cli.ts'

const before = { a: 'old a', 'in/b': 'old b', 'in/c': 'old c' }
const changes: readonly FileChange[] = [
  { path: 'a', before: 'old a', after: 'new a', executable: false },
  { path: 'in/b', before: 'old b', after: 'new b', executable: false },
  { path: 'made/deep/d', before: undefined, after: 'new d', executable: true },
  { path: 'in/c', before: 'old c', after: 'new c', executable: false },
  { path: 'in/e', before: undefined, after: 'new e', executable: false },
]
const after = { a: 'new a', 'in/b': 'new b', 'in/c': 'new c', 'in/e': 'new e', 'made/deep/d': 'new d' }

/** All files of a folder with their texts, and its folders. */
function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  return Object.fromEntries(
    names.map((name) => [name, statSync(join(folder, name)).isFile() ? readFileSync(join(folder, name), 'utf8') : '/']),
  )
}

class Fault extends Error {
  readonly code = 'EIO'
}

/** A disk of which the calls fail that `fails` names; counts them. */
function failing(fails: (call: number, name: string) => boolean): { readonly disk: WritingDisk; count: number } {
  const counted = { disk: ownDisk, count: 0 }
  counted.disk = new Proxy(ownDisk, {
    get(target, name, receiver) {
      const own: unknown = Reflect.get(target, name, receiver)
      if (typeof own !== 'function') return own
      return (...args: unknown[]) => {
        counted.count += 1
        if (fails(counted.count, String(name))) throw new Fault('made up')
        return Reflect.apply(own, fs, args)
      }
    },
  })
  return counted
}

test('a set of files is written as a whole or not at all, whichever call of the disk fails', async () => {
  const whole = failing(() => false)
  const done = folderOf(before)
  expect(await writeFiles(done, changes, undefined, whole.disk)).toEqual([])
  const all = contentOf(done)
  expect(all).toMatchObject(after)
  let kept = 0
  for (let at = 1; at <= whole.count; at += 1) {
    const folder = folderOf(before)
    const old = contentOf(folder)
    const refusals = await writeFiles(folder, changes, undefined, failing((call) => call === at).disk)
    expect(contentOf(folder)).toEqual(refusals.length === 0 ? all : old)
    if (refusals.length > 0) kept += 1
  }
  expect(kept).toBeGreaterThan(whole.count / 2)
})

test.each([
  'writeFileSync',
  'renameSync',
  'linkSync',
  'fsyncSync',
  'openSync',
  'fchmodSync',
])('and where %s fails for good from some call on', async (name) => {
  for (let from = 1; from <= 5; from += 1) {
    let seen = 0
    const folder = folderOf(before)
    const old = contentOf(folder)
    const { disk } = failing(
      (_, called) => called === name && ++seen >= from && (name !== 'renameSync' || seen < from + 2),
    )
    const refusals = await writeFiles(folder, changes, undefined, disk)
    expect([from, contentOf(folder)]).toEqual([from, refusals.length === 0 ? { ...contentOf(folder), ...after } : old])
  }
})

test('what cannot be put back stays under another name, and that is said', async () => {
  const folder = folderOf(before)
  let renames = 0
  const { disk } = failing((_, name) => name === 'renameSync' && ++renames > 1)
  const refusals = await writeFiles(folder, changes, undefined, disk)
  const left = readdirSync(folder).filter((name) => name.endsWith('.tmp'))
  expect(left).toHaveLength(1)
  expect(readFileSync(join(folder, left[0] ?? ''), 'utf8')).toBe('old a')
  expect(refusals.map(({ why }) => why).join('\n')).toContain(left[0])
})

describe('a signal', () => {
  const pretended = (signal: NodeJS.Signals): OnInterrupt => {
    return (listener) => {
      listener(signal)
      return () => undefined
    }
  }
  test('waits until all is written', async () => {
    const folder = folderOf(before)
    const writing = writeFiles(folder, changes, pretended('SIGTERM'))
    await expect(writing).rejects.toEqual(expect.objectContaining({ signal: 'SIGTERM' }))
    await expect(writing).rejects.toBeInstanceOf(Interrupted)
    expect(contentOf(folder)).toMatchObject(after)
  })

  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s is caught while it writes', async (signal) => {
    const folder = folderOf(before)
    const caught: OnInterrupt = (listener) => {
      process.on(signal, listener)
      return () => process.off(signal, listener)
    }
    let writes = 0
    const { disk } = failing((_, name) => {
      if (name === 'renameSync' && ++writes === 2) process.kill(process.pid, signal)
      return false
    })
    await expect(writeFiles(folder, changes, caught, disk)).rejects.toEqual(expect.objectContaining({ signal }))
    expect(contentOf(folder)).toMatchObject(after)
  })
})

describe('what may be there', () => {
  const over = (path: string): FileChange => ({ path, before: anything, after: 'new', executable: false })

  test('whatever it is, is replaced: a link is not followed', async () => {
    const outside = folderOf({ precious: 'old' })
    const folder = folderOf({ file: 'old' })
    symlinkSync(join(outside, 'precious'), join(folder, 'link'))
    symlinkSync(join(outside, 'nowhere'), join(folder, 'dangling'))
    for (const name of ['file', 'link', 'dangling', 'fresh']) {
      expect(await writeFiles(folder, [over(name)])).toEqual([])
      expect([name, lstatSync(join(folder, name)).isFile()]).toEqual([name, true])
    }
    expect(contentOf(outside)).toEqual({ precious: 'old' })
  })

  test('a new file takes the place of no link', async () => {
    const outside = folderOf({})
    const folder = folderOf({})
    symlinkSync(join(outside, 'made'), join(folder, 'dangling'))
    const change: FileChange = { path: 'dangling', before: undefined, after: 'new', executable: false }
    expect(await writeFiles(folder, [change])).toEqual([{ path: 'dangling', why: 'it is a link' }])
    expect(contentOf(outside)).toEqual({})
  })

  test('nothing leaves by a folder, and no folder is replaced', async () => {
    const outside = folderOf({})
    const folder = folderOf({})
    mkdirSync(join(folder, 'folder'))
    symlinkSync(outside, join(folder, 'out'))
    expect(await writeFiles(folder, [over('out/x')])).toEqual([
      { path: 'out/x', why: 'its folder is a link that leads out of the project' },
    ])
    expect(await writeFiles(folder, [over('folder')])).toEqual([{ path: 'folder', why: 'it is no file' }])
    expect(contentOf(outside)).toEqual({})
  })
})

test.skipIf(process.getuid?.() !== 0)('the owner stays, whoever writes', async () => {
  const folder = folderOf(before)
  chownSync(join(folder, 'a'), 12_345, 54_321)
  expect(await writeFiles(folder, changes)).toEqual([])
  expect(statSync(join(folder, 'a'))).toMatchObject({ uid: 12_345, gid: 54_321 })
  expect(statSync(join(folder, 'in/b')).uid).toBe(0)
})
