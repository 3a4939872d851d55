import { expect, test } from 'vitest'
import { readTree } from '../../src/analyze.ts'
import { bootOutcome, surelyFail } from '../../src/model/outcome/outcome.ts'
import { badOf } from '../../src/rules/example.ts'
import { rules } from '../../src/rules/index.ts'
import { withImageStop } from '../../src/workspace/boots/image-stop.ts'
import { treeFor } from '../trees.ts'

/** Whether `boot` would exit with 1; undefined where it has nothing to say, without a config in view. */
async function failsAtBoot(texts: Parameters<typeof treeFor>[0]): Promise<boolean | undefined> {
  const reading = await readTree(treeFor(texts))
  const outcomes = reading.project.deployments.flatMap((one) => bootOutcome(one) ?? [])
  return outcomes.length === 0 ? undefined : surelyFail(outcomes.map((one) => withImageStop(one, reading)))
}

test('what lint calls an error of the build or of the start, boot does not call well', async () => {
  const stopping = rules.filter(({ stops }) => stops)
  const examples = stopping.flatMap((rule) => rule.examples.map((example) => ({ id: rule.id, example })))
  const clear: string[] = []
  let asked = 0
  for (const { id, example } of examples) {
    const { texts } = badOf(example)
    const reading = await readTree(treeFor(texts))
    const isError = [...(rules.find((rule) => rule.id === id)?.check(reading.project) ?? [])].some(
      ({ severity = 'error', certainty }) => severity === 'error' && certainty !== 'likely',
    )
    const fails = isError ? await failsAtBoot(texts) : undefined
    if (fails !== undefined) asked += 1
    if (fails === false) clear.push(`${id}: ${example.title}`)
  }
  expect(clear).toEqual([])
  expect(asked).toBeGreaterThan(15)
})

const shop = {
  Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release
FROM debian:bookworm-slim
COPY --from=build /app/_build/prod/rel/shop /app
COPY --chmod=755 start.sh /start.sh
CMD ["/start.sh"]
`,
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
  'config/runtime.exs': 'import Config\n',
  'start.sh': '#!/bin/sh\nexec /app/bin/shop start\n',
  'lib/shop.ex': 'defmodule Shop do\nend\n',
}

test('what cannot be read stops what it is a part of', async () => {
  expect(await failsAtBoot(shop)).toBe(false)
  expect(await failsAtBoot({ ...shop, 'start.sh': '#!/bin/sh\nif true; then\nexec /app/bin/shop start\n' })).toBe(true)
  expect(await failsAtBoot({ ...shop, 'lib/shop.ex': '<<<<<<< HEAD\n=======\n>>>>>>> other\n' })).toBe(true)
  expect(await failsAtBoot({ ...shop, Dockerfile: `${shop.Dockerfile}FORM x\n` })).toBe(true)
  expect(await failsAtBoot({ ...shop, 'rel/env.sh.eex': 'if true; then\n' })).toBe(true)
  expect(await failsAtBoot({ ...shop, 'bin/other.sh': 'if true; then\n' })).toBe(false)
})
