import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { analyze } from '../../src/analyze.ts'
import { analyzeImage } from '../../src/analyze-image.ts'
import { exit } from '../../src/cli/io/exit.ts'
import { discover } from '../../src/files/discover.ts'
import { readImages } from '../../src/files/image/read.ts'
import { readContext } from '../../src/files/tar/context.ts'
import { wantedOfImage } from '../../src/model/image/wanted.ts'
import { cli } from '../cli/ran.ts'
import { piecesOf } from '../files/image/saved.ts'
import { inFolder } from './folder.ts'
import { checkFailures } from './laws/fixes.ts'
import { checkSpans } from './laws/spans.ts'
import { paxRecord, type RawEntry, rawTar } from './tar-bytes.ts'
import type { Input, Target } from './target.ts'
import { many, one, text, word } from './words.ts'

const name = fc.oneof(
  {
    weight: 6,
    arbitrary: one('Dockerfile', '.env', 'config/runtime.exs', 'lib/', 'a', 'a/b', './a', 'compose.yaml', 'link'),
  },
  {
    weight: 2,
    arbitrary: one('manifest.json', 'index.json', 'oci-layout', 'blobs/sha256/aa', 'a/layer.tar', 'a.json'),
  },
  {
    weight: 1,
    arbitrary: one(
      '../x',
      '/etc/passwd',
      '',
      '.',
      '..',
      'a//b',
      'a\nb',
      '.wh.a',
      '.wh..wh..opq',
      'ß'.repeat(60),
      'x'.repeat(120),
    ),
  },
  { weight: 1, arbitrary: word },
)
const manifest = one(
  '[{"Config":"a.json","RepoTags":["a:1"],"Layers":["a/layer.tar"]}]',
  '[{"Config":"a.json","Layers":null}]',
  '{"manifests":[{"digest":"sha256:aa"}]}',
  '{"schemaVersion":2,"config":{"digest":"sha256:aa"},"layers":[{"digest":"sha256:aa"}]}',
  '{"config":{"Env":["SECRET_KEY_BASE=x"],"Cmd":["/app/bin/shop","start"]},"history":[{"created_by":"RUN x"}],"rootfs":{}}',
  '{}',
  '[]',
  'null',
)
const record = fc
  .tuple(
    one(
      'path',
      'linkpath',
      'size',
      'uid',
      'GNU.sparse.name',
      'GNU.sparse.realsize',
      'GNU.sparse.major',
      'x',
      '__proto__',
    ),
    fc.oneof(name, one('0', '12', '-1', '1e3', '99999999999999', '')),
  )
  .map(([key, value]) => paxRecord(key, value))

const body = fc.oneof(
  {
    weight: 3,
    arbitrary: one(
      '',
      'FROM elixir:1.18\nCOPY . .\nRUN mix release\n',
      'SECRET_KEY_BASE=x\n',
      'import Config\n',
      'x'.repeat(512),
    ),
  },
  { weight: 3, arbitrary: manifest },
  { weight: 2, arbitrary: many(record, '') },
  { weight: 2, arbitrary: text`${name}\0` },
  { weight: 1, arbitrary: fc.string() },
)

const entry: fc.Arbitrary<RawEntry> = fc.record({
  name,
  type: fc.oneof(
    { weight: 5, arbitrary: one('0') },
    one('0', '\0', '5', '2', '1', '7', 'S', '3', '6', 'L', 'K', 'x', 'g', 'V', 'D', 'z'),
  ),
  target: fc.oneof(one('', '', 'a', '../../x', '/etc/passwd', 'link'), name),
  body: body.map((content) => Buffer.from(content)),
  size: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    one('00000000007\0', '77777777777\0', '-0000000001\0', '\x80\0\0\0\0\0\0\0\0\0\x02\0', '', '1 2', '        12 '),
  ),
  mode: one('0000644\0', '0000755\0', '7777777\0', '', 'x'),
  magic: fc.oneof({ weight: 3, arbitrary: one('ustar\x0000', 'ustar  \0') }, one('', 'ustar')),
  prefix: fc.oneof({ weight: 5, arbitrary: one('') }, one('a', 'a/b', '..', 'ß')),
  odd: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.tuple(fc.nat(511), fc.nat(255))),
  summed: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, fc.constant(false)),
})

/** What happens to the bytes afterwards. */
const damage = fc.oneof(
  { weight: 6, arbitrary: fc.constant((bytes: Uint8Array) => bytes) },
  {
    weight: 1,
    arbitrary: fc.nat(10_000).map((at) => (bytes: Uint8Array) => bytes.subarray(0, at % (bytes.length + 1))),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(10_000), fc.nat(255)).map(
      ([at, byte]) =>
        (bytes: Uint8Array) =>
          withByte(bytes, at, byte),
    ),
  },
  { weight: 1, arbitrary: fc.constant((bytes: Uint8Array) => gzipSync(bytes, { level: 1 })) },
  {
    weight: 1,
    arbitrary: fc.nat(1000).map((at) => (bytes: Uint8Array) => withByte(gzipSync(bytes, { level: 1 }), at, 0xa5)),
  },
)

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  if (changed.length > 0) changed[at % changed.length] = byte
  return changed
}

const simple: RawEntry = {
  name: 'a',
  type: '0',
  target: '',
  body: Buffer.alloc(0),
  mode: '0000644\0',
  magic: 'ustar\x0000',
  prefix: '',
  summed: true,
}

/** A saved image whose layer is such a tar. */
const saved = (layer: Uint8Array): readonly RawEntry[] => [
  {
    ...simple,
    name: 'manifest.json',
    body: Buffer.from('[{"Config":"a.json","RepoTags":["a:1"],"Layers":["a/layer.tar"]}]'),
  },
  {
    ...simple,
    name: 'a.json',
    body: Buffer.from('{"config":{"Cmd":["/app/bin/shop","start"]},"rootfs":{"diff_ids":["sha256:aa"]}}'),
  },
  { ...simple, name: 'a/layer.tar', body: layer },
]

const tar = fc
  .tuple(fc.array(entry, { maxLength: 6 }), fc.constantFrom(2, 2, 2, 0, 1, 3))
  .map(([entries, end]) => rawTar(entries, end))
const bytes = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: tar }, { weight: 1, arbitrary: tar.map((layer) => rawTar(saved(layer), 2)) }),
    damage,
  )
  .map(([whole, change]) => change(whole))

const maxSize = 10_000_000

/** Tars, whole and broken, as build contexts and as images; `gate` passes on what it was given, or nothing. */
export const tars: Target = {
  name: 'tars',
  inputs: fc
    .tuple(bytes, fc.boolean())
    .map(([whole, gated]): Input => ({ files: { 'a.tar': whole }, ...(gated ? { argv: ['gate'] } : {}) })),
  async obey({ files, argv }) {
    const whole = Buffer.from(files['a.tar'] ?? '')
    if (argv) return checkGate(whole)
    const context = await readContext(piecesOf(whole, 300), { maxSize })
    if (context.kind === 'context') {
      const tree = await discover(context.host)
      const analysis = await analyze(tree)
      checkFailures(analysis)
      checkSpans(analysis.diagnostics)
    }
    const read = await readImages(piecesOf(whole, 700), wantedOfImage, { maxSize })
    for (const image of read.kind === 'images' ? read.images : []) {
      const analysis = await analyzeImage(image)
      checkFailures(analysis)
      checkSpans(analysis.diagnostics)
    }
  },
}

/** Throws where `gate` passes on anything but all that it was given, and only at the exit code that says so. */
const checkGate = (whole: Uint8Array): Promise<void> =>
  inFolder({}, async (folder) => {
    for (const more of [[], ['--image']]) {
      const passed: Uint8Array[] = []
      const pass = async (part: Uint8Array) => passed.push(Uint8Array.from(part)) > 0
      const { code, stderr } = await cli(folder, ['gate', '--spool', folder, ...more], { stdin: whole, pass })
      const all = Buffer.concat(passed)
      if (/docker-gotchas: failed|\n {4}at \S/.test(stderr)) throw new Error(`gate threw: ${stderr}`)
      if (code === exit.clean ? !all.equals(whole) : all.length > 0)
        throw new Error(`gate ends with ${code} and passes on ${all.length} of ${whole.length} bytes`)
    }
  })
