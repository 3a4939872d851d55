import { expect, it } from 'vitest'
import { memoryHost } from '../../src/files/memory.ts'
import { treeOf } from '../../src/files/tree.ts'

it('treeOf lists texts and the folders above them, sorted', () => {
  const tree = treeOf({ 'rel/overlays/bin/server': '#!/bin/sh\n', 'a.sh': 'é', Dockerfile: '' })
  expect(tree.sources.map(({ path }) => path)).toEqual(['Dockerfile', 'a.sh', 'rel/overlays/bin/server'])
  expect(tree.entries.map(({ path, kind, size, executable }) => [path, kind, size, executable])).toEqual([
    ['Dockerfile', 'file', 0, false],
    ['a.sh', 'file', 2, true],
    ['rel', 'folder', 0, true],
    ['rel/overlays', 'folder', 0, true],
    ['rel/overlays/bin', 'folder', 0, true],
    ['rel/overlays/bin/server', 'file', 10, true],
  ])
})

it('memoryHost lists folders and reads files', async () => {
  const host = memoryHost({ 'b/c': 'x', a: new Uint8Array([1]) })
  expect((await host.list('')).map(({ name, kind, size }) => [name, kind, size])).toEqual([
    ['a', 'file', 1],
    ['b', 'folder', 0],
  ])
  expect((await host.list('b')).map(({ name }) => name)).toEqual(['c'])
  expect(await host.list('none')).toEqual([])
  expect(await host.read('a')).toEqual(new Uint8Array([1]))
  await expect(host.read('b')).rejects.toMatchObject({ reason: 'folder' })
  await expect(host.read('none')).rejects.toMatchObject({ reason: 'absent', message: 'none does not exist' })
})
