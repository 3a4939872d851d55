import { expect, test, vi } from 'vitest'
// Loaded first: vitest does not mock a module that two dynamic imports ask for at the same time.
import '../../src/analyze.ts'
import { exit } from '../../src/cli/io/exit.ts'
import { cli, folderOf, late } from '../cli/cli.ts'

vi.mock('../../src/rules/index.ts', async () => {
  const { lateAssets } = await import('../cli/rule.ts')
  return {
    rules: [
      { ...lateAssets, preview: true },
      { ...lateAssets, id: 'old-one', severity: 'warning' },
    ],
  }
})

const lint = async (settings: string, ...args: readonly string[]) => {
  const folder = folderOf({ ...late, '.docker-gotchas.yaml': settings })
  return cli(folder, ['lint', '--ignore', 'ignore-unused', ...args])
}

test('a preview is shown as one and fails no run', async () => {
  const { code, stdout } = await lint('', '--rule', 'assets-after-release')
  expect(code).toBe(exit.clean)
  expect(stdout).toContain('error[assets-after-release]: too late (preview)')
  expect((await lint('', '-q')).stdout).toContain('error: too late [assets-after-release] (preview)\n')
  const json = JSON.parse((await lint('', '--format', 'json')).stdout)
  expect(json.findings.map((one: { rule: string; preview?: boolean }) => [one.rule, one.preview])).toEqual([
    ['assets-after-release', true],
    ['old-one', undefined],
  ])
})

test('with --preview and the preset strict it counts as others do', async () => {
  for (const [settings, flags] of [
    ['', ['--preview']],
    ['preset: strict', []],
  ] as const) {
    const { code, stdout } = await lint(settings, '--rule', 'assets-after-release', ...flags)
    expect(code).toBe(exit.findings)
    expect(stdout).not.toContain('(preview)')
  }
})

test('what fails a run: the flag, the setting, the preset, warnings', async () => {
  const codeOf = async (settings: string, ...args: readonly string[]) =>
    (await lint(settings, '--rule', 'old-one', ...args)).code
  expect(await codeOf('')).toBe(exit.findings)
  expect(await codeOf('fail-on: error')).toBe(exit.clean)
  expect(await codeOf('fail-on: error', '--fail-on', 'info')).toBe(exit.findings)
  expect(await codeOf('rules: {old-one: info}')).toBe(exit.clean)
  expect(await codeOf('rules: {old-one: info}\npreset: strict')).toBe(exit.findings)
  expect(await codeOf('rules: {old-one: info}\npreset: strict\nfail-on: warning')).toBe(exit.clean)
  expect(await codeOf('rules: {old-one: error}\nfail-on: error')).toBe(exit.findings)
})
