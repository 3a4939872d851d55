import { describe, expect, it } from 'vitest'
import { type DiscoverOptions, discover } from '../../src/files/discover.ts'
import { type Host, ReadFailure } from '../../src/files/host.ts'
import { memoryHost } from '../../src/files/memory.ts'

const paths = (items: readonly { readonly path: string }[]) => items.map((item) => item.path)

async function read(files: Record<string, string | Uint8Array>, options?: DiscoverOptions) {
  return discover(memoryHost(files), options)
}

async function sourcesOf(...names: readonly string[]) {
  return paths((await read(Object.fromEntries(names.map((name) => [name, 'x\n'])))).sources)
}

describe('what is read as text', () => {
  it.each([
    ['Dockerfile'],
    ['Dockerfile.prod'],
    ['docker/prod.Dockerfile'],
    ['Containerfile'],
    ['.dockerignore'],
    ['Dockerfile.prod.dockerignore'],
    ['compose.yaml'],
    ['docker-compose.override.yml'],
    ['stack.yml'],
    ['deploy/web.yaml'],
    ['docker-compose/services/db.yml'],
    ['.env'],
    ['.env.example'],
    ['.envrc'],
    ['config/prod.env'],
    ['env.prod'],
    ['mix.exs'],
    ['mix.lock'],
    ['apps/web/mix.exs'],
    ['config/runtime.exs'],
    ['apps/web/config/prod.exs'],
    ['rel/env.sh.eex'],
    ['rel/overlays/bin/server'],
    ['lib/my_app/deps/deep.ex'],
    ['lib/app_web/page.html.heex'],
    ['.kamal/secrets'],
    ['package.json'],
    ['assets/package.json'],
    ['Makefile'],
    ['build.mk'],
    ['justfile'],
    ['Procfile'],
    ['fly.toml'],
    ['litefs.yml'],
    ['bin/entry.sh'],
    ['.gitignore'],
    ['.tool-versions'],
    ['.docker-gotchas.yaml'],
  ])('%s', async (path) => expect(await sourcesOf(path)).toEqual([path]))

  it.each([
    ['Dockerfile.eex'],
    ['dockerfile_test.go'],
    ['priv/templates/Dockerfile.md'],
    ['lib/app_web/page.html.eex'],
    ['priv/templates/page.html.heex'],
    ['priv/repo/migrations/1_a.exs'],
    ['assets/app.js'],
    ['src/locales/en.yml'],
    ['README.md'],
    ['env.ex'],
    ['LICENSE'],
    ['_build/prod/lib/a.ex'],
    ['deps/a/b/node_modules/c/package.json'],
  ])('not %s', async (path) => expect(await sourcesOf(path)).toEqual([]))

  it('reads a file without an ending where it begins with #!', async () => {
    const found = await read({
      'bin/start': '#!/bin/sh\n',
      'bin/data': 'data',
      'bin/odd': new Uint8Array([0x23, 0x21, 0]),
    })
    expect(paths(found.sources)).toEqual(['bin/start'])
    expect(found.problems).toEqual([])
  })

  it('reads what is named', async () => {
    expect(paths((await read({ 'notes.txt': 'x' }, { named: ['notes.txt'] })).sources)).toEqual(['notes.txt'])
  })
})

describe('.gitignore', () => {
  it('lists ignored files, reads those that say what they are, and enters no ignored folder', async () => {
    const found = await read({
      '.gitignore': '/deps\n.env*\n!.env.example\n/tmp/\n*.secret.exs\n*.log\n*.sh\n',
      '.env': 'A=1',
      '.env.example': 'A=',
      'a.log': '',
      'go.sh': '',
      'config/prod.secret.exs': '',
      'deps/a/mix.exs': '',
      'tmp/Dockerfile': '',
    })
    expect(paths(found.entries)).toEqual([
      '.env',
      '.env.example',
      '.gitignore',
      'a.log',
      'config',
      'config/prod.secret.exs',
      'deps',
      'go.sh',
      'tmp',
    ])
    expect(paths(found.entries.filter((entry) => entry.gitIgnored))).toEqual([
      '.env',
      'a.log',
      'config/prod.secret.exs',
      'deps',
      'go.sh',
      'tmp',
    ])
    expect(paths(found.sources)).toEqual(['.env', '.env.example', '.gitignore', 'config/prod.secret.exs'])
  })

  it('holds in its folder, and a nearer one wins', async () => {
    const found = await read({
      '.gitignore': '*.txt\n',
      'a/.gitignore': '!keep.txt\n/only.md\n',
      'a/keep.txt': '',
      'a/lost.txt': '',
      'a/only.md': '',
      'only.md': '',
      'a/b/only.md': '',
    })
    expect(paths(found.entries.filter((entry) => entry.gitIgnored))).toEqual(['a/lost.txt', 'a/only.md'])
  })

  it('lists priv/static although it is ignored', async () => {
    const found = await read({
      '.gitignore': '/priv/static/\n',
      'priv/static/cache_manifest.json': '{}',
      'priv/static/assets/app.css': '',
      'priv/static/assets/deep/app.css': '',
    })
    expect(paths(found.entries.filter((entry) => entry.gitIgnored))).toEqual([
      'priv/static',
      'priv/static/assets',
      'priv/static/assets/app.css',
      'priv/static/assets/deep',
      'priv/static/cache_manifest.json',
    ])
  })

  it('names what tools make, and does not enter it', async () => {
    const found = await read({
      'mix.exs': '',
      '.git/config': '',
      '_build/prod/x': '',
      'deps/a/mix.exs': '',
      'assets/node_modules/a/package.json': '',
    })
    expect(paths(found.entries)).toEqual(['.git', '_build', 'assets', 'assets/node_modules', 'deps', 'mix.exs'])
    expect(found.entries.every((entry) => !entry.gitIgnored)).toBe(true)
  })
})

describe('problems', () => {
  const said = async (files: Record<string, string | Uint8Array>, options?: DiscoverOptions) =>
    (await read(files, options)).problems.map(({ span, message }) => `${span.source.path}: ${message}`)

  it('says which files are no text', async () => {
    expect(
      await said({
        Dockerfile: new Uint8Array([0x46, 0xff]),
        '.env': new Uint8Array([0x41, 0]),
        'compose.yml': new Uint8Array([0xff, 0xfe, 0x41, 0]),
        'rel/overlays/logo': new Uint8Array([0x89, 0]),
      }),
    ).toEqual([
      '.env: the file is not text: byte 2 is NUL',
      'Dockerfile: the file is not UTF-8 text: byte 2 does not fit',
      'compose.yml: the file is UTF-16, and only UTF-8 is read',
    ])
  })

  it('says which files are too large, without reading them', async () => {
    const host: Host = {
      list: async (folder) =>
        folder === '' ? [{ name: 'Dockerfile', kind: 'file', size: 50_000_000, executable: false }] : [],
      read: () => Promise.reject(new Error('it was read')),
    }
    const [problem] = (await discover(host)).problems
    expect(problem?.message).toBe('the file is too large to be read: 50000000 bytes, and the limit is 5000000')
  })

  it('says where a folder stands for a file', async () => {
    expect(await said({ 'Dockerfile/x': '' })).toEqual(['Dockerfile: there is a folder where a file is expected'])
  })

  it('goes on where a folder or a file may not be read', async () => {
    const inner = memoryHost({ 'a/Dockerfile': '', 'b/Dockerfile': '', 'c/Dockerfile': '' })
    const host: Host = {
      list: (folder) => (folder === 'a' ? Promise.reject(new ReadFailure('a', 'denied')) : inner.list(folder)),
      read: (path) => (path === 'b/Dockerfile' ? Promise.reject(new ReadFailure(path, 'denied')) : inner.read(path)),
    }
    const found = await discover(host)
    expect(found.problems.map(({ span, message }) => [span.source.path, message])).toEqual([
      ['a', 'the folder may not be read'],
      ['b/Dockerfile', 'the file may not be read'],
    ])
    expect(found.sources.map(({ path, rest }) => [path, rest])).toEqual([
      ['b/Dockerfile', 'the file may not be read'],
      ['c/Dockerfile', undefined],
    ])
  })

  it('names a link that leads nowhere', async () => {
    const host: Host = {
      list: async () => [{ name: '.env', kind: 'other', size: 0, executable: false }],
      read: () => Promise.reject(new ReadFailure('.env', 'absent')),
    }
    const [problem] = (await discover(host)).problems
    expect(problem?.span.source.path).toBe('.env')
  })
})

describe('limits', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}/Dockerfile`, 'FROM a\n']))

  it('stops at a number of entries', async () => {
    const found = await read(many, { limits: { entries: 15 } })
    expect(found.entries).toHaveLength(15)
    expect(found.truncated).toBe('only the first 15 files and folders are looked at')
  })

  it('stops at a number of bytes', async () => {
    const found = await read(many, { limits: { total: 21 } })
    expect(found.sources).toHaveLength(3)
    expect(found.truncated).toBe('17 files beyond 21 bytes are left out')
  })

  it('stops at a depth', async () => {
    const found = await read({ 'a/b/c/Dockerfile': '' }, { limits: { depth: 1 } })
    expect(paths(found.entries)).toEqual(['a', 'a/b'])
    expect(found.truncated).toBe('folders deeper than 1 are left out')
  })

  it('is silent where everything was read', async () => expect((await read(many)).truncated).toBeUndefined())
})
