import { describe, expect, it } from 'vitest'
import { exit } from '../../src/cli/io/exit.ts'
import { rules } from '../../src/rules/index.ts'
import { cli } from './cli.ts'

describe('rules', () => {
  it('lists every rule under its gotcha', async () => {
    const { code, stdout } = await cli('/', ['rules'])
    expect(code).toBe(exit.clean)
    for (const { id } of rules) expect(stdout).toMatch(new RegExp(`^  ${id} `, 'm'))
    expect(stdout).toMatch(/^Runtime configuration$/m)
    expect(stdout).toMatch(/^ {2}no-such-function +error +safe +/m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
  })

  it('as JSON', async () => {
    const { stdout } = await cli('/', ['rules', '--format', 'json'])
    const { version, rules: listed } = JSON.parse(stdout)
    expect(version).toBe(1)
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id))
    expect(listed.find(({ id }: { id: string }) => id === 'no-such-function')).toMatchObject({
      gotcha: 'runtime-config',
      severity: 'error',
      fix: 'safe',
      preview: false,
      docs: 'docs/rules/no-such-function.md',
    })
  })

  it('as Markdown', async () => {
    const { stdout } = await cli('/', ['rules', '--format', 'markdown'])
    expect(stdout.trimEnd().split('\n')).toHaveLength(rules.length + 2)
    expect(stdout).toContain(
      '| [`no-such-function`](docs/rules/no-such-function.md) | Runtime configuration | error | safe |',
    )
  })

  it('takes no operands', async () => {
    const { code, stderr } = await cli('/', ['rules', 'no-such-function'])
    expect(code).toBe(exit.usage)
    expect(stderr).toContain('no-such-function')
  })
})
