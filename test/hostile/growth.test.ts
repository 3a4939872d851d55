import { beforeAll, expect, it, test } from 'vitest'
import { bombs, inOnePlace } from '../bombs/shapes.ts'
import { samples } from '../projects.ts'
import { nested, repeated, type Shape, type Texts, whole } from './shapes.ts'
import { analyzed, type Kept, keeping } from './work.ts'

const small: Texts = {
  Dockerfile: `FROM elixir:1.18 AS builder
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix deps.get
RUN mix release
FROM debian:bookworm-slim
WORKDIR /app
COPY --from=builder /app/_build/prod/rel/shop ./
USER nobody
CMD ["/app/bin/server"]
`,
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", deps: [{:phoenix, "~> 1.7"}]]
end
`,
  'config/config.exs': 'import Config\n',
  'config/runtime.exs': 'import Config\n',
}

/** Caches that fill and files that are found make steps in a line that is straight. */
const unsteady = 40_000

/**
 * Doubles an input twice. What the second doubling adds is twice what the first one added, or nearly nothing, or it is
 * said that it is too much. What grows faster has to be at such a bound when it is eight times as large.
 */
async function expectLinear(textsOf: (n: number) => Texts, kept: Kept, n: number, isLast = false): Promise<void> {
  const work = async (times: number) => {
    const done = await analyzed(textsOf(times * n), kept)
    expect(done.failures).toEqual([])
    return done
  }
  const four = await work(4)
  if (four.said) return
  const two = await work(2)
  if (four.work - two.work < unsteady) return
  const one = await work(1)
  const most = 3 * Math.max(two.work - one.work, 0) + unsteady
  if (isLast) expect(four.work - two.work).toBeLessThan(most)
  else if (four.work - two.work >= most) await expectLinear(textsOf, kept, 8 * n, true)
}

const healthy = samples.find(({ name }) => name === 'mended-shop')?.texts ?? {}
const [keptOfSmall, keptOfHealthy] = [keeping(small), keeping(healthy)]

const every = (shapes: readonly Shape[], step: number) => shapes.filter((_, index) => index % step === 0)

beforeAll(async () => {
  await analyzed(small, keptOfSmall)
  await analyzed(healthy, keptOfHealthy)
})

test('there are many shapes', () => {
  expect(nested.length + repeated.length + whole.length).toBeGreaterThan(8000)
})

it.each([...every(nested, 18), ...every(repeated, 46), ...every(whole, 34)])('$name', async ({ texts }) => {
  await expectLinear((n) => ({ ...small, ...texts(n) }), keptOfSmall, 50)
})

const sized = new Map<number, ReadonlyMap<string, Texts>>()

/** The bombs of a size, by their names. */
function bombsOf(n: number): ReadonlyMap<string, Texts> {
  const all = sized.get(n) ?? new Map(bombs(n, healthy).map(({ name, texts }) => [name, texts]))
  sized.set(n, all)
  return all
}

/** Those that are larger where they should be. */
const names = inOnePlace(bombs(60, healthy)).flatMap(({ name, texts }) =>
  JSON.stringify(texts) === JSON.stringify(bombsOf(120).get(name)) ? [] : [name],
)

it.each(names)('%s', async (name) => {
  await expectLinear((n) => bombsOf(n).get(name) ?? {}, keptOfHealthy, 60)
})
