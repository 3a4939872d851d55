import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Orders } from '../../src/cli/many/crew.ts'
import { allOf, inOrder, type Stretch } from '../../src/cli/many/in-order.ts'
import { progressOn } from '../../src/cli/many/progress.ts'
import { keptIn } from '../../src/files/kept.ts'
import type { JsonReport } from '../../src/report/formats/json.ts'
import { partOf } from '../../src/workspace/many/shard.ts'
import { checkUnits } from '../../src/workspace/many/unit.ts'
import { type Around, cli, folderOf, inTime, late, leaking } from './cli.ts'

type Files = Readonly<Record<string, string>>

const inFolder = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))

const several = (names: readonly string[]): Files =>
  Object.assign({}, ...names.map((name, index) => inFolder(name, [late, inTime, leaking][index % 3] ?? late)))

const nine = several(['a', 'a-b', 'b', 'c', 'team/one', 'team/two', 'x', 'y', 'z'])

/** A helper without a thread, which is told and tells copies only, as one is. */
const hire: Around['hire'] = async (orders: Orders) => {
  const { units, options, asked, cwd, env, cache } = structuredClone(orders)
  const kept = cache === undefined ? undefined : keptIn(cache)
  return {
    async ask({ first, end }) {
      const at = { cwd, env, stdin: (async function* () {})() }
      return structuredClone(await allOf(checkUnits(units.slice(first, end), at, options, asked, kept)))
    },
    dismiss: () => undefined,
  }
}

const jsonOf = async (folder: string, args: readonly string[] = [], around: Around = {}): Promise<JsonReport> =>
  JSON.parse((await cli(folder, ['lint', '--format', 'json', ...args], around)).stdout)

test('a folder of projects gives what its projects give when they are named', async () => {
  const folder = folderOf(nine)
  const whole = await jsonOf(folder)
  const named = await jsonOf(folder, ['z', 'y', 'x', 'a', 'a-b', 'b', 'c', 'team/two', 'team/one'])
  expect(whole).toEqual(named)
  expect(whole.summary.checked).toHaveLength(9)
  const alone = await jsonOf(folder, ['a-b'])
  expect(whole.findings.filter(({ file }) => file.startsWith('a-b/'))).toEqual(alone.findings)
})

test.each(['json', 'ndjson', 'tty', 'codeclimate'])('threads change no byte of %s', async (format) => {
  const folder = folderOf(nine)
  const run = (args: readonly string[]) => cli(folder, ['lint', '--format', format, '--preview', ...args], { hire })
  const without = await run([])
  expect(without.code).toBe(1)
  expect(await run(['--jobs', '3'])).toEqual(without)
})

test('a folder whose projects are built together is one project', async () => {
  const together = [
    { ...nine, 'compose.yaml': 'services:\n  a:\n    build: a\n' },
    { ...nine, Makefile: 'all:\n\tdocker build a\n' },
    { ...nine, 'deploy/fly.toml': 'app = "a"\n' },
    { ...nine, 'b/compose.yaml': 'services:\n  a:\n    build: ../a\n' },
    { ...nine, ...inFolder('examples', leaking) },
    { ...nine, ...inFolder('.devcontainer', leaking) },
    { ...nine, 'c/Dockerfile': 'FROM elixir:1.18\nCOPY a/mix.exs .\n' },
  ]
  for (const files of together) {
    const { planOf } = await import('../../src/workspace/many/plan.ts')
    const at = { cwd: folderOf(files), env: {}, stdin: (async function* () {})() }
    expect(await planOf(['.'], at, {})).toMatchObject({ value: { units: [{ path: '.' }] } })
  }
})

test('projects that belong together are one among others, and a name with a word of development is only a name', async () => {
  const files = {
    ...nine,
    ...inFolder('shop-dev', leaking),
    ...inFolder('group/app', leaking),
    'group/run/compose.yaml': 'services:\n  a:\n    build: ../app\n',
    ...inFolder('grouped/app', leaking),
    ...inFolder('grouped/docker', late),
  }
  const { planOf } = await import('../../src/workspace/many/plan.ts')
  const at = { cwd: folderOf(files), env: {}, stdin: (async function* () {})() }
  const planned = await planOf(['.'], at, {})
  const paths = planned.kind === 'done' ? planned.value?.units.map(({ path }) => path) : []
  expect(paths?.filter((path) => /^(group|shop)/.test(path))).toEqual(['group', 'grouped', 'shop-dev'])
})

test('ndjson comes project by project, and its summary last', async () => {
  const written: string[] = []
  const { stdout } = await cli(folderOf(nine), ['lint', '--format', 'ndjson'], {
    onWrite: (text) => written.push(text),
  })
  expect(written.map((text) => new Set(text.match(/"file":"[a-z-]+(?=\/)/g)).size)).toEqual([
    1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
  ])
  expect(stdout).toMatch(/\n\{"kind":"summary",[^\n]*\n$/)
})

test('a project whose settings are wrong does not keep the others of its folder from being checked', async () => {
  const folder = folderOf({ ...nine, 'b/.docker-gotchas.yaml': 'fail-on: lunch\n' })
  const { code, stdout } = await cli(folder, ['lint', '--format', 'json'])
  expect(code).toBe(3)
  const { findings, summary }: JsonReport = JSON.parse(stdout)
  expect(findings.filter(({ rule }) => rule === 'unreadable-file')).toMatchObject([
    { file: 'b/.docker-gotchas.yaml', line: 1 },
  ])
  expect(summary.checked).toHaveLength(8)
  expect((await cli(folder, ['lint', 'a', 'b'])).code).toBe(2)
})

test('progress is a line of a terminal, which is taken away again', () => {
  const written: string[] = []
  const stderr = { write: (text: string) => written.push(text), isTTY: true }
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const told = (env: Record<string, string>, isQuiet: boolean) => {
    written.length = 0
    const progress = progressOn({ stderr, env }, 9, isQuiet)
    for (let done = 0; done < 9; done += 1) {
      progress.show(done, 2)
      vi.advanceTimersByTime(300)
    }
    progress.hide()
    return written.join('')
  }
  const shown = told({}, false)
  expect(shown).toMatch(/^checked 4 of 9 projects, 2 findings …/)
  expect(shown.endsWith('\r\u001b[K')).toBe(true)
  expect(told({}, true) + told({ CI: 'true' }, false) + told({ TERM: 'dumb' }, false)).toBe('')
})

test.each([['0'], ['x'], ['1000']])('`--jobs %s` is no number of threads', async (jobs) => {
  const { code, stderr } = await cli(folderOf(nine), ['lint', '--jobs', jobs])
  expect([code, stderr]).toEqual([2, expect.stringContaining(`\`${jobs}\` is no number of threads`)])
})

test('so many projects are checked together as are small', async () => {
  const sizes = [...Array.from({ length: 34 }, () => 0), 300_000, 0, 300_000, 0]
  const names = sizes.map((_, index) => `p${index + 10}`)
  const files = sizes.map(
    (size, index) => [`p${index + 10}/Dockerfile`, `# ${'-'.repeat(size)}\nFROM busybox\n`] as const,
  )
  const units = names.map((path) => ({ path, names: [path], isFound: true }))
  const at = { cwd: folderOf(Object.fromEntries(files)), env: {}, stdin: (async function* () {})() }
  const counts: number[] = []
  for await (const answers of checkUnits(units, at, {}, {})) {
    expect(answers.every(({ kind }) => kind === 'done')).toBe(true)
    counts.push(answers.length)
  }
  expect(counts).toEqual([32, 5, 1])
})

const answersTo = ({ first, end }: Stretch, where: string) =>
  Array.from({ length: end - first }, (_, index) => `${where} ${first + index}`)

async function* here(things: Stretch) {
  for (let { first } = things; first < things.end; first += 3)
    yield answersTo({ first, end: Math.min(first + 3, things.end) }, 'here')
}

test('answers come in order, and what a helper cannot do is done here', async () => {
  const slow = (index: number) => new Promise((resolve) => setTimeout(resolve, (index * 7) % 5))
  const asked: (Stretch | 'dismissed')[] = []
  const answers: string[] = []
  const help = {
    most: 3,
    atOnce: true,
    hire: async () => ({
      async ask(things: Stretch) {
        asked.push(things)
        await slow(things.first)
        if (things.first % 5 === 3) throw new Error('lost')
        return answersTo(things, 'there')
      },
      dismiss: () => asked.push('dismissed'),
    }),
  }
  for await (const answer of inOrder(200, here, help)) answers.push(answer)
  const stretches = asked.flatMap((one) => (one === 'dismissed' ? [] : [one]))
  expect(answers).toEqual(stretches.flatMap((one) => answersTo(one, one.first % 5 === 3 ? 'here' : 'there')))
  expect(answers.map((text) => Number(text.split(' ')[1]))).toEqual(Array.from({ length: 200 }, (_, index) => index))
  expect(new Set(answers.map((text) => text.split(' ')[0]))).toEqual(new Set(['here', 'there']))
  expect(asked.filter((one) => one === 'dismissed')).toHaveLength(3)
})

test('few projects are shared out among all helpers', async () => {
  const asked: Stretch[][] = []
  const hire = async () => {
    const own: Stretch[] = []
    asked.push(own)
    return {
      async ask(things: Stretch) {
        own.push(things)
        return answersTo(things, 'there')
      },
      dismiss: () => undefined,
    }
  }
  const answers: string[] = []
  for await (const answer of inOrder(6, here, { most: 3, atOnce: true, hire })) answers.push(answer)
  expect(answers).toEqual(answersTo({ first: 0, end: 6 }, 'there'))
  expect(asked.map(({ length }) => length)).toEqual([2, 2, 2])
})

test('little work is done without help', async () => {
  const hired = vi.fn(async () => ({ ask: async () => ['there'], dismiss: () => undefined }))
  const answers: string[] = []
  for await (const answer of inOrder(500, here, { most: 8, atOnce: false, hire: hired })) answers.push(answer)
  expect(answers).toEqual(answersTo({ first: 0, end: 500 }, 'here'))
  expect(hired).not.toHaveBeenCalled()
})

test('every project is in exactly one shard, whatever order they come in', async () => {
  const weighed = Array.from({ length: 101 }, (_, index) => ({
    path: `p${index}`,
    weight: 1000 + ((index * 37) % 50) * 9,
  }))
  const parts = [1, 2, 3, 4].map((index) => partOf(weighed, { index, of: 4 }))
  expect(
    parts
      .flat()
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(weighed.map(({ path }) => path).toSorted())
  for (const [index, part] of parts.entries())
    expect(new Set(partOf(weighed.toReversed(), { index: index + 1, of: 4 }))).toEqual(new Set(part))
  const loads = parts.map((part) => part.reduce((sum, { weight }) => sum + weight, 0))
  expect(Math.max(...loads) / Math.min(...loads)).toBeLessThan(1.05)
})

test('an empty shard is told and is no mistake', async () => {
  const folder = folderOf(nine)
  const { code, stdout, stderr } = await cli(folder, ['lint', '--shard', '12/12'])
  expect([code, stderr]).toEqual([0, 'docker-gotchas: nothing in this shard: 12/12 of 9 projects\n'])
  expect(stdout).toContain('nothing is to be checked in shard 12/12')
  expect((await jsonOf(folder, ['--shard', '12/12'])).summary).toEqual({
    ...{ errors: 0, warnings: 0, infos: 0, files: [], checked: [], leftOut: [], notes: [] },
    shard: { index: 12, of: 12, projects: 0 },
  })
})

test.each([['0/3'], ['4/3'], ['3'], ['a/b'], ['1/99999']])('`--shard %s` is none', async (shard) => {
  const { code, stderr } = await cli(folderOf(nine), ['lint', '--shard', shard])
  expect([code, stderr]).toEqual([2, expect.stringContaining(`\`${shard}\` is no shard such as 3/8`)])
})

test('--stats says where the time went, whoever has spent it', async () => {
  for (const args of [['a'], [], ['--jobs', '2']]) {
    // What was read before is not read again.
    const own = Object.entries(nine).map(([path, text]) => [path, `${text}\n# ${args}\n`])
    const { stdout, stderr } = await cli(
      folderOf(Object.fromEntries(own)),
      ['lint', '--format', 'json', '--stats', ...args],
      { hire },
    )
    const count = args.includes('a') ? 1 : 9
    expect(stderr).toMatch(
      /^docker-gotchas: stats: \d projects?, \d+ files, [\d.]+ MB in [\d.]+ s; memory at most [\d.]+ MB\ndocker-gotchas: stats: time: reading [\d.]+ s, .*model .*rules .*report [\d.]+ s\ndocker-gotchas: stats: dearest rules: \S+ [\d.]+ s.*\n$/,
    )
    const { summary }: JsonReport = JSON.parse(stdout)
    expect(summary.stats).toMatchObject({ projects: count, files: 2 * count })
    expect(Object.keys(summary.stats?.parsing ?? {}).toSorted()).toEqual(['Dockerfile', 'Elixir', 'shell'])
    expect(summary.stats?.dearestRules).toHaveLength(5)
  }
  expect((await jsonOf(folderOf(nine))).summary.stats).toBeUndefined()
})

test('a baseline that projects share is told of once, and compose files that are named make one project', async () => {
  const folder = folderOf({ ...nine, 'x.yaml': 'services:\n  web:\n    image: busybox\n' })
  await cli(folder, ['lint', '.', '--write-baseline', 'known.json', '-f', 'x.yaml'])
  const known = await cli(folder, ['lint', 'a', 'b', 'c', '--write-baseline', 'known.json'])
  expect(known.stdout).toMatch(/^wrote \d+ findings to known.json\n$/)
  for (const name of ['a', 'b']) writeFileSync(join(folder, name, 'Dockerfile'), 'FROM elixir:1.18\nUSER nobody\n')
  const { stderr } = await cli(folder, ['lint', 'a', 'b', 'c', '--baseline', 'known.json', '-q'])
  expect(stderr.match(/of the baseline known\.json are gone/g)).toHaveLength(1)
  const { code, stderr: why } = await cli(folder, ['lint', '-f', 'x.yaml', '--shard', '1/2'])
  expect([code, why]).toEqual([2, expect.stringContaining('`--shard` is for folders and files')])
})
