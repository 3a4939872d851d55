import { expect, test } from 'vitest'
import { type Analysis, analyze, analyzeAll } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import { bases, textsIn } from './folders.ts'
import { examples, samples } from './projects.ts'
import { treeFor } from './trees.ts'

const shop = textsIn('samples/mended-shop')

/** The texts of a project in a folder, changed. */
const inFolder = (folder: string, change: (path: string, text: string) => string | undefined = (_, text) => text) =>
  Object.fromEntries(
    Object.entries(shop).flatMap(([path, text]) => {
      const changed = change(path, text)
      return changed === undefined ? [] : [[`${folder}/${path}`, changed]]
    }),
  )

const without = (line: RegExp) => (path: string, text: string) =>
  path === 'compose.yaml' ? text.replace(line, '') : text

const looked = async (texts: Readonly<Record<string, string>>) => {
  const { diagnostics, looked, notes, failures } = await analyze(treeFor(texts))
  expect(failures).toEqual([])
  return {
    found: diagnostics.map(({ rule, span }) => `${rule} ${span.source.path}`),
    checked: looked.checked.map(({ compose, dockerfile }) => `${compose} ${dockerfile}`),
    notes,
    messages: diagnostics.map(({ message }) => message),
    edits: diagnostics.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ span }) => span.source.path))),
  }
}

test('two apps with a compose file each are both checked', async () => {
  expect(await looked({ ...inFolder('a'), ...inFolder('b') })).toMatchObject({
    found: [],
    checked: ['a/compose.yaml a/Dockerfile', 'b/compose.yaml b/Dockerfile'],
  })
})

test('what one service is given is not given to the app of another project', async () => {
  const texts = { ...inFolder('a', without(/ +DATABASE_URL:.*\n/)), ...inFolder('b') }
  expect((await looked(texts)).found).toEqual(['required-env-missing a/config/runtime.exs'])
})

test('a service is not run from the only Dockerfile of another project', async () => {
  const a = {
    'a/compose.yaml': 'services:\n  web:\n    image: acme/a\n    environment:\n      PHX_HOST: a.acme-tools.org\n',
  }
  const b = inFolder('b', (path, text) => (path === 'compose.yaml' ? undefined : text))
  expect((await looked({ ...a, ...b })).checked).toEqual(['undefined b/Dockerfile', 'a/compose.yaml undefined'])
})

test('no file of another project is meant', async () => {
  const a = inFolder('a', (path, text) => (path === 'Dockerfile' ? undefined : text))
  const { messages } = await looked({ ...a, ...inFolder('b') })
  expect(messages).toEqual(['the service `web` of `a/compose.yaml` is built by `a/Dockerfile`, which is not there'])
})

test('no fix changes another project', async () => {
  const frozen = (path: string, text: string) =>
    path === 'config/prod.exs' ? `${text}\nconfig :shop, token: System.fetch_env!("TOKEN")\n` : text
  const { found, edits } = await looked({ ...inFolder('a', frozen), ...inFolder('b') })
  expect(found).not.toEqual([])
  expect([...found, ...edits].filter((one) => /(^| )b\//.test(one))).toEqual([])
})

test('the code of another project answers no request', async () => {
  const texts = {
    ...inFolder('a'),
    ...inFolder('b', (path, text) => (path.endsWith('router.ex') ? 'defmodule X do\nend\n' : text)),
  }
  const alone = await looked(
    inFolder('b', (path, text) => (path.endsWith('router.ex') ? 'defmodule X do\nend\n' : text)),
  )
  expect((await looked(texts)).found).toEqual(alone.found)
})

test('a compose file that builds both, and one beside an app of another language', async () => {
  const compose =
    'services:\n  one:\n    extends: { file: a/compose.yaml, service: web }\n  two:\n    extends: { file: b/compose.yaml, service: web }\n  db:\n    extends: { file: a/compose.yaml, service: db }\n'
  const { found } = await looked({ ...inFolder('a'), ...inFolder('b'), 'compose.yaml': compose })
  expect(found.filter((one) => !one.startsWith('compose-syntax'))).toEqual([])
  const node = {
    'web/package.json': '{}',
    'web/Dockerfile': 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
    'web/compose.yaml': 'services:\n  web:\n    build: .\n',
  }
  expect(await looked({ ...inFolder('api'), ...node })).toMatchObject({
    found: [],
    checked: ['api/compose.yaml api/Dockerfile'],
  })
})

test('examples and fixtures are no production', async () => {
  const broken = without(/ +DATABASE_URL:.*\n/)
  const texts = { ...shop, ...inFolder('examples/x', broken), ...inFolder('test/fixtures/y', broken) }
  expect(await looked(texts)).toMatchObject({ found: [], checked: ['compose.yaml Dockerfile'] })
})

test('which of several compose files is taken is said', async () => {
  const { notes } = await looked({ ...shop, 'compose.eu.yaml': 'services:\n  web:\n    build: .\n' })
  expect(notes).toEqual(['compose.yaml is taken, and not `compose.eu.yaml`: `-f` names others'])
})

test('that an image is taken for that of a Dockerfile is said, and that it is for none of several', async () => {
  const compose = 'services:\n  web:\n    image: acme/a\n    environment:\n      PHX_HOST: a.acme-tools.org\n'
  const one = await looked({ ...shop, 'compose.yaml': compose })
  expect(one.notes).toEqual(['the image of `web` (compose.yaml) is taken to be built from Dockerfile'])
  const two = await looked({ ...shop, 'compose.yaml': compose, 'Dockerfile.alpine': shop.Dockerfile ?? '' })
  expect(two.notes).toContain('the image of `web` is left out: it may be built from Dockerfile or Dockerfile.alpine')
})

test('what starts the app and is not read is said: charts of Helm, and Terraform', async () => {
  const chart = { 'charts/shop/Chart.yaml': 'apiVersion: v2\n', 'charts/shop/templates/a.yaml': 'kind: {{ .K }}\n' }
  const { notes } = await looked({ ...shop, ...chart, 'infra/main.tf': '', 'infra/dns.tf': '', '.terraform/x.tf': '' })
  expect(notes).toEqual([
    'the chart `charts/shop` is left out: templates of Helm are not read',
    'what Terraform starts (`infra`) is left out: its files are not read',
  ])
})

/** All that an analysis says, without the texts of the sources. */
const saidIn = ({ masking: _, ...said }: Analysis): string =>
  JSON.stringify(said, (key, value) => (key === 'source' ? value.path : value))

test('what is said of projects that are analyzed side by side is what is said of each alone', async () => {
  const all = [...samples, ...bases, ...examples].map(({ texts }) => texts)
  for (let first = 0; first < all.length; first += 40) {
    const some = all.slice(first, first + 40)
    const together = await analyzeAll(some.map((texts) => ({ tree: treeOf(texts), options: {} })))
    const alone: Analysis[] = []
    for (const texts of some) alone.push(await analyze(treeOf(texts)))
    expect(together.map(saidIn)).toEqual(alone.map(saidIn))
    expect(together.flatMap(({ failures }) => failures)).toEqual([])
  }
})
