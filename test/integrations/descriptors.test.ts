import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { readDockerfile } from '../../src/languages/dockerfile/damage.ts'
import { cli, folderOf, leaking, leaks } from '../cli/cli.ts'
import { problemsOf } from '../report/formats/schemas.ts'

const read = (path: string): Record<string, never> => Object(load(readFileSync(path, 'utf8')))

/** The words of a command line that has no quotes but around a word. */
const wordsOf = (line: string): readonly string[] =>
  line
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^"(.*)"$/, '$1'))

test('the problem matcher finds each line of `lint --quiet`', async () => {
  const { problemMatcher } = JSON.parse(readFileSync('.github/problem-matcher.json', 'utf8'))
  const [
    {
      pattern: [pattern],
    },
  ] = problemMatcher
  const { stdout } = await cli(resolve('.'), ['lint', '-q', '--no-config', 'samples/first-deploy', '--preview'])
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines) {
    const match = new RegExp(pattern.regexp).exec(line)
    expect(existsSync(match?.[pattern.file] ?? '')).toBe(true)
    expect(match?.[pattern.severity]).toMatch(/^(error|warning|info)$/)
    expect(match?.[pattern.code]).toMatch(/^[a-z-]+$/)
    expect(Number(match?.[pattern.line])).toBeGreaterThan(0)
  }
})

test('the job for GitLab writes the reports that it names', async () => {
  const { 'docker-gotchas': job } = read('docs/ci/gitlab.yml')
  const { script, artifacts }: { script: readonly string[]; artifacts: { reports: Record<string, string> } } =
    Object(job)
  const [line = ''] = script
  const [npx, yes, from, end, name, ...args] = wordsOf(line)
  expect([npx, yes, from, end, name]).toEqual([
    ...['npx', '--yes', '--package="$DOCKER_GOTCHAS_PACKAGE"', '--', 'docker-gotchas'],
  ])
  const folder = folderOf(leaking)
  expect((await cli(folder, [...args, ...leaks])).code).toBe(1)
  const issues = JSON.parse(readFileSync(join(folder, artifacts.reports.codequality ?? ''), 'utf8'))
  expect(problemsOf('issues', issues)).toEqual([])
  expect(issues).toHaveLength(1)
  expect(readFileSync(join(folder, artifacts.reports.junit ?? ''), 'utf8')).toContain('<testsuites')
})

test('the runner for reviewdog prints what reviewdog reads', async () => {
  const { runner } = read('docs/ci/reviewdog.yml')
  const { cmd, format }: { cmd: string; format: string } = Object(Object(runner)['docker-gotchas'])
  const [program, ...args] = wordsOf(cmd)
  expect([program, format]).toEqual(['docker-gotchas', 'rdjson'])
  const { code, stdout } = await cli(folderOf(leaking), [...args, ...leaks])
  expect(code).toBe(0)
  expect(problemsOf('rdjson', JSON.parse(stdout))).toEqual([])
})

test('the descriptor for MegaLinter calls us as it does', async () => {
  const { linters } = read('docs/ci/docker-gotchas.megalinter-descriptor.yml')
  const [linter]: readonly Record<string, string & readonly string[]>[] = Object(linters)
  if (linter === undefined) throw new Error('no linter')
  const folder = folderOf({ ...leaking, '.docker-gotchas.yaml': 'fail-on: error\n' })
  const sarif = (linter.cli_sarif_args ?? []).map((word) => word.replace('{{SARIF_OUTPUT_FILE}}', 'out.sarif'))
  const config = [linter.cli_config_arg_name ?? '', linter.config_file_name ?? '']
  const { code } = await cli(folder, [...(linter.cli_lint_extra_args ?? []), ...config, ...sarif, ...leaks])
  expect(code).toBe(1)
  expect(JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).runs[0].results).toHaveLength(1)
  // What its schema asks for.
  expect(linter).toMatchObject({ linter_name: 'docker-gotchas', linter_url: expect.stringMatching(/^https:/) })
  for (const flag of [linter.cli_help_arg_name, linter.cli_version_arg_name])
    expect((await cli(folder, [flag ?? ''])).code).toBe(0)
  for (const example of linter.examples ?? []) {
    const [, ...args] = wordsOf(example)
    expect((await cli(folder, [...args, ...leaks])).code).toBe(1)
  }
})

const hooks = (): readonly Record<string, string>[] => Object(load(readFileSync('.pre-commit-hooks.yaml', 'utf8')))

test('the hook of pre-commit runs for the files of a release', async () => {
  const [hook] = hooks()
  const files = new RegExp((hook?.files ?? '').replace('(?x)', ''))
  const wanted = [
    'Dockerfile',
    'ops/web.Dockerfile',
    'compose.yaml',
    'docker-compose.prod.yml',
    'config/runtime.exs',
    'mix.exs',
  ]
  for (const path of [...wanted, '.env.prod', 'rel/overlays/bin/server', 'lib/a.ex'])
    expect([path, files.test(path)]).toEqual([path, true])
  for (const path of ['README.md', 'assets/js/app.js']) expect([path, files.test(path)]).toEqual([path, false])
  const [, ...args] = wordsOf(hook?.entry ?? '')
  expect((await cli(folderOf(leaking), [...args, ...leaks])).code).toBe(1)
})

const hasPreCommit = spawnSync('pre-commit', ['--version']).error === undefined

test.skipIf(!hasPreCommit)(
  'pre-commit itself takes the manifest, and runs the hook where a file of a release is committed',
  () => {
    const valid = spawnSync('pre-commit', ['validate-manifest', '.pre-commit-hooks.yaml'], { encoding: 'utf8' })
    expect([valid.status, valid.stdout + valid.stderr]).toEqual([0, ''])
    const [hook] = hooks()
    const entry = hook?.entry?.replace('docker-gotchas', `node ${resolve('dist/cli.js')}`)
    const config = { repos: [{ repo: 'local', hooks: [{ ...hook, entry, language: 'system', args: leaks }] }] }
    const runIn = (files: Readonly<Record<string, string>>, staged: string) => {
      const folder = folderOf({ ...files, 'README.md': '', '.pre-commit-config.yaml': JSON.stringify(config) })
      const env = { ...process.env, PRE_COMMIT_HOME: join(folder, '.git/cache') }
      const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: folder, env })
      git('init', '-q')
      git('add', '.pre-commit-config.yaml', staged)
      return spawnSync('pre-commit', ['run'], { cwd: folder, env, encoding: 'utf8' })
    }
    const failed = runIn(leaking, 'Dockerfile')
    expect([failed.status, failed.stdout]).toEqual([1, expect.stringContaining('[secret-in-layer]')])
    expect(runIn(leaking, 'README.md').stdout).toContain('Skipped')
  },
)

const hasHadolint = spawnSync('hadolint', ['--version']).error === undefined

test.skipIf(!hasHadolint)('hadolint has nothing to say of the Dockerfile of the tool', () => {
  const { status, stdout } = spawnSync('hadolint', ['docs/docker/Dockerfile'], { encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, ''])
})

test('the image of the tool is small, needs no root and starts the program', () => {
  const text = readFileSync('docs/docker/Dockerfile', 'utf8')
  const { stages } = readDockerfile({ path: 'Dockerfile', text })
  expect(stages).toHaveLength(2)
  const last = text.slice(text.lastIndexOf('FROM')).split('\n')
  expect(last[0]).toMatch(/^FROM node:\d+-alpine$/)
  expect(last).toEqual(expect.arrayContaining(['USER 1000:1000', 'ENTRYPOINT ["docker-gotchas"]']))
})
