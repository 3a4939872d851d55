import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { cli } from './ran.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

it('this repository is clean, and its own samples are checked', async () => {
  const { code, stdout } = await cli(root, ['lint', '.', '--format', 'json'])
  const { findings, summary } = JSON.parse(stdout)
  expect(findings).toEqual([])
  expect(JSON.stringify(summary.checked)).toContain('samples/mended-shop/compose.yaml')
  expect(code).toBe(0)
})
