import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { cli, folderOf } from '../cli/cli.ts'
import { partsOf } from '../cli/saved-shop.ts'
import { dockerLayout, ociLayout, type SavedParts, type TarEntry, tarOf } from '../files/image/saved.ts'
import { bytesOf, part } from './tar-blocks.ts'

type Files = readonly (readonly [string, TarEntry])[]

const good = () => partsOf({})
const bad = () => partsOf({ cmd: ['/app/bin/shop', 'start'] })
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

async function gate(files: Files | Uint8Array) {
  let passed = 0
  const { code, stderr } = await cli(folderOf({}), ['gate', '--image'], {
    stdin: files instanceof Uint8Array ? files : await tarOf(files),
    pass: async (bytes) => {
      passed += bytes.length
      return true
    },
  })
  return { code, passed: passed > 0, stderr }
}

const clean = { code: 0, passed: true }
const found = { code: 1, passed: false }
const unread = { code: 3, passed: false }

/** The JSON of a file of an image with one thing in it that is another. */
function changed(files: Files, path: RegExp, change: (text: string) => string): Files {
  return files.map(([name, entry]) => [name, path.test(name) && typeof entry === 'string' ? change(entry) : entry])
}

/** An OCI layout whose manifests are changed, with the digests that they then have. */
function remade(
  parts: SavedParts,
  change: (manifest: Record<string, unknown>) => unknown,
  top: (descriptor: Record<string, unknown>) => unknown = (one) => one,
): Files {
  const files = ociLayout([parts])
  const index: { manifests: { digest: string }[] } = JSON.parse(String(files.at(-1)?.[1]))
  const old = index.manifests[0]?.digest.slice(7) ?? ''
  const text = JSON.stringify(change(JSON.parse(String(files.find(([path]) => path.endsWith(old))?.[1]))))
  const manifests = index.manifests.map((one) => top({ ...one, digest: `sha256:${sha256(text)}` }))
  return [
    ...files.slice(0, -1).filter(([path]) => !path.endsWith(old)),
    [`blobs/sha256/${sha256(text)}`, text],
    ['index.json', JSON.stringify({ manifests })],
  ]
}

describe('an image with both manifest.json and index.json', () => {
  test('of one image is that image', async () => {
    const parts = await good()
    expect(await gate([...ociLayout([parts]), ...dockerLayout([parts])])).toMatchObject(clean)
  })

  test('of two is judged by both', async () => {
    const [one, other] = [await good(), await bad()]
    expect(await gate([...ociLayout([one]), ...dockerLayout([other])])).toMatchObject(found)
    expect(await gate([...ociLayout([other]), ...dockerLayout([one])])).toMatchObject(found)
    expect(await gate([...dockerLayout([one]), ...ociLayout([other])])).toMatchObject(found)
  })
})

describe('JSON is read as Docker reads it', () => {
  const config = (files: Files) => files.find(([path]) => /^[0-9a-f]{64}\.json$/.test(path))?.[0]
  test('names of fields in another case', async () => {
    const [one, other] = [dockerLayout([await good()]), dockerLayout([await bad()])]
    const both = [
      ...one.filter(([path]) => path !== 'manifest.json'),
      ...other.filter(([path]) => path.endsWith('.json') && path !== 'manifest.json'),
    ]
    const manifest = String(one.find(([path]) => path === 'manifest.json')?.[1])
    const named = (text: string): Files => [...both, ['manifest.json', text]]
    expect(await gate(named(manifest))).toMatchObject(clean)
    expect(await gate(named(manifest.replaceAll(String(config(one)), String(config(other)))))).toMatchObject(found)
    expect(await gate(named(manifest.replace('"Config"', '"config"')))).toMatchObject(clean)
    expect(await gate(named(manifest.replace('"Config"', `"config":"${config(other)}","Config"`)))).toMatchObject(
      unread,
    )
    expect(
      await gate(named(manifest.replace('"Config"', `"\u{212a}":1,"Config":"${config(other)}","Config"`))),
    ).toMatchObject(unread)
  })

  test.each([
    ['a field twice', (text: string) => text.replace('{"Config"', '{"RepoTags":[],"Config"')],
    ['an image without a config', (text: string) => text.replace('"Config"', '"Other"')],
    ['a layer that is none', (text: string) => text.replace('"Layers":[', '"Layers":[1,')],
    ['something that is no image', (text: string) => text.replace('[{', '[1,{')],
    ['objects in objects', (text: string) => text.replace('[{', `[{"a":${'['.repeat(500)}${']'.repeat(500)},`)],
  ])('%s', async (_, change) => {
    expect(await gate(changed(dockerLayout([await good()]), /^manifest\.json$/, change))).toMatchObject(unread)
  })
})

describe('what is not read of an image is not clean', () => {
  test('a blob that does not have its digest', async () => {
    const files = ociLayout([await good()])
    const last = files.findLastIndex(([path]) => path.startsWith('blobs/'))
    const damaged = files.map(([path, entry], index): readonly [string, TarEntry] => [
      path,
      index === last ? `${entry} ` : entry,
    ])
    expect(await gate(files)).toMatchObject(clean)
    expect(await gate(damaged)).toMatchObject({
      ...unread,
      stderr: expect.stringContaining('does not have its digest'),
    })
  })

  test('layers that are not those of the config, for which Docker takes what it has', async () => {
    const parts = await good()
    const ids = parts.layers.map((layer) => `sha256:${sha256(layer)}`)
    const withIds = (diff_ids: readonly string[]) => ({
      ...parts,
      config: { ...parts.config, rootfs: { type: 'layers', diff_ids } },
    })
    for (const layout of [dockerLayout, ociLayout]) {
      expect(await gate(layout([withIds(ids)]))).toMatchObject(clean)
      expect(await gate(layout([withIds(ids.toReversed())]))).toMatchObject(unread)
      expect(await gate(layout([withIds(ids.slice(1))]))).toMatchObject(unread)
    }
  })

  const layer = (own: object) => (manifest: Record<string, unknown>) => ({
    ...manifest,
    layers: Array.isArray(manifest.layers) ? manifest.layers.map((one: object) => ({ ...one, ...own })) : [],
  })
  test.each<[string, (parts: SavedParts) => Files]>([
    [
      'a foreign layer',
      (parts) =>
        remade(parts, layer({ mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', urls: ['x'] })),
    ],
    [
      'a layer of another type',
      (parts) => remade(parts, layer({ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted' })),
    ],
    ['a layer that is missing', (parts) => remade(parts, layer({ digest: `sha256:${'0'.repeat(64)}` }))],
    ['a layer without a digest', (parts) => remade(parts, layer({ digest: 1 }))],
    [
      'a config of another type',
      (parts) =>
        remade(parts, (manifest) => ({
          ...manifest,
          config: { ...Object(manifest.config), mediaType: 'application/vnd.cncf.helm.config.v1+json' },
        })),
    ],
    ['a manifest without a config', (parts) => remade(parts, ({ config: _, ...manifest }) => manifest)],
    [
      'a manifest of another type',
      (parts) =>
        remade(
          parts,
          (one) => one,
          (descriptor) => ({ ...descriptor, mediaType: 'application/json' }),
        ),
    ],
    [
      'a manifest that is missing',
      (parts) =>
        remade(
          parts,
          (one) => one,
          (descriptor) => ({ ...descriptor, digest: `sha256:${'1'.repeat(64)}` }),
        ),
    ],
    ['a layer in xz', (parts) => ociLayout([parts], () => Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2]))],
    ['a layer in nothing known', (parts) => ociLayout([parts], () => Buffer.from('hello'))],
    [
      'a gzip with something behind it',
      (parts) => ociLayout([parts], (bytes) => Buffer.concat([gzipSync(bytes), Buffer.alloc(9)])),
    ],
    ['a manifest.json that is there twice', (parts) => [...dockerLayout([parts]), ['manifest.json', '[]']]],
    ['a manifest.json behind a slash', (parts) => [...dockerLayout([parts]), ['/manifest.json', '[]']]],
    [
      'a manifest.json in a link',
      (parts) => [...dockerLayout([parts]), ['d', { type: 'symlink', to: '.' }], ['d/manifest.json', '[]']],
    ],
    ['a manifest.json as a folder', (parts) => [...dockerLayout([parts]), ['manifest.json/', { type: 'directory' }]]],
    ['a path that leads out', (parts) => [...dockerLayout([parts]), ['../manifest.json', '[]']]],
  ])('%s', async (_, make) => {
    expect(await gate(make(await good()))).toMatchObject(unread)
  })

  test.each<[string, (manifest: string) => Files]>([
    [
      'in a link',
      (text) => [
        ['x.json', text],
        ['manifest.json', { type: 'link', to: 'x.json' }],
      ],
    ],
    ['behind blanks', (text) => [['manifest.json', ' '.repeat(100) + text]]],
    ['that is very large', (text) => [['manifest.json', text.replace('[', `[${' '.repeat(5_000_000)}`)]]],
    ['behind a byte order mark', (text) => [['manifest.json', `\ufeff${text}`]]],
    ['of nothing', () => [['manifest.json', '']]],
  ])('a manifest.json %s beside a clean index.json', async (_, make) => {
    const [one, other] = [await good(), dockerLayout([await bad()])]
    const [manifest] = other.slice(-1).map(([, text]) => String(text))
    const { code } = await gate([...ociLayout([one]), ...other.slice(0, -1), ...make(manifest ?? '')])
    expect(code).toBe(3)
  })

  test('a manifest in an index that is no JSON to us', async () => {
    const platform = { os: 'linux', architecture: 'amd64' }
    const inIndex = async (change: (text: string) => string) => {
      const files = ociLayout([
        { ...(await good()), platform },
        { ...(await bad()), platform: { ...platform, architecture: 'arm64' } },
      ])
      const index: { manifests: { digest: string }[] } = JSON.parse(String(files.at(-1)?.[1]))
      const old = index.manifests[1]?.digest.slice(7) ?? ''
      const text = change(String(files.find(([path]) => path.endsWith(old))?.[1]))
      const inner = JSON.stringify({
        manifests: [index.manifests[0], { ...index.manifests[1], digest: `sha256:${sha256(text)}` }],
      })
      const top = JSON.stringify({ manifests: [{ digest: `sha256:${sha256(inner)}` }] })
      return gate([
        ...files.slice(0, -1).filter(([path]) => !path.endsWith(old)),
        [`blobs/sha256/${sha256(text)}`, text],
        [`blobs/sha256/${sha256(inner)}`, inner],
        ['index.json', top],
      ])
    }
    expect(await inIndex((text) => text)).toMatchObject(found)
    expect(await inIndex((text) => ' '.repeat(100) + text)).toMatchObject(unread)
    expect(await inIndex((text) => `${text}}`)).toMatchObject(unread)
    expect(await inIndex((text) => text.replace('{', '{"manifests":[],'))).toMatchObject(unread)
  })

  test('an image that claims to be an attestation', async () => {
    const claim = { os: 'unknown', architecture: 'unknown' }
    const files = remade(
      await bad(),
      (one) => one,
      (descriptor) => ({ ...descriptor, platform: claim }),
    )
    expect(await gate(files)).toMatchObject(found)
    const noted = remade(
      await bad(),
      (one) => one,
      (descriptor) => ({ ...descriptor, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }),
    )
    expect(await gate(noted)).toMatchObject(found)
  })

  test('indexes that lie in each other', async () => {
    let inner = JSON.stringify({ manifests: [] })
    const files: (readonly [string, TarEntry])[] = []
    for (let depth = 0; depth < 12; depth++) {
      files.push([`blobs/sha256/${sha256(inner)}`, inner])
      inner = JSON.stringify({ depth, manifests: [{ digest: `sha256:${sha256(inner)}` }] })
    }
    expect(await gate([...files, ['index.json', inner]])).toMatchObject(unread)
  })
})

describe('a layer', () => {
  const withTop = async (...parts: Parameters<typeof bytesOf>[0]) => {
    const shop = await good()
    return dockerLayout([{ ...shop, layers: [...shop.layers, bytesOf(parts)] }])
  }
  const secret = 'SECRET_KEY_BASE=Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz\n'

  test.each<[string, Parameters<typeof bytesOf>[0]]>([
    ['plainly', [part('app/.env', '0', secret)]],
    ['behind a link to its folder', [part('link', '2', '', { link: '/app' }), part('link/.env', '0', secret)]],
    [
      'by a hard link of another name',
      [part('app/.env.prod', '0', secret), part('app/.env', '1', '', { link: 'app/.env.prod' })],
    ],
  ])('that has a secret %s', async (_, parts) => {
    expect(await gate(await withTop(...parts))).toMatchObject(found)
  })

  test.each<[string, Parameters<typeof bytesOf>[0]]>([
    [
      'by a hard link to what is not read',
      [part('app/data.bin', '0', secret), part('app/.env', '1', '', { link: 'app/data.bin' })],
    ],
    ['that it takes out itself', [part('app/.env', '0', secret), part('app/.wh..env', '0')]],
    ['in what is a file', [part('x', '0', 'x'), part('x/.env', '0', secret)]],
    ['with an odd header', [part('././@LongLink', 'L'), part('app/.env', '0', secret)]],
    ['and takes out what has no name', [part('app/.wh.', '0')]],
    ['and takes out its folder', [part('app/.wh..', '0')]],
  ])('that has one %s is not judged', async (_, parts) => {
    expect(await gate(await withTop(...parts))).toMatchObject(unread)
  })
})
