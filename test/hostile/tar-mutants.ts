import {
  bytesOf,
  extended,
  type Field,
  fields,
  gnu,
  headerBytes,
  type Part,
  part,
  posix,
  record,
} from './tar-blocks.ts'

/** Numbers that look random, the same for the same seed (mulberry32). */
export function randomOf(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    chance: (share: number) => next() < share,
    one: <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0],
  }
}

type Random = ReturnType<typeof randomOf>

const plain = [
  'Dockerfile',
  './Dockerfile',
  'a/../Dockerfile',
  '/Dockerfile',
  'a',
  'd/e',
  '\xe9',
  'x'.repeat(100),
  '.env',
  '..',
  'f//g',
  'M\xc3\xbcsli',
] as const
const names = [...plain, ...plain, 'd/', ''] as const
const numbers = [
  '0',
  '00000000000\0',
  '00000000005\0',
  '      5 \0\0\0\0\0',
  '5\0\0\0\0\0\0\0\0\0\0\0',
  '77777777777\0',
  '777777777777',
  '\x80\0\0\0\0\0\0\0\0\0\0\x05',
  '\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfb',
  '\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff',
  '8',
  '\x005\0',
  '-5',
  '+5',
  '5 5',
  '\0',
  '            ',
  '0x5',
  '00000000005x',
  '5\0x',
  '\x81\0\0\0\0\0\0\0\0\0\0\x05',
] as const
const types = [
  '0',
  '\0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  'S',
  'x',
  'g',
  'L',
  'K',
  'N',
  'X',
  'D',
  'V',
  'M',
  'A',
  ' ',
] as const
const magics = [
  posix,
  gnu,
  '\0\0\0\0\0\0\0\0',
  'ustar\0\0\0',
  'ustar\x00 \0',
  'ustar  ',
  'ustar',
  'USTAR\x0000',
] as const
const keys = [
  'path',
  'linkpath',
  'size',
  'uid',
  'gid',
  'mtime',
  'atime',
  'uname',
  'comment',
  'GNU.sparse.name',
  'GNU.sparse.size',
  'GNU.sparse.realsize',
  'GNU.sparse.major',
  'GNU.sparse.minor',
  'GNU.sparse.map',
  'GNU.sparse.numblocks',
  'GNU.sparse.offset',
  'GNU.sparse.numbytes',
  'SCHILY.xattr.user.a',
  'SCHILY.realsize',
  'hdrcharset',
  'VENDOR.x',
  'foo',
  'a=b',
  '',
] as const
const values = [
  'Dockerfile',
  'a',
  'd/',
  '',
  '5',
  '0',
  '1',
  '10',
  '-1',
  '+5',
  '05',
  '1e3',
  '1.5',
  '0,5',
  '0,2,3,2',
  'a\0b',
  'a\nb',
  'BINARY',
  '9999999999999999999',
  '\xff',
] as const
const right = {
  path: 'Dockerfile',
  linkpath: 'a',
  uid: '5',
  gid: '10',
  mtime: '1.5',
  atime: '1',
  uname: 'a',
  comment: 'a b',
  hdrcharset: 'BINARY',
  'SCHILY.xattr.user.a': 'a\0b',
  'VENDOR.x': '',
}
const texts = [
  '',
  'hello',
  'FROM a\n',
  'x'.repeat(600),
  '\0',
  'name\0',
  'name',
  'na\0me\0',
  `${'long/'.repeat(30)}name\0`,
] as const

function records(random: Random): string {
  let text = ''
  for (let count = random.below(3) + (random.chance(0.9) ? 1 : 0); count > 0; count--) {
    const pair = random.one(Object.entries(right) as [[string, string], ...[string, string][]])
    const [key, value] = random.chance(0.8) ? pair : [random.one(keys), random.one(values)]
    const one = record(key, value)
    const odd = random.below(60)
    if (odd === 0) text += one.replace(/^\d+/, (digits) => String(Number(digits) + random.below(3) - 1))
    else if (odd === 1) text += `0${one}`
    else if (odd === 2) text += one.slice(0, -1)
    else if (odd === 3) text += one.replace(' ', '  ')
    else text += one
  }
  return text
}

/** A file with holes as GNU tar writes it, right or nearly so. */
function sparse(random: Random): readonly Part[] {
  const numblocks = random.one(['2', '2', '2', '1', '3', '0'])
  const size = random.one(['1000', '1000', '1000', '600', '5', '-1'])
  const map = random.one(['0,5,990,5', '0,5,990,5', '0,5,1000,0', '5,5,3,5', '0,10', '0,5,990'])
  const base: Record<string, string> = random.chance(0.7) ? { 'GNU.sparse.name': random.one(names) || 'n' } : {}
  const format = random.below(4)
  if (format === 0) {
    const [offsets, body] = ['0,5,990,5', 'helloworld']
    const entries = offsets.split(',').map((value, at) => record(`GNU.sparse.${at % 2 ? 'numbytes' : 'offset'}`, value))
    const head = record('GNU.sparse.size', size) + record('GNU.sparse.numblocks', numblocks)
    return [
      part('PaxHeaders/f', 'x', head + (random.chance(0.8) ? entries.join('') : entries.toReversed().join(''))),
      part('f', '0', body),
    ]
  }
  if (format === 1) {
    const all = { 'GNU.sparse.size': size, 'GNU.sparse.numblocks': numblocks, ...base, 'GNU.sparse.map': map }
    return [extended(all), part('GNUSparseFile.0/f', '0', 'helloworld')]
  }
  if (format === 2) {
    const lines = `${numblocks}\n${map.split(',').join('\n')}\n`
    const all = {
      'GNU.sparse.major': random.one(['1', '1', '1', '0', '2']),
      'GNU.sparse.minor': random.one(['0', '0', '0', '1']),
      ...base,
      'GNU.sparse.realsize': size,
    }
    return [
      extended(all),
      part('GNUSparseFile.0/f', '0', lines.padEnd(512, '\0') + random.one(['helloworld', 'hello', ''])),
    ]
  }
  const octal = (value: number) => `${value.toString(8).padStart(11, '0')}\0`
  const pairs = random.one([
    [0, 5, 990, 5],
    [0, 5, 990, 5],
    [0, 10],
    [990, 5, 0, 5],
    [0, 5, 999, 5],
  ])
  const own = { sparse: pairs.map(octal).join(''), realSize: octal(1000), isExtended: random.chance(0.2) ? '\x01' : '' }
  const more = own.isExtended === '' ? '' : random.one(['\0'.repeat(512), octal(995) + octal(0) + '\0'.repeat(488)])
  const holed = part('s', 'S', `helloworld`, own)
  if (more === '') return [holed]
  return [
    part('s', 'S', '', { ...own, size: octal(10) }, { bytes: [] }),
    { ...part('', '', more), type: 'raw' },
    { ...part('', '', 'helloworld'), type: 'raw' },
  ]
}

/** One or more parts that belong together. */
function some(random: Random): readonly Part[] {
  const file = () => part(random.one(names), random.one(['0', '0', '0', '\0']), random.one(texts))
  switch (random.below(12)) {
    case 0:
      return [part(random.one(names), '5')]
    case 1:
      return [part(random.one(names), random.one(['1', '2']), '', { link: random.one(names) })]
    case 2:
      return [part('././@LongLink', 'L', random.one(texts)), file()]
    case 3:
      return [part('././@LongLink', 'K', random.one(texts)), part('l', random.one(['2', '2', '0']))]
    case 4:
    case 5:
      return [part('PaxHeaders/f', 'x', records(random)), file()]
    case 6:
      return [part('pax_global_header', 'g', random.chance(0.5) ? record('comment', 'abc') : records(random)), file()]
    case 7:
      return sparse(random)
    case 8:
      return [
        part(random.one(names), '0', random.one(texts), {
          magic: random.one(magics),
          prefix: random.one(['', '', 'p', 'p/q']),
        }),
      ]
    default:
      return [file()]
  }
}

function changed(one: Part, random: Random): Part {
  const what = random.below(8)
  if (what === 0) return { ...one, fields: { ...one.fields, type: random.one(types) } }
  if (what === 1) return { ...one, fields: { ...one.fields, magic: random.one(magics) } }
  if (what === 2) return { ...one, fields: { ...one.fields, size: random.one(numbers) } }
  if (what === 3) {
    const field = random.one<Field>([
      'mode',
      'uid',
      'gid',
      'mtime',
      'major',
      'minor',
      'atime',
      'ctime',
      'realSize',
      'sum',
    ])
    return { ...one, fields: { ...one.fields, [field]: random.one(numbers) } }
  }
  if (what === 4)
    return {
      ...one,
      fields: {
        ...one.fields,
        [random.one<Field>(['name', 'link', 'prefix', 'uname'])]: random.one([...names, 'a\0b'] as const),
      },
    }
  if (what === 5) return { ...one, fields: { ...one.fields, star: 'tar\0' } }
  if (what === 6) return { ...one, sum: random.one(['wrong', 'signed', 'signed']) }
  const [start, length] = fields[random.one(Object.keys(fields) as [Field, ...Field[]])]
  return { ...one, bytes: [...one.bytes, [start + random.below(length), random.below(256)]] }
}

/** A tar that is well formed or nearly so; the same for the same seed. */
export function mutant(seed: number): Buffer {
  const random = randomOf(seed)
  let parts: Part[] = []
  for (let count = 1 + random.below(3); count > 0; count--) parts.push(...some(random))
  for (let count = random.one([0, 0, 0, 1, 1, 1, 2, 3]); count > 0; count--) {
    const at = random.below(parts.length)
    const one = parts[at]
    if (one === undefined) break
    const what = random.below(10)
    if (what === 0) parts.splice(at, 1)
    else if (what === 1) parts.splice(random.below(parts.length + 1), 0, one)
    else if (what === 2) parts = parts.toReversed()
    else parts[at] = changed(one, random)
  }
  const tails: readonly [() => Buffer, ...(() => Buffer)[]] = [
    () => Buffer.alloc(1024),
    () => Buffer.alloc(1024),
    () => Buffer.alloc(1024),
    () => Buffer.alloc(10240),
    () => Buffer.alloc(1024),
    () => Buffer.alloc(1024),
    () => Buffer.alloc(1024),
    () => Buffer.alloc(10240),
    () => Buffer.alloc(512),
    () => Buffer.alloc(0),
    () => Buffer.concat([Buffer.alloc(1024), bytesOf([part('Dockerfile', '0', 'second')])]),
    () => Buffer.concat([Buffer.alloc(1024), Buffer.from('more')]),
    () => Buffer.concat([Buffer.alloc(512), headerBytes(part('Dockerfile'))]),
  ]
  const blocks = parts.map((one) => (one.type === 'raw' ? raw(one.body) : bytesOf([one], Buffer.alloc(0))))
  const tar = Buffer.concat([...blocks, random.one(tails)()])
  for (let flips = random.chance(0.1) ? 1 + random.below(3) : 0; flips > 0; flips--) {
    const at = random.below(tar.length)
    tar[at] = (tar[at] ?? 0) ^ (1 << random.below(8))
  }
  return random.chance(0.05) ? tar.subarray(0, random.below(tar.length)) : tar
}

const raw = (body: Uint8Array) => Buffer.concat([body, Buffer.alloc((512 - (body.length % 512)) % 512)])
