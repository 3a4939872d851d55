import { describe, expect, test } from 'vitest'
import { answer, bootWith, observedOf } from './boot-of.ts'
import { expectedOf, isDigested } from './cases.ts'
import { appFiles, applyDiff, type BuildCase, bootCases, buildCases } from './recorded.ts'

/** How the recorder built a release where the record says it in words. */
interface Way {
  /** The steps of the build. */
  readonly steps?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  /** What is done to the release when it is in the image. */
  readonly after?: readonly string[]
  readonly build?: Readonly<Record<string, string>>
}

const usual = ['RUN mix assets.deploy', 'RUN mix release'] as const
const manifest = '{"latest":{},"digests":{}}'
const bundle = 'COPY assets/css/app.css assets/js/app.js priv/static/assets/'
const runtime = appFiles('1.14')['config/runtime.exs'] ?? ''

const ways: Readonly<Record<string, Way>> = {
  as_none: { steps: ['RUN mix release'] },
  as_none_nocfg: { steps: ['RUN mix release'] },
  as_after: { steps: ['RUN mix release', 'RUN mix assets.deploy'] },
  as_dev_env: { steps: ['RUN MIX_ENV=dev mix assets.deploy', 'RUN mix release'] },
  as_copy_only: { steps: [bundle, 'RUN mix release'] },
  as_digest_only: { steps: ['RUN mix phx.digest', bundle, 'RUN mix release'] },
  as_overwrite: {
    steps: ['RUN mix assets.deploy', 'COPY assets/css/app.css priv/static/assets/app.css', 'RUN mix release'],
  },
  as_copy_priv_after: {
    steps: ['RUN mix assets.deploy', 'COPY priv priv', 'RUN mix release'],
    files: { 'priv/static/robots.txt': '' },
  },
  as_copy_priv_stale: {
    steps: ['RUN mix assets.deploy', 'COPY priv priv', 'RUN mix release'],
    files: { 'priv/static/cache_manifest.json': manifest },
  },
  as_deploy_compile_order: {
    steps: ['RUN mix phx.digest', 'RUN mix compile', 'RUN mix release'],
    files: { 'priv/static/assets/app.css': '' },
  },
  as_compile_first: { steps: ['RUN mix compile', ...usual] },
  as_manifest_broken: {
    steps: ['RUN mix assets.deploy', 'COPY broken.json priv/static/cache_manifest.json', 'RUN mix release'],
    files: { 'broken.json': '{' },
  },
  as_rm_manifest: { steps: ['RUN mix assets.deploy', 'RUN rm priv/static/cache_manifest.json', 'RUN mix release'] },
  pe_build: {
    build: {
      DATABASE_URL: 'ecto://postgres:pgpass@127.0.0.1:55999/built',
      PHX_HOST: 'build.example.net',
      SECRET_KEY_BASE: 'b'.repeat(64),
    },
  },
  rx_edit_built: {
    files: { 'edited.exs': runtime.replace('"example.com"', '"edited-in-release.example.com"') },
    after: ['COPY edited.exs releases/0.1.0/runtime.exs'],
  },
  rx_edit_src: {
    steps: [...usual, 'COPY edited.exs config/runtime.exs'],
    files: { 'edited.exs': runtime.replace('"example.com"', '"edited-too-late.example.com"') },
  },
}

const dockerfile = (version: string, { steps = usual, after = [] }: Way) => `FROM elixir:${version} AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY mix.exs mix.lock .tool-versions ./
COPY config config
COPY lib lib
COPY assets assets
COPY priv priv
COPY rel rel
${steps.join('\n')}

FROM debian:bookworm-slim
WORKDIR /app
COPY --from=build /app/_build/prod/rel/my_app ./
${after.join('\n')}
CMD ["/app/bin/my_app", "start"]
`

/** The recorder took other ports where several releases ran, and wrote down the usual one. */
const usualPorts = (text: string) => text.replace(/\b699\d\b/g, '4001')

function filesOf({ id, toolchain, changed }: BuildCase, way: Way): Readonly<Record<string, string>> {
  const app = appFiles(toolchain)
  const files = { 'priv/.keep': '', ...app, ...way.files, Dockerfile: dockerfile(toolchain, way) }
  const swapped = bootCases.find((one) => changed === `see ${one.id}`)
  if (swapped) return { ...files, ...swapped.files }
  if (id !== 'ce_validate_off') return applyDiff(files, usualPorts(changed))
  // The recorder's own mix.exs is another: of its diff only the option counts.
  const release = 'deps: deps(), releases: [my_app: [validate_compile_env: false]]]'
  const ours = { ...files, 'mix.exs': app['mix.exs']?.replace('deps: deps()]', release) ?? '' }
  return applyDiff(ours, changed.slice(changed.indexOf('--- a/config')))
}

/** Whether the input is in the record: some are `see …` of a case that is held back. */
const isWhole = ({ changed }: BuildCase) =>
  !changed.startsWith('see ') || bootCases.some((one) => changed === `see ${one.id}`)

describe('a release that was built in another way does what the recorded one did', () => {
  const cases = buildCases.filter(isWhole).map((one) => [`${one.id} ${one.toolchain}`, one] as const)
  test.each(cases)('%s', async (_, one) => {
    const { id, env, observed } = one
    const way = ways[id] ?? {}
    const outcome = await bootWith(filesOf(one, way), env, way.build)
    const why = JSON.stringify(outcome?.crash?.message ?? outcome?.risks)
    if (observed.boots === undefined) {
      expect(outcome?.crash?.during, why).toBe('build')
      return
    }
    expect(observedOf(outcome), why).toEqual(expectedOf(observed))
    if (observed.static_path !== undefined)
      expect(answer(outcome?.staticManifest)).toBe(isDigested(observed.static_path))
  })
})
