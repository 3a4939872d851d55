import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ImageOptions } from '../../../src/files/image/choose.ts'
import { readImageFolder } from '../../../src/files/image/folder.ts'
import { readImages } from '../../../src/files/image/read.ts'
import { dockerLayout, listing, ociLayout, piecesOf, type SavedParts, type TarEntry, tarOf } from './saved.ts'

const wanted = (path: string) => (path.endsWith('.bin') ? 'bytes' : path.endsWith('.css') ? 'hash' : 'text')
const read = async (bytes: Uint8Array, options: Partial<ImageOptions> = {}, size?: number) =>
  readImages(piecesOf(bytes, size), wanted, { maxSize: 1e9, ...options })
const layersOf = (...layers: readonly Readonly<Record<string, TarEntry>>[]) =>
  Promise.all(layers.map((layer) => tarOf(Object.entries(layer))))

const config = {
  architecture: 'amd64',
  os: 'linux',
  config: {
    Env: ['A=b'],
    Cmd: ['/app/bin/server'],
    User: 'nobody',
    WorkingDir: '/app',
    ExposedPorts: { '4000/tcp': {} },
    Healthcheck: { Test: ['CMD-SHELL', 'true'] },
    Labels: { a: 'b' },
  },
  history: [{ created_by: 'ADD rootfs' }, { created_by: 'ENV A=b', empty_layer: true }, { created_by: 'COPY app' }],
}
const shop = async (): Promise<SavedParts> => ({
  names: ['shop:1'],
  config,
  layers: await layersOf(
    {
      'etc/': { type: 'directory' },
      'etc/os-release': 'ID=debian',
      '.env': 'A=1',
      'bin/sh': { type: 'symlink', to: 'dash' },
    },
    {
      '.wh..env': '',
      './app/a.txt': { text: 'a', mode: 0o755, uid: 7 },
      '/app/b.css': 'b',
      'app/c.bin': new Uint8Array([0, 1]),
    },
  ),
})
const files = ['/.env', '/app/a.txt']

const only = async (bytes: Uint8Array, options?: Partial<ImageOptions>, size?: number) => {
  const found = await read(bytes, options, size)
  if (found.kind === 'broken') throw new Error(`${found.message} (${found.entry})`)
  const [image, more] = found.images
  if (image === undefined || more) throw new Error(`${found.images.length} images`)
  return image
}

describe('a saved image', () => {
  const entries = [
    '/app/a.txt: a @2',
    '/app/b.css: hash @2',
    '/app/c.bin: bytes @2',
    '/bin/sh -> dash @1',
    '/etc/ @1',
    '/etc/os-release: ID=debian @1',
  ]

  test.each<[string, (parts: SavedParts) => Promise<Uint8Array>]>([
    ['of an older Docker', async (parts) => tarOf(dockerLayout([parts]))],
    ['with the manifest first', async (parts) => tarOf(dockerLayout([parts]).toReversed())],
    ['compressed', async (parts) => gzipSync(await tarOf(dockerLayout([parts])))],
    ['of the OCI', async (parts) => tarOf(ociLayout([parts]))],
    ['of the OCI with plain layers', async (parts) => tarOf(ociLayout([parts], (layer) => layer))],
    ['of the OCI with the index first', async (parts) => tarOf(ociLayout([parts]).toReversed())],
    [
      'of a newer Docker, which writes both',
      async (parts) =>
        tarOf(
          [...ociLayout([parts]), ...dockerLayout([parts]).slice(-2)]
            .filter(([path]) => !path.endsWith('layer.tar'))
            .map(([path, entry]) => [path, entry] as const)
            .concat(dockerLayout([parts]).filter(([path]) => path.endsWith('layer.tar'))),
        ),
    ],
  ])('%s', async (_, make) => {
    for (const size of [512, 65536]) {
      const image = await only(await make(await shop()), {}, size)
      expect(image.names).toEqual(['shop:1'])
      expect(image.platform).toBe('linux/amd64')
      expect(listing(image.files)).toEqual(entries)
      expect(image.gone.map(({ entry, goneIn, by }) => [entry.path, entry.layer, goneIn, by])).toEqual([
        ['/.env', 1, 2, 'removed'],
      ])
      expect(image.layers.map(({ index, createdBy }) => [index, createdBy])).toEqual([
        [1, 'ADD rootfs'],
        [2, 'COPY app'],
      ])
    }
  })

  test('in a folder', async () => {
    const root = mkdtempSync(join(tmpdir(), 'oci-'))
    for (const [path, entry] of ociLayout([await shop()])) {
      mkdirSync(join(root, dirname(path)), { recursive: true })
      if (typeof entry === 'string' || entry instanceof Uint8Array) writeFileSync(join(root, path), entry)
    }
    const found = await readImageFolder(root, wanted, { maxSize: 1e9 })
    expect(found.kind === 'images' && found.images.map((image) => listing(image.files))).toEqual([entries])
  })

  test('has its config', async () => {
    const image = await only(await tarOf(dockerLayout([await shop()])))
    expect(image.config).toEqual({
      env: ['A=b'],
      entrypoint: undefined,
      cmd: ['/app/bin/server'],
      shell: undefined,
      user: 'nobody',
      workingDir: '/app',
      exposed: ['4000/tcp'],
      healthcheck: { test: ['CMD-SHELL', 'true'] },
      labels: new Map([['a', 'b']]),
      history: [
        { createdBy: 'ADD rootfs', emptyLayer: false },
        { createdBy: 'ENV A=b', emptyLayer: true },
        { createdBy: 'COPY app', emptyLayer: false },
      ],
    })
  })

  test('has modes, owners and hashes', async () => {
    const image = await only(await tarOf(dockerLayout([await shop()])))
    const [, path = ''] = files
    expect(image.files.get(path)).toMatchObject({ mode: 0o755, uid: 7, size: 1 })
    const md5 = createHash('md5').update('b').digest('hex')
    expect(image.files.get('/app/b.css')?.content).toMatchObject({ kind: 'hash', md5 })
  })

  test('whose layers are links to each other, as older Dockers write the same layer twice', async () => {
    const [layer = Buffer.alloc(0)] = await layersOf({ 'a.txt': 'a' })
    const manifest = [{ Config: 'c.json', RepoTags: ['x:1'], Layers: ['one/layer.tar', 'two/layer.tar'] }]
    const image = await only(
      await tarOf([
        ['one/layer.tar', layer],
        ['two/layer.tar', { type: 'symlink', to: '../one/layer.tar' }],
        ['c.json', '{}'],
        ['manifest.json', JSON.stringify(manifest)],
      ]),
    )
    expect(listing(image.files)).toEqual(['/a.txt: a @2'])
  })
})

describe('layers', () => {
  test.each<[string, readonly Readonly<Record<string, TarEntry>>[], readonly string[]]>([
    ['a later file', [{ a: '1' }, { a: '2' }], ['/a: 2 @2']],
    ['a removed folder', [{ 'd/a': '1', 'd/e/b': '2', c: '3' }, { '.wh.d': '' }], ['/c: 3 @1']],
    ['a removed folder, made again', [{ 'd/a': '1' }, { '.wh.d': '', 'd/b': '2' }], ['/d/b: 2 @2']],
    [
      'an opaque folder',
      [
        { 'd/a': '1', 'd/e/b': '2' },
        { 'd/.wh..wh..opq': '', 'd/c': '3' },
      ],
      ['/d/c: 3 @2'],
    ],
    ['an opaque folder, said last', [{ 'd/a': '1' }, { 'd/c': '3', 'd/.wh..wh..opq': '' }], ['/d/c: 3 @2']],
    ['a file in the place of a folder', [{ 'd/': { type: 'directory' }, 'd/a': '1' }, { d: '2' }], ['/d: 2 @2']],
    ['a hard link', [{ a: '1' }, { b: { type: 'link', to: 'a' } }], ['/a: 1 @1', '/b: 1 @2']],
    ['a hard link to nothing', [{ b: { type: 'link', to: 'a' } }], ['/b: file @1']],
    ['a device', [{ 'dev/null': { type: 'character-device' } }], ['/dev/null: device @1']],
    ['paths that lead out', [{ '../../etc/passwd': 'x', '/a/../../b': 'y' }], ['/b: y @1', '/etc/passwd: x @1']],
    [
      'a circle of links',
      [{ a: { type: 'symlink', to: 'b' }, b: { type: 'symlink', to: 'a' } }],
      ['/a -> b @1', '/b -> a @1'],
    ],
    ['a whiteout of nothing', [{ '.wh.none': '', a: '1' }], ['/a: 1 @1']],
    [
      'marks of the storage',
      [{ '.wh..wh.plnk/1.2': 'x', '.wh..wh.aufs': 'x', a: '1' }],
      ['/.wh..wh.plnk/1.2: x @1', '/a: 1 @1'],
    ],
  ])('%s', async (_, layers, expected) => {
    const image = await only(
      await tarOf(dockerLayout([{ names: ['x'], config: {}, layers: await layersOf(...layers) }])),
    )
    expect(listing(image.files)).toEqual(expected)
  })

  test('of the same path twice, the last one counts', async () => {
    const layer = await tarOf([
      ['a', '1'],
      ['a', '2'],
    ])
    const image = await only(await tarOf(dockerLayout([{ names: [], config: {}, layers: [layer] }])))
    expect(listing(image.files)).toEqual(['/a: 2 @1'])
    expect(image.gone).toEqual([])
  })

  test('with long names', async () => {
    const long = `${'d/'.repeat(60)}${'x'.repeat(150)}`
    const image = await only(
      await tarOf(dockerLayout([{ names: [], config: {}, layers: await layersOf({ [long]: '1' }) }])),
    )
    expect([...image.files.keys()]).toEqual([`/${long}`])
  })
})

describe('several images', () => {
  const other = async (name: string, platform?: SavedParts['platform']): Promise<SavedParts> => ({
    names: [name],
    config: { ...config, ...(platform ?? {}), config: { Env: [`NAME=${name}`] } },
    layers: await layersOf({ [`${name.replace(':', '-')}-${platform?.architecture ?? ''}`]: '1' }),
    ...(platform ? { platform } : {}),
  })

  test('in one file', async () => {
    const tar = await tarOf(dockerLayout([await other('a:1'), await other('b:2')]))
    const found = await read(tar)
    expect(found.kind === 'images' && found.images.map(({ names }) => names)).toEqual([['a:1'], ['b:2']])
    expect((await only(tar, { name: 'b:2' })).names).toEqual(['b:2'])
    const none = await read(tar, { name: 'c' })
    expect(none).toMatchObject({ kind: 'images', images: [], names: ['a:1', 'b:2'] })
  })

  test('for several platforms', async () => {
    const platforms = ['amd64', 'arm64', 's390x'].map((architecture) => ({ os: 'linux', architecture }))
    const tar = await tarOf(ociLayout(await Promise.all(platforms.map((platform) => other('a:1', platform)))))
    expect((await only(tar, { platform: 'linux/s390x' })).platform).toBe('linux/s390x')
    const own = { x64: 'amd64', arm64: 'arm64', s390x: 's390x' }[process.arch as string] ?? 'amd64'
    expect((await only(tar)).platform).toBe(`linux/${own}`)
    expect(await read(tar, { platform: 'linux/riscv64' })).toMatchObject({ images: [] })
  })

  test('attestations are none', async () => {
    const layout = ociLayout([
      await other('a:1', { os: 'linux', architecture: 'amd64' }),
      await other('a:1', { os: 'unknown', architecture: 'unknown' }),
    ])
    expect((await only(await tarOf(layout))).platform).toBe('linux/amd64')
  })
})

describe('what is no good image', () => {
  const parts = shop
  test.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ['nothing', async () => new Uint8Array(0), /it is empty/],
    ['a text', async () => Buffer.from('hello'), /no tar/],
    ['a tar of something else', () => tarOf([['a', 'b']]), /no saved image/],
    [
      'a tar that is cut',
      async () => (await tarOf(dockerLayout([await parts()]))).subarray(0, 3000),
      /ends in the middle|ends too early/,
    ],
    [
      'a gzip that is cut',
      async () => gzipSync(await tarOf(dockerLayout([await parts()]))).subarray(0, 400),
      /ends too early/,
    ],
    [
      'a gzip that is damaged',
      async () => {
        const bytes = gzipSync(await tarOf(dockerLayout([await parts()])))
        bytes.fill(0x55, 60, 200)
        return bytes
      },
      /damaged/,
    ],
    [
      'a layer that is cut',
      async () => {
        const one = await parts()
        return tarOf(dockerLayout([{ ...one, layers: one.layers.map((layer) => layer.subarray(0, 700)) }]))
      },
      /ends in the middle/,
    ],
    [
      'a layer that is missing',
      async () => tarOf(dockerLayout([await parts()]).filter(([path]) => !path.endsWith('layer.tar'))),
      /a layer is missing/,
    ],
    [
      'a config that is missing',
      async () =>
        tarOf(dockerLayout([await parts()]).filter(([path]) => path === 'manifest.json' || !path.endsWith('.json'))),
      /config of the image is missing/,
    ],
    ['a manifest that is no JSON', async () => tarOf([['manifest.json', '[{']]), /no valid JSON/],
    ['an index that is no JSON', async () => tarOf([['index.json', '{"manifests": [']]), /no valid JSON/],
    [
      'an index of nothing that is there',
      async () => tarOf([['index.json', '{"manifests": [{"digest": "sha256:aa"}]}']]),
      /manifest is missing/,
    ],
    ['a bomb', async () => gzipSync(Buffer.alloc(120 * 1024 * 1024)), /more than|no tar|no saved image/],
  ])('%s', async (_, make, message) => {
    const found = await read(await make())
    expect(found.kind === 'broken' ? found.message : found).toMatch(message)
  })

  test('an index that holds itself ends', async () => {
    const index = JSON.stringify({ manifests: [{ digest: 'sha256:aa' }] })
    expect(
      await read(
        await tarOf([
          ['blobs/sha256/aa', index],
          ['index.json', index],
        ]),
      ),
    ).toMatchObject({ images: [] })
  })

  test('more than is allowed', async () => {
    const layers = await layersOf({ big: 'x'.repeat(100_000) })
    for (const tar of [
      await tarOf(dockerLayout([{ names: [], config, layers }])),
      gzipSync(await tarOf(dockerLayout([{ names: [], config, layers }]))),
    ])
      expect(await read(tar, { maxSize: 50_000 })).toMatchObject({
        kind: 'broken',
        message: 'it is larger than --max-size allows',
      })
  })

  test('values of wrong types are left out', async () => {
    const odd = {
      config: { Env: 'A=b', Cmd: [1, 'x'], Labels: { a: 1 }, ExposedPorts: [], Healthcheck: [] },
      history: [1, { created_by: 2 }],
      os: 3,
    }
    const image = await only(await tarOf(dockerLayout([{ names: [], config: odd, layers: [] }])))
    expect(image.config).toMatchObject({ env: [], cmd: ['x'], history: [{ createdBy: '', emptyLayer: false }] })
  })
})
