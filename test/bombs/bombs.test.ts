import { expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import { samples } from '../projects.ts'
import { withShared } from '../trees.ts'
import { bombs, inOnePlace } from './shapes.ts'

const healthy = samples.find(({ name }) => name === 'mended-shop')?.texts ?? {}

/** How the work grows, growth.test.ts says; `npm run bench` has them over thirty times as large. */
const size = 300

it.each(inOnePlace(bombs(size, healthy)))('$name: comes to an end without a false error', async ({ texts, wrong }) => {
  const { diagnostics, failures } = await analyze(withShared(await discover(memoryHost(texts))))
  expect(failures).toEqual([])
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  expect([...new Set(errors.map(({ rule }) => rule))]).toEqual(wrong)
})
