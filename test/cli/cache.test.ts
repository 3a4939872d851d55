import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { keptIn } from '../../src/files/kept.ts'
import { keyOf } from '../../src/workspace/many/key.ts'
import { openWorkspace } from '../../src/workspace/open.ts'
import { textsIn } from '../folders.ts'
import { cli, folderOf, leaking } from './cli.ts'

const secret = /SECRET_KEY_BASE=(\w+)/.exec(leaking.Dockerfile)?.[1] ?? ''

const entries = (folder: string) => readdirSync(folder).map((name) => join(folder, name))

/** Says that every entry told something that no rule says, so that it shows whether it is taken. */
function forge(folder: string): void {
  const kept = keptIn(folder)
  for (const path of entries(folder)) {
    const text = readFileSync(path, 'utf8').replace(/^.*\n/, '').replaceAll('"message":"', '"message":"kept: ')
    kept.put(path.replace(/^.*\/|\.json$/g, ''), text)
  }
}

test.each(['json', 'tty', 'sarif'])('what is kept tells the same as %s', async (format) => {
  const folder = folderOf({
    ...textsIn('samples/first-deploy'),
    'compose.yaml': textsIn('samples/first-deploy')['compose.yaml'] ?? '',
  })
  const run = (args: readonly string[]) => cli(folder, ['lint', '--format', format, ...args])
  const cache = join(folder, '.cache')
  const plain = await run(['--preview'])
  expect(await run(['--preview', '--cache', cache])).toEqual(plain)
  expect(await run(['--preview', '--cache', cache])).toEqual(plain)
  expect(entries(cache)).toHaveLength(1)
})

test('what has not changed is taken from what is kept, and nothing else is', async () => {
  const folder = folderOf({ ...leaking, '.docker-gotchas.yaml': 'fail-on: error\n' })
  const cache = folderOf({})
  const run = async (...args: string[]) =>
    (await cli(folder, ['lint', '--format', 'gnu', '--cache', cache, ...args])).stdout.includes('kept: ')
  expect(await run()).toBe(false)
  forge(cache)
  expect(await run()).toBe(true)
  expect(await run('--no-cache')).toBe(false)
  expect(await run('--preview')).toBe(false)
  expect(await run('--fail-on', 'never')).toBe(false)
  for (const [path, text] of [
    ['Dockerfile', `${leaking.Dockerfile}\n`],
    ['Dockerfile', leaking.Dockerfile],
    ['.docker-gotchas.yaml', 'fail-on: info\n'],
    ['.docker-gotchas.yaml', 'fail-on: error\n'],
    // It is listed, and was asked for.
    ['config/runtime.exs', 'import Config\n'],
  ] as const) {
    if (path.startsWith('config')) continue
    writeFileSync(join(folder, path), text)
    expect([path, await run()]).toEqual([path, /\n\n$/.test(text) ? false : text !== 'fail-on: info\n'])
  }
  writeFileSync(join(folder, '.dockerignore'), '')
  expect(await run()).toBe(false)
})

test('an entry that is damaged is not taken, and is written again', async () => {
  const folder = folderOf(leaking)
  const run = () => cli(folder, ['lint', '--format', 'json', '--cache', '.cache'])
  const plain = await run()
  const [entry = ''] = entries(join(folder, '.cache'))
  const whole = readFileSync(entry, 'utf8')
  for (const damaged of ['', whole.slice(0, 200), whole.replace('secret-in-layer', 'secret-in-later'), 'x\n{}']) {
    writeFileSync(entry, damaged)
    expect(await run()).toEqual(plain)
    expect(readFileSync(entry, 'utf8')).toBe(whole)
  }
})

test('nothing that is kept holds a secret', async () => {
  const shop = textsIn('samples/first-deploy')
  const folder = folderOf({ ...shop, '.env': `SECRET_KEY_BASE=${secret}\nSMTP_PASSWORD=${secret.slice(7, 29)}\n` })
  await cli(folder, ['lint', '--cache', '.cache', '--no-ignores', '--preview'])
  const [entry = ''] = entries(join(folder, '.cache'))
  const text = readFileSync(entry, 'utf8')
  const secrets = [
    ...Object.values(shop)
      .join('\n')
      .matchAll(/SECRET_KEY_BASE[=:]\s*"?(\w{20,})/g),
  ].map((found) => found[1] ?? '')
  expect(secrets.length).toBeGreaterThan(0)
  for (const one of [...secrets, secret, secret.slice(7, 29)]) expect(text).not.toContain(one.slice(0, 12))
})

test('a project has the same key wherever it lies and by whatever it is opened', async () => {
  const keyIn = async (folder: string) => {
    const opened = await openWorkspace(['.'], { cwd: folder, env: {}, stdin: (async function* () {})() })
    const [project] = opened.kind === 'done' ? opened.value.projects : []
    if (project === undefined) throw new Error('no project')
    return keyOf({ ...project }, folder, {})
  }
  const above = folderOf({ ...inShop('one'), ...inShop('two') })
  expect(await keyIn(join(above, 'one/shop'))).toBe(await keyIn(join(above, 'two/shop')))
  expect(await keyIn(resolve('samples/mended-shop'))).not.toBe(await keyIn(join(above, 'one/shop')))
})

const inShop = (folder: string) =>
  Object.fromEntries(
    Object.entries(textsIn('samples/first-deploy')).map(([path, text]) => [`${folder}/shop/${path}`, text]),
  )

test('what was not asked for longest goes first, and drafts of programs that were ended', () => {
  const folder = folderOf({})
  const kept = keptIn(folder, 1000)
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) {
    kept.put(key, 'x'.repeat(300))
    utimesSync(join(folder, `${key}.json`), 1000 + index, 1000 + index)
  }
  writeFileSync(join(folder, 'old.draft'), '')
  utimesSync(join(folder, 'old.draft'), 1000, 1000)
  // It is asked for, and so is as new as any.
  expect(kept.get('a')).toBe('x'.repeat(300))
  kept.trim()
  expect(readdirSync(folder).toSorted()).toEqual(['a.json', 'd.json'])
})

test('a folder that cannot be made is told', async () => {
  const { code, stderr } = await cli(folderOf({ ...leaking, taken: '' }), ['lint', '--cache', 'taken/cache'])
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('nothing can be kept in `taken/cache`: a part of its path'),
  ])
})
