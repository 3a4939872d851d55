import { Graphviz } from '@hpcc-js/wasm-graphviz'
import { describe, expect, it } from 'vitest'
import type { Shown } from '../../../src/masking/shown.ts'
import type { DrawOptions, Graph } from '../../../src/report/graph/graph.ts'
import { graphJson } from '../../../src/report/graph/json.ts'
import { graphTty } from '../../../src/report/graph/tty.ts'
import { graphDot } from '../../../src/report/picture/dot.ts'
import { graphHtml } from '../../../src/report/picture/html.ts'
import { graphMermaid } from '../../../src/report/picture/mermaid.ts'
import { graphSvg } from '../../../src/report/picture/svg.ts'
import { graphFor, plain, shop } from './graph-for.ts'

type Draw = (graph: Shown<Graph>, options: DrawOptions) => string | Promise<string>
const formats: Readonly<Record<string, Draw>> = {
  tty: graphTty,
  json: graphJson,
  mermaid: graphMermaid,
  dot: graphDot,
  svg: graphSvg,
  html: graphHtml,
}
const names = Object.keys(formats)
const drawn = async (name: string, graph: Shown<Graph>) => (await formats[name]?.(graph, plain)) ?? ''

const secret = 'q8Zt5mWx2Lk9Vb4N'
const secrets = [
  'q8Zt5mWx2Lk9Vb4N',
  'Hj3Kd9sLq2Xv7Bn1',
  'ghp_Zx81mKq2Lw93Nd',
  'Yt6Re2Wq9Pl4Mx8C',
  'Bv5Nc1Xz7Lk3Jh9G',
] as const
const leaky = {
  ...shop,
  Dockerfile: shop.Dockerfile.replace(
    'WORKDIR /srv\n',
    `WORKDIR /srv
ARG DB_PASSWORD=${secrets[1]}
ENV API_TOKEN="${secret}" DATABASE_URL=ecto://shop:${secret}@db/shop
RUN curl -H "Authorization: ${secrets[2]}" https://x.example && TOKEN=${secrets[2]} ./run $API_TOKEN
RUN --mount=type=secret,id=x mix hex.organization auth acme --key $API_TOKEN
`,
  ),
  'compose.yaml': `services:
  web:
    build: {context: ., args: {LICENSE_KEY: ${secrets[4]}}}
    env_file: prod.env
    command: /srv/bin/shop eval "IO.puts(\\"${secrets[3]}\\")"
    environment:
      SECRET_KEY_BASE: ${secrets[3]}
      SMTP: smtp://u:${secrets[1]}@mail.example
`,
  'prod.env': `STRIPE_API_KEY=${secrets[4]}\n`,
}

describe.each(names)('%s', (name) => {
  it('holds no secret', async () => {
    const text = await drawn(name, await graphFor(leaky))
    expect(text.length).toBeGreaterThan(100)
    for (const one of secrets) expect(text).not.toContain(one)
    for (const one of secrets) expect(text).not.toContain(one.slice(0, 8))
  })

  it('is the same for the same project', async () => {
    expect(await drawn(name, await graphFor(leaky))).toBe(await drawn(name, await graphFor(leaky)))
  })

  it('holds every stage and container', async () => {
    const text = await drawn(
      name,
      await graphFor({ ...leaky, 'compose.yaml': `${leaky['compose.yaml']}  cache:\n    image: redis:8\n` }),
    )
    for (const part of ['build', 'elixir', 'release', 'web', 'cache', 'redis']) expect(text).toContain(part)
  })

  it('ends with a line break and draws the smallest graph', async () => {
    const text = await drawn(name, await graphFor({ Dockerfile: 'FROM scratch\n' }))
    expect(text).toMatch(/scratch[\s\S]*\n$/)
  })
})

const hostile = {
  ...shop,
  Dockerfile: `FROM elixir:1.18 AS build
LABEL x="</script><img src=x onerror=alert(1)>" y='"\`]--> | #quot; \`\`\`'
RUN mix release && echo "</TD></TABLE>" "quoted" 'single' {a|b} %%{init}%% \\\\
RUN echo \u202e שלום 日本語 🎉 \ufffe \u0007 \u001b[31m x
FROM "we<ird&name" AS b
ENV A="]]>&amp;<!--" B='$\{x}<svg onload=alert(1)>'
COPY --from=build /app /app
CMD ["/app/bin/<x>", "</style></title><script>alert(2)</script>"]
`,
}

describe('hostile texts', () => {
  const ofHostile = async (name: string) => drawn(name, await graphFor(hostile))

  it.each(names)('steer no terminal in %s', async (name) => {
    const text = await ofHostile(name)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  })

  it('are text in a page', async () => {
    const html = await ofHostile('html')
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html.match(/<svg/g)).toHaveLength(1)
    expect(html).not.toMatch(/<img|<!--|\]\]>/)
    expect(html.match(/<\/style/g)).toHaveLength(1)
    expect(html).toContain('&lt;/script&gt;')
  })

  it('are text in a picture', async () => {
    const svg = await ofHostile('svg')
    expect(svg).not.toMatch(/<script|<img|onload=alert\(1\)>|\ufffe/)
    expect(svg.match(/<svg/g)).toHaveLength(1)
    expect(svg.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
    expect(svg).toContain('日本語')
  })

  it('are text in a label of Graphviz', async () => {
    const graphviz = await Graphviz.load()
    const svg = graphviz.layout(await ofHostile('dot'), 'svg', 'dot')
    expect(svg).toContain('&lt;/TD&gt;')
  })

  it('mean nothing to Mermaid', async () => {
    const lines = (await ofHostile('mermaid')).split('\n')
    for (const line of lines) {
      const label = /\["(.*)"\]/.exec(line)?.[1]
      if (label !== undefined)
        expect(label.replaceAll('<br/>', '').replace(/#\d+;/g, '')).toMatch(/^[\p{L}\p{N} .,:/=_-]*$/u)
      else expect(line).toMatch(/^( *(flowchart TB|subgraph .*|end|classDef .*|[sc]\d.*))?$/)
    }
  })
})

describe('json', () => {
  it('keeps the contract', async () => {
    const json = JSON.parse(graphJson(await graphFor(shop)))
    expect(Object.keys(json)).toEqual([
      'version',
      'stages',
      'steps',
      'edges',
      'context',
      'builds',
      'containers',
      'findings',
      'notes',
    ])
    expect(json.version).toBe(1)
    expect(json.context).toEqual({ files: 3, ignored: 1 })
    expect(json.stages[0]).toMatchObject({ name: 'build', index: 0, base: 'elixir:1.18', ships: false })
    expect(json.steps[7]).toMatchObject({
      id: 7,
      stage: 0,
      line: 6,
      command: 'mix release',
      kind: 'mix',
      effects: [{ kind: 'release', path: '/app/_build/prod/rel/shop' }],
    })
    expect(json.edges.at(-1)).toMatchObject({ from: 7, to: 10, kind: 'copy' })
  })
})

describe('tty', () => {
  it('is a tree of stages with what each step leaves behind', async () => {
    expect(graphTty(await graphFor(shop, [], []), plain)).toBe(`Dockerfile · context . · 3 files sent, 1 ignored

build from elixir:1.18
├─ 2 WORKDIR /app
├─ 3 ENV MIX_ENV=prod
├─ 4 COPY . .
├─ 5 RUN mix deps.get --only prod  → packages /app/deps
└─ 6 RUN mix assets.deploy && mix release
    ├─ mix esbuild shop --minify  → bundle /app/priv/static/assets
    ├─ mix phx.digest  → digest /app/priv/static
    └─ mix release  → release /app/_build/prod/rel/shop

stage 1 from debian:bookworm-slim ◆ this image runs
├─  9 WORKDIR /srv
├─ 10 COPY --from=build /app/_build/prod/rel/shop ./  ← build:6 · ● release
└─ 11 CMD ["/srv/bin/shop", "start"]  ● release

the container runs stage 1
  start: /srv/bin/shop start

2 stages, 12 steps, 1 container, 0 findings
`)
  })

  it.each([60, 100, 200])('keeps to %i columns', async (width) => {
    const text = graphTty(await graphFor(leaky), { ...plain, width })
    const long = text.split('\n').filter((line) => line.length > width && /^[├│└]/.test(line))
    expect(long.filter((line) => !/→|←|●/.test(line))).toEqual([])
  })
})

describe('large projects', () => {
  const many = (count: number) => {
    const lines = Array.from({ length: count }, (_, index) => `RUN echo ${index}`)
    return {
      Dockerfile: `FROM elixir AS a\n${lines.join('\n')}\nRUN mix release\nFROM debian\nCOPY --from=a /_build/prod/rel/x /x\n`,
    }
  }

  it.each(['svg', 'html', 'mermaid'])('%s leaves lines out and says so', async (name) => {
    const graph = await graphFor(many(500))
    const text = await drawn(name, graph)
    expect(text).toMatch(/4\d\d more lines/)
    expect(text).toContain('mix release')
    if (name !== 'mermaid') expect(text).toMatch(/Left out, to stay readable: 4\d\d lines of stages/)
  })

  it.each(['svg', 'html', 'mermaid'])('%s leaves stages out, and none that runs', async (name) => {
    const stages = Array.from({ length: 120 }, (_, index) => `FROM elixir AS s${index}\nRUN mix deps.get\n`)
    const text = await drawn(
      name,
      await graphFor({ Dockerfile: `${stages.join('')}FROM elixir AS ships\nRUN mix release\n` }),
    )
    expect(text).toMatch(/\d+ (of 121|more) stages/)
    expect(text).toContain('ships')
  })

  it('is all in json and dot', async () => {
    const graph = await graphFor(many(500))
    expect(JSON.parse(graphJson(graph)).steps).toHaveLength(504)
    expect(graphDot(graph, plain)).toContain('echo 499')
  })
})
