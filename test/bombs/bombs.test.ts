import { expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import { samples } from '../projects.ts'
import { withShared } from '../trees.ts'
import { bombs } from './shapes.ts'

const healthy = samples.find(({ name }) => name === 'mended-shop')?.texts ?? {}

/** Large enough for what grows as the square to be felt; `npm run bench` has them seventeen times as large. */
const size = 600

it.each(bombs(size, healthy))('$name: comes to an end without a false error', async ({ texts, wrong }) => {
  const { diagnostics, failures } = await analyze(withShared(await discover(memoryHost(texts))))
  expect(failures).toEqual([])
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  expect([...new Set(errors.map(({ rule }) => rule))]).toEqual(wrong)
})
