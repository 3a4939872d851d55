import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { cli, folderOf, leaking, tight } from '../cli/cli.ts'

const read = (name: string): Record<string, never> => Object(load(readFileSync(`docs/ci/${name}`, 'utf8')))
const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((found: unknown, key) => Object(found)[key], value)

/** The words that docker-gotchas gets where a shell runs these lines in turn, each with its own variables. */
function wordsOf(
  lines: readonly { readonly line: string; readonly env: Readonly<Record<string, string>> }[],
  cwd: string,
) {
  const bin = folderOf({
    'docker-gotchas': `#!/bin/sh\nprintf '%s\\0' "$@"; printf '\\n'\n`,
    npx: '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done; shift; exec "$@"\n',
  })
  for (const name of ['docker-gotchas', 'npx']) chmodSync(join(bin, name), 0o755)
  const script = lines.map(({ line, env }) => {
    const set = Object.entries({ HOME: '/nowhere', ...env }).map(([name, value]) => `${name}='${value}'`)
    return `( ${set.join('; ')}\n${line}\n)`
  })
  const ran = spawnSync('sh', ['-euc', script.join('\n')], {
    cwd,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}` },
  })
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  return ran.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\0').slice(0, -1))
}

const projects = Object.fromEntries(
  ['a', 'b', 'c', 'd', 'e'].flatMap((name, index) =>
    Object.entries(index % 2 === 0 ? leaking : tight).map(([path, text]) => [`services/${name}/${path}`, text]),
  ),
)

const only = ['--rule', 'secret-in-layer']

/** What one run over all gives. */
async function wholeIn(folder: string): Promise<string> {
  const { code, stdout } = await cli(folder, ['lint', 'services', '--format', 'json', ...only])
  expect(code).toBe(1)
  return stdout
}

/** Runs what an engine runs for each part, then what joins them; gives the folder. */
async function joined(parts: readonly (readonly string[])[], folder: string): Promise<string> {
  for (const words of parts) {
    const cached = words.map((word) =>
      word.includes('.cache') || word.startsWith('/build') ? join(folder, '.cache') : word,
    )
    expect((await cli(folder, [...cached, ...only])).code).toBe(0)
  }
  const { stdout } = await cli(folder, [
    'merge',
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => `shard-${n}.json`).filter((name) => isThere(folder, name)),
    '--format',
    'json',
  ])
  return stdout
}

const isThere = (folder: string, name: string): boolean => spawnSync('test', ['-f', join(folder, name)]).status === 0

test('the parts of a GitHub matrix give what one run gives', async () => {
  const { jobs } = read('many-on-github.yml')
  const shards = at(jobs, 'lint', 'strategy', 'matrix', 'shard')
  expect(shards).toEqual([1, 2, 3, 4])
  expect(at(jobs, 'lint', 'env')).toEqual({ SHARD: '${{ matrix.shard }}', SHARDS: '${{ strategy.job-total }}' })
  const line = String(at(jobs, 'lint', 'steps', 2, 'run'))
  const folder = folderOf(projects)
  const env = { DOCKER_GOTCHAS_PACKAGE: 'docker-gotchas', SHARDS: '4' }
  const parts = wordsOf(
    [1, 2, 3, 4].map((shard) => ({ line, env: { ...env, SHARD: String(shard) } })),
    folder,
  )
  expect(await joined(parts, folder)).toBe(await wholeIn(folder))
  const [merge = []] = wordsOf([{ line: String(at(jobs, 'report', 'steps', 1, 'run')), env }], folder)
  expect(merge).toContain('shard-4.json')
  expect((await cli(folder, merge)).code).toBe(1)
  expect(readFileSync(join(folder, String(at(jobs, 'report', 'steps', 2, 'with', 'sarif_file'))), 'utf8')).toContain(
    '2.1.0',
  )
})

test('the parallel jobs of GitLab give what one run gives', async () => {
  const all = read('many-on-gitlab.yml')
  const count = Number(at(all, 'docker-gotchas', 'parallel'))
  const line = String(at(all, 'docker-gotchas', 'script', 0))
  const folder = folderOf(projects)
  const env = { DOCKER_GOTCHAS_PACKAGE: 'x', CI_PROJECT_DIR: '/build/a', CI_NODE_TOTAL: String(count) }
  const parts = wordsOf(
    Array.from({ length: count }, (_, index) => ({ line, env: { ...env, CI_NODE_INDEX: String(index + 1) } })),
    folder,
  )
  expect(await joined(parts, folder)).toBe(await wholeIn(folder))
  const [merge = []] = wordsOf([{ line: String(at(all, 'docker-gotchas-report', 'script', 0)), env }], folder)
  expect((await cli(folder, merge)).code).toBe(1)
  const report = String(at(all, 'docker-gotchas-report', 'artifacts', 'reports', 'codequality'))
  expect(JSON.parse(readFileSync(join(folder, report), 'utf8'))).toHaveLength(3)
})

test('the pods of an Indexed Job give what one run gives', async () => {
  const { spec } = read('many-on-kubernetes.yaml')
  const count = Number(at(spec, 'completions'))
  const container = at(spec, 'template', 'spec', 'containers', 0)
  expect([at(spec, 'completionMode'), at(container, 'env', 0)]).toEqual([
    'Indexed',
    { name: 'SHARDS', value: String(count) },
  ])
  const line = String(at(container, 'args', 0))
  const folder = folderOf(projects)
  const parts = wordsOf(
    Array.from({ length: count }, (_, index) => ({
      line,
      env: { SHARDS: String(count), JOB_COMPLETION_INDEX: String(index) },
    })),
    folder,
  ).map((words) => words.map((word) => word.replace(/^\/sources$/, 'services').replace('/reports/', '')))
  expect(await joined(parts, folder)).toBe(await wholeIn(folder))
})
