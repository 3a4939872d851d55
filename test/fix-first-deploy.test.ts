import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { cli, folderOf } from './cli/cli.ts'

it('leaves nothing to be found in a first deployment', { timeout: 60_000 }, async () => {
  const folder = folderOf({})
  cpSync(fileURLToPath(new URL('../samples/first-deploy', import.meta.url)), folder, { recursive: true })
  const shown = await cli(folder, ['fix', '--unsafe', '--diff', '--dry-run', '.'])
  await expect(shown.stdout).toMatchFileSnapshot('fix-first-deploy.diff')
  const fixed = await cli(folder, ['fix', '--unsafe', '.'])
  expect(fixed.stderr).not.toContain('left ')
  const linted = await cli(folder, ['lint', '--format', 'json', '.'])
  expect(linted.code).toBe(0)
  expect(JSON.parse(linted.stdout)).toMatchObject({ summary: { errors: 0, warnings: 0, infos: 0 } })
})
