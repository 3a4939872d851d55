import { describe, expect, it } from 'vitest'
import { edgesIn, graphFor, linesOf, shop } from './graph-for.ts'

describe('stages and steps', () => {
  it('gives each instruction and each command that it leads to', async () => {
    const graph = await graphFor(shop)
    expect(
      graph.stages.map(({ index, name, base, from, ships, line }) => [index, name, base, from, ships, line]),
    ).toEqual([
      [0, 'build', 'elixir:1.18', null, false, 1],
      [1, null, 'debian:bookworm-slim', null, true, 8],
    ])
    expect(linesOf(graph)).toEqual([
      '1 from FROM elixir:1.18 AS build',
      '2 workdir WORKDIR /app',
      '3 env ENV MIX_ENV=prod',
      '4 copy COPY . . → copy /app',
      '5 mix mix deps.get --only prod → packages /app/deps',
      '6 mix mix esbuild shop --minify → bundle /app/priv/static/assets',
      '6 mix mix phx.digest → digest /app/priv/static',
      '6 mix mix release → release /app/_build/prod/rel/shop',
      '8 from FROM debian:bookworm-slim',
      '9 workdir WORKDIR /srv',
      '10 copy COPY --from=build /app/_build/prod/rel/shop ./ → copy /srv',
      '11 cmd CMD ["/srv/bin/shop", "start"]',
    ])
    expect(graph.steps.map(({ id }) => id)).toEqual(graph.steps.map((_, index) => index))
    expect(graph.steps.filter(({ line }) => line === 6).map(({ instruction }) => instruction)).toEqual([5, 5, 5])
    expect(graph.builds).toEqual([{ file: 'Dockerfile', context: { root: '.', files: 3, ignored: 1 } }])
  })

  it('says how the chain gets to a step, and where its words are', async () => {
    const graph = await graphFor({
      ...shop,
      Dockerfile:
        'FROM elixir:1.18\nCOPY . /app\nWORKDIR /app\nRUN if [ -n "$X" ]; then ./build.sh; fi\nCMD ["mix", "phx.server"]\n',
      'build.sh': '#!/bin/sh\nset -e\nmix release\n',
    })
    const release = graph.steps.find(({ command }) => command === 'mix release')
    expect(release).toMatchObject({ line: 4, at: { file: 'build.sh', line: 3 }, runs: 'maybe', stage: 0 })
    expect(release?.via).not.toEqual([])
  })

  it('fills the variables of FROM in', async () => {
    const graph = await graphFor({ Dockerfile: 'ARG TAG=1.18\nFROM elixir:${TAG}\nRUN mix release\n' })
    expect(graph.stages[0]?.base).toBe('elixir:1.18')
  })

  it('ends FROM with its first step whatever ONBUILD brings', async () => {
    const graph = await graphFor({
      Dockerfile: 'FROM elixir:1.18 AS a\nONBUILD RUN mix deps.get\nFROM a AS b\nRUN mix release\n',
    })
    expect(linesOf(graph, 1)[0]).toBe('3 from FROM a AS b')
    expect(linesOf(graph, 1).some((line) => line.includes('mix deps.get'))).toBe(true)
  })
})

describe('edges', () => {
  it('leads from step to step, and from what made a file to what copies it', async () => {
    const graph = await graphFor(shop)
    expect(edgesIn(graph)).toEqual(['6 copy 10 (release)'])
    expect(graph.steps[graph.edges.find(({ kind }) => kind === 'copy')?.from ?? 0]?.command).toBe('mix release')
    const next = graph.edges.filter(({ kind }) => kind === 'next').map(({ from, to }) => [from, to])
    expect(next).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9, 10].map((from) => [from, from + 1]))
  })

  it.each([
    ['a base', 'FROM elixir:1.18 AS a\nRUN mix deps.get\nFROM a\nRUN mix release\n', ['2 base 3']],
    ['a base by variable', 'ARG B=a\nFROM elixir AS a\nFROM $B\nRUN mix release\n', ['2 base 3']],
    [
      'a mount',
      'FROM node AS js\nRUN npm ci\nFROM elixir\nRUN --mount=type=bind,from=js,target=/js mix release\n',
      ['2 mount 4'],
    ],
    ['a copy by number', 'FROM elixir AS a\nRUN mix release\nFROM debian\nCOPY --from=0 /x /y\n', ['2 copy 4']],
    ['an image', 'FROM elixir\nCOPY --from=node:22 /x /y\nRUN mix release\n', []],
    [
      'unknown and later stages',
      'FROM b AS a\nCOPY --from=c /x /y\nFROM elixir AS c\nCOPY --from=c /x /y\nRUN mix release\n',
      [],
    ],
    [
      'a source that is not known',
      'FROM elixir AS a\nRUN mix release\nFROM debian\nARG TARGETARCH\nCOPY --from=a /x-$TARGETARCH /y\n',
      ['2 copy 5'],
    ],
  ])('of %s', async (_, Dockerfile, expected) => {
    expect(edgesIn(await graphFor({ Dockerfile }))).toEqual(expected)
  })
})

describe('ways', () => {
  const on = (graph: Awaited<ReturnType<typeof graphFor>>, way: 'assets' | 'secrets' | 'release') =>
    graph.steps
      .filter(({ ways }) => ways.includes(way))
      .map(({ line, command }) => `${line} ${command.split(' ').slice(0, 2).join(' ')}`)

  it('follows the assets into the release, and the release into the image', async () => {
    const graph = await graphFor(shop)
    expect(on(graph, 'assets')).toEqual(['6 mix esbuild', '6 mix phx.digest', '6 mix release'])
    expect(on(graph, 'release')).toEqual(['6 mix release', '10 COPY --from=build', '11 CMD ["/srv/bin/shop",'])
    expect(on(graph, 'secrets')).toEqual([])
  })

  it('ends where the assets come too late', async () => {
    const late = {
      ...shop,
      Dockerfile: shop.Dockerfile.replace('mix assets.deploy && mix release', 'mix release && mix assets.deploy'),
    }
    const graph = await graphFor(late)
    expect(on(graph, 'assets')).toEqual(['6 mix esbuild', '6 mix phx.digest'])
  })

  it('marks secrets that are written out, copied and mounted', async () => {
    const graph = await graphFor({
      ...shop,
      Dockerfile: shop.Dockerfile.replace(
        'WORKDIR /srv\n',
        'WORKDIR /srv\nENV API_TOKEN=q8Zt5mWx2Lk9Vb4N\nCOPY tls/server.key /srv/\nRUN --mount=type=secret,id=x cat /run/secrets/x\n',
      ),
      'tls/server.key': '-----BEGIN PRIVATE KEY-----\n',
    })
    expect(on(graph, 'secrets')).toEqual([
      '10 ENV API_TOKEN=q8Z·············',
      '11 COPY tls/server.key',
      '12 cat /run/secrets/x',
    ])
  })
})

describe('containers and findings', () => {
  const compose = `services:
  web:
    build: .
    environment:
      LOG_LEVEL: debug
      DATABASE_URL: ecto://shop:q8Zt5mWx2Lk9Vb4N@db/shop
      FROM_SHELL:
    ports: ["80:4000"]
    depends_on: [db]
  db:
    image: postgres:17
    environment: {POSTGRES_USER: shop}
`

  it('gives a service its variables, without secrets', async () => {
    const { containers, stages } = await graphFor({ ...shop, 'compose.yaml': compose })
    const [web, db] = containers
    expect(web).toMatchObject({
      name: 'web',
      stage: 1,
      image: null,
      ports: ['80:4000'],
      needs: ['db'],
      file: 'compose.yaml',
      line: 2,
    })
    expect(stages[web?.stage ?? 0]?.ships).toBe(true)
    expect(web?.variables.map(({ name, value, state, secret, line }) => [name, value, state, secret, line])).toEqual([
      ['DATABASE_URL', 'ecto://shop:q8Z·············@db/shop', 'set', true, 6],
      ['FROM_SHELL', null, 'unknown', false, 7],
      ['LOG_LEVEL', 'debug', 'set', false, 5],
    ])
    expect(web?.start.map(({ command }) => command)).toEqual(['/srv/bin/shop start'])
    expect(db).toMatchObject({ name: 'db', stage: null, image: 'postgres:17' })
  })

  it('puts a finding at its step, at the step of its trail, or at its variable', async () => {
    const graph = await graphFor({
      ...shop,
      Dockerfile: shop.Dockerfile.replace('WORKDIR /srv\n', 'WORKDIR /srv\nENV API_TOKEN=q8Zt5mWx2Lk9Vb4N\n'),
      'compose.yaml': compose,
    })
    const at = (part: { readonly findings: readonly number[] } | undefined) =>
      part?.findings.map((index) => graph.findings[index]?.rule)
    expect(at(graph.steps.find(({ kind, stage }) => kind === 'env' && stage === 1))).toContain('secret-in-layer')
    expect(at(graph.containers[0]?.variables.find(({ name }) => name === 'DATABASE_URL'))).toContain(
      'secret-in-compose',
    )
  })

  it('gives the bare image a container of its own', async () => {
    const { containers } = await graphFor(shop)
    expect(containers.map(({ name, stage, start }) => [name, stage, start.length])).toEqual([[null, 1, 1]])
  })

  it('draws a build once for services that share it, and again for other arguments', async () => {
    const two = (args: string) => `services:\n  a:\n    build: .\n  b:\n    build:\n      context: .\n${args}`
    const same = await graphFor({ ...shop, 'compose.yaml': two('') })
    expect(same.builds.length).toBe(1)
    expect(same.containers.map(({ stage }) => stage)).toEqual([1, 1])
    const other = await graphFor({ ...shop, 'compose.yaml': two('      args: {X: "1"}\n') })
    expect(other.builds.length).toBe(2)
    expect(other.stages.map(({ index }) => index)).toEqual([0, 1, 2, 3])
    expect(other.containers.map(({ stage }) => stage)).toEqual([1, 3])
  })

  it('marks each target that runs', async () => {
    const { stages } = await graphFor({
      Dockerfile:
        'FROM elixir AS base\nENV MIX_ENV=prod\nRUN mix release\nFROM base AS web\nCMD ["mix", "phx.server"]\nFROM base AS worker\nCMD ["mix", "run", "--no-halt"]\n',
      'compose.yaml':
        'services:\n  a: {build: {context: ., target: web}}\n  b: {build: {context: ., target: worker}}\n',
    })
    expect(stages.map(({ name, ships }) => [name, ships])).toEqual([
      ['base', false],
      ['web', true],
      ['worker', true],
    ])
  })
})

describe('what is not for production', () => {
  it.each(['Dockerfile.dev', 'proxy/Dockerfile'])('draws %s where it is named', async (path) => {
    const text = path === 'Dockerfile.dev' ? 'FROM elixir\nCMD ["mix", "phx.server"]\n' : 'FROM nginx\nCOPY x /y\n'
    const named = await graphFor({ ...shop, [path]: text }, [path])
    expect(named.builds.map(({ file }) => file)).toContain(path)
    expect(named.stages.at(-1)?.ships).toBe(true)
    const all = await graphFor({ ...shop, [path]: text })
    expect(all.builds.map(({ file }) => file)).toEqual(['Dockerfile'])
  })

  it('draws what there is where nothing is for production', async () => {
    const graph = await graphFor({ 'Dockerfile.dev': 'FROM elixir\nCMD ["mix", "phx.server"]\n' })
    expect(graph.stages.length).toBe(1)
  })

  it('has nothing to draw without a Dockerfile', async () => {
    expect((await graphFor({ 'mix.exs': '' })).stages).toEqual([])
  })
})
