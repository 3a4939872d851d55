import { expect, it, test } from 'vitest'
import { bombs } from '../bombs/shapes.ts'
import { samples } from '../projects.ts'
import { nested, repeated, type Shape, type Texts, whole } from './shapes.ts'
import { analyzed } from './work.ts'

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

/**
 * Doubles an input twice. What the second doubling adds is twice what the first one added, or it is said that it is too
 * much. What grows faster has to be at such a bound when it is eight times as large.
 */
async function expectLinear(textsOf: (n: number) => Texts, n: number, isLast = false): Promise<void> {
  const [one, two, four] = [await analyzed(textsOf(n)), await analyzed(textsOf(2 * n)), await analyzed(textsOf(4 * n))]
  expect([...one.failures, ...two.failures, ...four.failures]).toEqual([])
  if (four.said) return
  const most = 3 * Math.max(two.work - one.work, 0) + unsteady
  if (isLast) expect(four.work - two.work).toBeLessThan(most)
  else if (four.work - two.work >= most) await expectLinear(textsOf, 8 * n, true)
}

/** Caches that fill and files that are found make steps in a line that is straight. */
const unsteady = 40_000

const every = (shapes: readonly Shape[], step: number) => shapes.filter((_, index) => index % step === 0)

test('the first analysis loads the grammar', async () => {
  await analyzed(small)
  expect(nested.length + repeated.length + whole.length).toBeGreaterThan(8000)
})

it.each([...every(nested, 9), ...every(repeated, 23), ...every(whole, 17)])('$name', async ({ texts }) => {
  await expectLinear((n) => ({ ...small, ...texts(n) }), 50)
})

const healthy = samples.find(({ name }) => name === 'mended-shop')?.texts ?? {}
const names = bombs(60, healthy).map(({ name }) => name)

it.each(names)('%s', async (name) => {
  await expectLinear((n) => bombs(n, healthy).find((bomb) => bomb.name === name)?.texts ?? {}, 60)
})
