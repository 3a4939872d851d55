import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { copyTree } from '../scripts/copy-tree.mjs'

test('npm run new-rule begins a rule that is green, and the steps that it tells end in green tests', () => {
  const copy = copyTree()
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  const run = (program: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(program), ...args], {
      cwd: copy,
      encoding: 'utf8',
      // Without what this run of the tests tells its own processes.
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
    })
    return { status, said: stdout + stderr }
  }
  const vitest = (...args: readonly string[]) => run('node_modules/vitest/vitest.mjs', 'run', ...args)
  const page = 'docs/rules/killed-at-once.md'

  expect(run(join(copy, 'scripts/new-rule.mjs'), 'killed-at-once').said).toContain('killed-at-once -u')
  expect(vitest('test/rules.test.ts', '-t', 'killed-at-once', '-u')).toMatchObject({ status: 0 })
  expect(readFileSync(join(copy, 'test/rules/killed-at-once.out'), 'utf8')).toContain(
    'warning certain Dockerfile:11:12-19 the container is stopped by `SIGKILL`',
  )
  expect(vitest('test/docs.test.ts', '-u')).toMatchObject({ status: 0 })
  expect(vitest('test/rules.test.ts', 'test/docs.test.ts', '-t', 'killed-at-once')).toMatchObject({ status: 0 })
  expect(readFileSync(join(copy, page), 'utf8')).toContain('STOPSIGNAL')
  expect(run(join(copy, 'scripts/new-rule.mjs'), 'killed-at-once')).toEqual({
    status: 1,
    said: 'src/rules/image/killed-at-once.ts is there already.\n',
  })
  expect(run(join(copy, 'scripts/new-rule.mjs'), 'Killed').status).toBe(1)
}, 900_000)
