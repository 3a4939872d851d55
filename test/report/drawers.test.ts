import { expect, test } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { rules } from '../../src/rules/index.ts'
import { textsIn } from '../folders.ts'
import { treeFor } from '../trees.ts'

const release = textsIn('samples/bases/release')
const start = 'CMD ["/app/bin/shop", "start"]'

test.each([
  ['["/app/bin/server"]', 'no-such-release-command', 'host-and-server'],
  ['["/app/bin/shop_web", "start"]', 'no-such-release-command', 'host-and-server'],
  ['["/app/bin/migrate"]', 'no-such-release-command', 'migrations'],
  ['["mix", "phx.server"]', 'mix-in-release', 'host-and-server'],
  ['["mix", "ecto.migrate"]', 'mix-in-release', 'migrations'],
])('what is wrong with %s stands where a user looks for it', async (words, rule, gotcha) => {
  const { Dockerfile = '' } = release
  expect(Dockerfile).toContain(start)
  const texts = { ...release, Dockerfile: Dockerfile.replace(start, `CMD ${words}`) }
  const { diagnostics } = await analyze(treeFor(texts))
  expect(diagnostics.filter((one) => one.rule === rule).map((one) => one.gotcha)).toEqual([gotcha])
})

test.each([
  ['release-not-shipped', 'image'],
  ['release-not-built', 'image'],
  ['uploads-lost', 'image'],
  ['mix-env-unset', 'runtime-config'],
  ['nothing-started', 'host-and-server'],
])('%s is of %s', (id, gotcha) => {
  expect(rules.find((rule) => rule.id === id)?.gotcha).toBe(gotcha)
})
