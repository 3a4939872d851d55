import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { textsIn } from '../folders.ts'
import { cli, folderOf, late, leaking } from './cli.ts'

/** Projects with fixes, trails, secrets, ignores and nothing to check. */
const projects = folderOfProjects({
  a: textsIn('samples/first-deploy'),
  'b é': leaking,
  c: {
    ...late,
    Dockerfile: late.Dockerfile.replace('FROM', '# docker-gotchas global ignore=runs-as-root -- a test\nFROM'),
  },
  d: { 'package.json': '{}' },
  e: { ...late, '.docker-gotchas.yaml': 'ignore:\n  - rules: nothing-started\n    paths: Dockerfile\n' },
})

function folderOfProjects(all: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, files]) =>
      Object.entries(files).map(([path, text]) => [`${name}/${path}`, text] as const),
    ),
  )
}

/** All formats but those that show the code around a finding. */
const formats = [
  'json',
  'ndjson',
  'sarif',
  'github',
  'gitlab_codeclimate',
  'codeclimate',
  'codacy',
  'checkstyle',
  'gnu',
  'junit',
  'rdjson',
  'sonarqube',
]

const sorted = (text: string) => text.split('\n').toSorted()

test.each(['json', 'ndjson', 'sarif'])('the %s of all shards, joined, is that of the whole run', async (format) => {
  const folder = folderOf(projects)
  for (const index of [1, 2, 3])
    await cli(folder, ['lint', '--preview', '--shard', `${index}/3`, '--format', `${format}=${index}.out`])
  const reports = ['1.out', '2.out', '3.out']
  for (const wanted of format === 'sarif' ? ['sarif', 'gnu', 'checkstyle'] : formats) {
    const whole = await cli(folder, ['lint', '--preview', '--format', wanted])
    const merged = await cli(folder, ['merge', ...reports, '--format', wanted])
    expect([merged.code, merged.stderr]).toEqual([whole.code, whole.stderr])
    expect(whole.stdout.length).toBeGreaterThan(500)
    // What is printed as it comes is in the order of the projects.
    if (['ndjson', 'gnu', 'codacy', 'codeclimate', 'github'].includes(wanted))
      expect(sorted(merged.stdout)).toEqual(sorted(whole.stdout))
    else expect(merged.stdout).toBe(whole.stdout)
  }
})

test('a report is told once, however often it is given, and by --fail-on', async () => {
  const folder = folderOf(projects)
  await cli(folder, ['lint', '--format', 'json=a.json', '--format', 'sarif=a.sarif', 'a'])
  const once = await cli(folder, ['merge', 'a.json', '--format', 'gnu'])
  const twice = await cli(folder, ['merge', 'a.sarif', 'a.json', './a.json', '--format', 'gnu'])
  expect(twice).toEqual(once)
  expect(once.code).toBe(1)
  expect((await cli(folder, ['merge', 'a.json', '--fail-on', 'never'])).code).toBe(0)
  const { stdout } = await cli(folder, ['merge', 'a.json'])
  expect(stdout).toContain('RUN mix release')
})

test('a shard that is missing is not clean', async () => {
  const folder = folderOf(projects)
  await cli(folder, ['lint', '--shard', '2/3', '--format', 'json=2.json'])
  const { code, stderr } = await cli(folder, ['merge', '2.json', '--fail-on', 'never', '--format', 'json'])
  expect([code, stderr]).toEqual([3, 'docker-gotchas: there is no report of shards 1/3, 3/3\n'])
})

test.each([
  ['no JSON', '{"version": 1, "findings": [', /r\.json:1:29: here the report stops being JSON/],
  [
    'of a newer version',
    '{"version": 2, "findings": [], "summary": {}}',
    /r\.json:1:13: this report is of version 2, and/,
  ],
  ['foreign', '{"issues": []}', /r\.json:1:1: this is no report of docker-gotchas: it has no `version`/],
  ['with a foreign finding', '{"version":1,"findings":[\n{"rule":7}],"summary":{}}', /r\.json:2:9: `rule` is no text/],
  ['cut', '{"kind":"finding","version":1}\n{"kind":"find', /r\.json:2:1: the report ends before its summary/],
  [
    'of an older SARIF',
    '{"version":"2.0.0","runs":[]}',
    /r\.json:1:12: this is SARIF of version "2.0.0", and 2.1.0 is read/,
  ],
  [
    'SARIF of another tool',
    '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}',
    /r\.json:1:54: this is SARIF of "x", and not of docker-gotchas/,
  ],
  ['empty', '', /r\.json:1:1: here the report stops being JSON/],
])('a report that is %s is told with its place', async (_, text, told) => {
  const folder = folderOf({ 'r.json': text })
  const { code, stdout, stderr } = await cli(folder, ['merge', 'r.json'])
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(told)])
})

test('a report that is not there, and none at all', async () => {
  const folder = folderOf({})
  expect(await cli(folder, ['merge', 'x.json'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no file `x.json`'),
  })
  expect(await cli(folder, ['merge'])).toMatchObject({ code: 2, stderr: expect.stringContaining('name the reports') })
  writeFileSync(join(folder, 'b'), new Uint8Array([0, 1]))
  expect(await cli(folder, ['merge', 'b'])).toMatchObject({ code: 2, stderr: expect.stringContaining('NUL') })
})
