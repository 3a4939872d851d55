import { describe, expect, test } from 'vitest'
import { cli, folderOf, leaking, leaks, tight } from '../cli/cli.ts'
import { bytesOf, extended, gnu, type Part, part, record } from './tar-blocks.ts'

const mix = part('mix.exs', '0', tight['mix.exs'])
const clean = part('Dockerfile', '0', tight.Dockerfile)
const secret = part('Dockerfile', '0', leaking.Dockerfile)
/** A file that is no Dockerfile by the name in its own header. */
const hidden = (own: Part['fields'] = {}) => part('README', '0', leaking.Dockerfile, own)
const octal = (value: number, digits = 11) => `${value.toString(8).padStart(digits, '0')}\0`

async function gate(parts: readonly Part[], tail?: Uint8Array, flags: readonly string[] = []) {
  let passed = 0
  const { code, stderr } = await cli(folderOf({}), ['gate', ...leaks, ...flags], {
    stdin: bytesOf(parts, tail),
    pass: async (bytes) => {
      passed += bytes.length
      return true
    },
  })
  return { code, passed, stderr }
}

describe('a tar in which Docker sees another Dockerfile than its headers seem to say', () => {
  test('the clean one by itself passes', async () => {
    expect(await gate([mix, clean])).toEqual({ code: 0, passed: bytesOf([mix, clean]).length, stderr: '' })
  })

  test.each<[string, readonly Part[], Uint8Array?]>([
    ['an empty long name', [clean, part('././@LongLink', 'L'), secret]],
    ['an empty long name of a NUL', [clean, part('././@LongLink', 'L', '\0'), secret]],
    ['a long name of two', [clean, part('././@LongLink', 'L', 'Dockerfile\0x\0'), hidden()]],
    ['two long names', [clean, part('l', 'L', 'x\0'), part('l', 'L', 'Dockerfile\0'), hidden()]],
    ['a sparse name on a plain file', [clean, extended({ 'GNU.sparse.name': 'x' }), secret]],
    ['a path, then a long name', [clean, extended({ path: 'x' }), part('l', 'L', 'Dockerfile\0'), hidden()]],
    ['a long name, then a path', [clean, part('l', 'L', 'x\0'), extended({ path: 'Dockerfile' }), hidden()]],
    ['a path twice', [clean, part('p', 'x', record('path', 'x') + record('path', 'Dockerfile')), hidden()]],
    ['an empty path', [clean, extended({ path: '' }), secret]],
    ['two extended headers', [clean, extended({ path: 'x' }), extended({ mtime: '1' }), secret]],
    ['what is for all files between', [clean, extended({ path: 'x' }), extended({ comment: 'c' }, 'g'), secret]],
    ['a path for all files', [extended({ path: 'x' }, 'g'), clean, secret]],
    ['a header for all files that has the name of a file', [clean, extended({ comment: 'c' }, 'g', 'Dockerfile'), mix]],
    ['a path of Solaris', [clean, part('p', 'X', record('path', 'x')), secret]],
    ['a long name of old GNU', [clean, part('l', 'N', 'x\0'), secret]],
    ['a record that is too short', [clean, part('p', 'x', '8 path=x\n'), secret]],
    ['a record with a zero before its length', [clean, part('p', 'x', '010 path=x\n'), secret]],
    ['a record without its end', [clean, part('p', 'x', record('path', 'Dockerfile').slice(0, -1)), hidden()]],
    ['a size in octal digits and another in a record', [clean, extended({ size: '0' }), secret]],
    ['a size with a sign', [clean, { ...secret, fields: { size: '+0000002345\0' } }]],
    ['a size in hexadecimal digits', [clean, { ...secret, fields: { size: '0x100\0' } }]],
    ['a size with two ends', [clean, { ...secret, fields: { size: '5\x40\0' } }]],
    [
      'a size in binary that few programs know',
      [clean, { ...secret, fields: { size: '\x81\0\0\0\0\0\0\0\0\0\0\x05' } }],
    ],
    ['a size of a folder', [clean, part('d/', '5', '', { size: octal(512) }), secret]],
    ['a size of a link', [clean, part('l', '2', '', { size: octal(1024) }), secret]],
    ['a file with the name of a folder', [clean, part('Dockerfile/', '0', leaking.Dockerfile)]],
    ['an old file with the name of a folder, and a size', [clean, part('Dockerfile/', '\0', leaking.Dockerfile)]],
    ['a file of a type that few programs know', [clean, part('Dockerfile', '7', leaking.Dockerfile)]],
    ['a sum with signs', [clean, part('Dockerfile', '0', leaking.Dockerfile, { uname: '\xff' }, { sum: 'signed' })]],
    ['a name with something behind its end', [clean, part('Dockerfile', '0', leaking.Dockerfile, { name: 'x\0y' })]],
    ['a prefix where times are', [clean, hidden({ magic: gnu, prefix: 'a/Dockerfile' })]],
    ['a prefix of star', [clean, hidden({ prefix: 'a', star: 'tar\0' })]],
    [
      'a prefix in a form without one',
      [clean, part('Dockerfile', '0', leaking.Dockerfile, { magic: '', prefix: 'x' })],
    ],
    [
      'holes that do not fit',
      [
        clean,
        extended({
          'GNU.sparse.size': '5',
          'GNU.sparse.numblocks': '1',
          'GNU.sparse.map': '0,5',
          'GNU.sparse.name': 'x',
        }),
        secret,
      ],
    ],
    [
      'holes of a form that Go does not know',
      [
        clean,
        extended({
          'GNU.sparse.major': '2',
          'GNU.sparse.minor': '0',
          'GNU.sparse.realsize': '5',
          'GNU.sparse.name': 'x',
        }),
        secret,
      ],
    ],
    ['holes of star', [clean, extended({ 'SCHILY.realsize': '5' }), secret]],
    ['an extended header without its entry', [clean, extended({ path: 'x' })]],
    ['another tar behind the end', [clean], Buffer.concat([Buffer.alloc(1024), bytesOf([secret])])],
    ['a header behind one empty block', [clean], Buffer.concat([Buffer.alloc(512), bytesOf([secret])])],
    ['one empty block', [clean], Buffer.alloc(512)],
    ['no end', [clean], Buffer.alloc(0)],
    ['a name that is too long for a file', [clean, extended({ path: 'x/'.repeat(3000) }), secret]],
    ['a device with a size', [clean, part('dev', '3', '', { size: octal(512) }), secret]],
    ['a name of nothing', [clean, part('', '0', leaking.Dockerfile)]],
    ['a file that claims to be a link', [clean, part('Dockerfile', '0', leaking.Dockerfile, { link: 'x' })]],
    ['holes in the form of POSIX', [clean, part('Dockerfile', 'S', leaking.Dockerfile, { magic: 'ustar\x0000' })]],
  ])('%s', async (_, parts, tail) => {
    const { code, passed, stderr } = await gate([mix, ...parts], tail)
    expect({ code, passed }).toEqual({ code: 3, passed: 0 })
    expect(stderr).toMatch(/nothing is passed on\n$/)
    expect(stderr).not.toContain('Zk3vQ')
  })

  test('says where', async () => {
    const { stderr } = await gate([mix, clean, part('././@LongLink', 'L'), secret])
    expect(stderr).toContain('the header at byte 2048 is not read alike by all programs: its long name is empty')
  })
})

describe('a Dockerfile that Docker finds by another path', () => {
  const holed = (body: string) => `2\n0\n${body.length}\n${body.length}\n0\n`.padEnd(512, '\0') + body
  const sparse = { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.name': 'Dockerfile' }
  test.each<[string, readonly Part[]]>([
    ['with a dot', [part('./Dockerfile', '0', leaking.Dockerfile)]],
    ['with a slash before it', [part('/Dockerfile', '0', leaking.Dockerfile)]],
    ['with two slashes', [part('//Dockerfile', '0', leaking.Dockerfile)]],
    ['that goes down and up', [part('a/../Dockerfile', '0', leaking.Dockerfile)]],
    ['by a record', [extended({ path: 'Dockerfile' }), hidden()]],
    ['by a long name', [part('././@LongLink', 'L', 'Dockerfile\0'), hidden()]],
    ['in the place of a folder', [part('Dockerfile/', '5'), part('Dockerfile/x', '0', 'x'), secret]],
    ['in the place of a link', [part('Dockerfile', '2', '', { link: 'mix.exs' }), secret]],
    ['behind an absolute link', [hidden(), part('Dockerfile', '2', '', { link: '/README' })]],
    ['behind a hard link', [hidden(), part('Dockerfile', '1', '', { link: './README' })]],
    [
      'with holes',
      [
        extended({ ...sparse, 'GNU.sparse.realsize': String(leaking.Dockerfile.length) }),
        part('GNUSparseFile.1/x', '0', holed(leaking.Dockerfile)),
      ],
    ],
    ['that comes later', [clean, secret]],
    ['in a form of before POSIX', [part('Dockerfile', '\0', leaking.Dockerfile, { magic: '' })]],
    [
      'with a size in binary',
      [
        {
          ...secret,
          fields: {
            size: Buffer.concat([
              Buffer.from([0x80]),
              Buffer.alloc(9),
              Buffer.from([leaking.Dockerfile.length >> 8, leaking.Dockerfile.length & 255]),
            ]).toString('latin1'),
          },
        },
      ],
    ],
  ])('%s', async (_, parts) => {
    expect(await gate([mix, ...parts])).toMatchObject({ code: 1, passed: 0 })
  })

  test.each<[string, readonly Part[]]>([
    ['behind a link to a folder', [part('d', '2', '', { link: '.' }), part('d/Dockerfile', '0', leaking.Dockerfile)]],
    ['in what is a file', [part('a', '0', 'x'), part('a/../a/Dockerfile', '0', 'x')]],
    ['out of the tar', [part('../Dockerfile', '0', leaking.Dockerfile)]],
    ['that is a hard link to nothing', [part('Dockerfile', '1', '', { link: 'none' })]],
    ['that is a hard link to itself', [part('Dockerfile', '1', '', { link: 'Dockerfile' })]],
    ['that is a hard link to a folder', [part('d/', '5'), part('Dockerfile', '1', '', { link: 'd' })]],
  ])('%s is not judged', async (_, parts) => {
    expect(await gate([mix, clean, ...parts])).toMatchObject({ code: 3, passed: 0 })
  })
})

describe('a tar that is something else as well', () => {
  test('the text of a Dockerfile', async () => {
    const text = '\nFROM elixir:1.18\nENV SECRET_KEY_BASE=x\n#'
    const head = part('# ', 'x', record('comment', text))
    expect(await gate([head, mix, clean])).toMatchObject({ code: 3, passed: 0 })
    expect(await gate([{ ...head, name: 'ARG a=1\nFROM b\n#' }, mix, clean])).toMatchObject({ code: 3, passed: 0 })
    expect(await gate([extended({ mtime: '1.5' }), mix, clean])).toMatchObject({ code: 0 })
  })

  test('frames of zstd', async () => {
    const tar = part('P*M\x18\x02', '0', 'x')
    expect(await gate([tar, mix, clean])).toMatchObject({ code: 3, passed: 0 })
  })
})

describe('what programs write passes', () => {
  test.each<[string, readonly Part[]]>([
    ['git archive', [extended({ comment: 'a'.repeat(40) }, 'g', 'pax_global_header')]],
    [
      'records of a file',
      [extended({ path: 'a', mtime: '1.5', uid: '3000000', 'SCHILY.xattr.security.capability': 'a\0b' }), part('a')],
    ],
    ['names that are not UTF-8', [part('\xe9'), part('\xe8')]],
    ['folders of before POSIX', [part('d/', '\0')]],
    ['a longer end', []],
  ])('%s', async (_, parts) => {
    expect(await gate([...parts, mix, clean], Buffer.alloc(10240))).toMatchObject({ code: 0, stderr: '' })
  })

  test('bytes behind the end that are no tar', async () => {
    const tail = Buffer.concat([Buffer.alloc(1024), Buffer.from('more')])
    expect(await gate([mix, clean], tail)).toMatchObject({ code: 0, stderr: '' })
  })
})

test('of too many files nothing is concluded', async () => {
  const many = Array.from({ length: 50_001 }, (_, index) => part(`f/${index}`))
  const { code, passed, stderr } = await gate([mix, clean, ...many, part('.env', '0', 'SECRET_KEY_BASE=abc')])
  expect({ code, passed }).toEqual({ code: 3, passed: 0 })
  expect(stderr).toContain('50000')
})
