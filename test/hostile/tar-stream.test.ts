import { afterAll, describe, expect, test } from 'vitest'
import { bytesOf, extended, gnu, type Part, part, record } from './tar-blocks.ts'
import { byTarStream, oracle, ours, type Reading } from './tar-readings.ts'

const go = oracle()
afterAll(() => go?.remove())

/** `name kind size` of each entry, or why there is none. */
const told = ({ entries, error }: Reading): string =>
  error === ''
    ? entries.map(({ name, kind, size }) => `${Buffer.from(name, 'hex').toString()} ${kind} ${size}`).join(', ')
    : 'refused'

const octal = (value: number) => `${value.toString(8).padStart(11, '0')}\0`
const end = Buffer.alloc(1024)
const a = part('a', '0', 'hello')
const holes = {
  'GNU.sparse.major': '1',
  'GNU.sparse.minor': '0',
  'GNU.sparse.name': 'n',
  'GNU.sparse.realsize': '1000',
}

/** What the package tar-stream makes of tars, what Go does and what we do: why it is not what we read them with. */
describe('tar-stream reads otherwise than Go', () => {
  test.each<[string, readonly Part[], Uint8Array, string, string, string]>([
    [
      'a file with holes',
      [extended(holes), part('GNUSparseFile.1/n', '0', `${'1\n0\n5\n'.padEnd(512, '\0')}hello`)],
      end,
      'GNUSparseFile.1/n file 517',
      'n file 1000',
      'n file 1000',
    ],
    [
      'a file with holes of GNU',
      [part('s', 'S', 'hello', { sparse: octal(0) + octal(5), realSize: octal(1000) })],
      end,
      's null 5',
      's file 1000',
      's file 1000',
    ],
    ['a name that is not UTF-8', [part('\xe9')], end, '\ufffd file 0', '\ufffd file 0', '\ufffd file 0'],
    ['a header of before POSIX', [part('a', '0', 'hello', { magic: '' })], end, 'refused', 'a file 5', 'a file 5'],
    [
      'another tar behind the end',
      [a],
      Buffer.concat([end, bytesOf([part('b')])]),
      'a file 5, b file 0',
      'a file 5',
      'refused',
    ],
    ['bytes behind the end', [a], Buffer.concat([end, Buffer.from('more')]), 'refused', 'a file 5', 'a file 5'],
    [
      'a header behind an empty one',
      [a],
      Buffer.concat([Buffer.alloc(512), bytesOf([part('b')])]),
      'a file 5, b file 0',
      'refused',
      'refused',
    ],
    [
      'a link with a size',
      [part('l', '2', '', { size: octal(512) }), part('b', '0', 'hello')],
      end,
      'refused',
      'l link 512, b file 5',
      'refused',
    ],
    ['an empty long name', [part('l', 'L'), part('b', '0', 'hello')], end, 'refused', 'b file 5', 'refused'],
    ['an empty extended header', [extended({}), a], end, 'refused', 'a file 5', 'refused'],
    [
      'a path, then a long name',
      [extended({ path: 'p' }), part('l', 'L', 'n\0'), a],
      end,
      'p file 5',
      'n file 5',
      'refused',
    ],
    [
      'two extended headers',
      [extended({ path: 'p' }), extended({ mtime: '1' }), a],
      end,
      'a file 5',
      'a file 5',
      'refused',
    ],
    [
      'a path for all files',
      [extended({ path: 'p' }, 'g'), extended({ mtime: '1' }), a],
      end,
      'p file 5',
      'a file 5',
      'refused',
    ],
    ['a size with letters', [{ ...a, fields: { size: '5x\0' } }], end, 'a file 5', 'refused', 'refused'],
    [
      'a sum with signs',
      [part('a', '0', 'hello', { uname: '\xff' }, { sum: 'signed' })],
      end,
      'refused',
      'a file 5',
      'refused',
    ],
    [
      'a prefix in a header of GNU',
      [part('a', '0', 'hello', { magic: gnu, prefix: 'p' })],
      end,
      'a file 5',
      'p/a file 5',
      'refused',
    ],
    ['a damaged record', [part('x', 'x', record('path', 'p').slice(0, -1)), a], end, 'p file 5', 'refused', 'refused'],
  ])('%s', async (_, parts, tail, stream, byGo, own) => {
    const tar = bytesOf(parts, tail)
    const gos = go?.read([tar])[0]
    expect({ stream: told(await byTarStream(tar)), go: gos ? told(gos) : byGo, own: told(await ours(tar)) }).toEqual({
      stream,
      go: byGo,
      own,
    })
  })
})
