import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll, YAML11_SCHEMA } from 'js-yaml'
import { expect, test } from 'vitest'
import { loadYaml } from '../../../src/languages/yaml/load.ts'
import type { YamlNode } from '../../../src/languages/yaml/node.ts'

/** Where our reading of a compose file is not what js-yaml's `load` makes of it, by what Compose does there. */
const expected: Readonly<Record<string, readonly string[]>> = {
  '`y`, `no` and `on` are texts, not booleans': [
    'm-hc-test/compose.override.yaml',
    'm-logging-other/compose.override.yaml',
    'm-logging-same/compose.override.yaml',
    's-logging/compose.yaml',
    'secrets-two-sources/compose.yaml',
    't-ipam/compose.yaml',
    'x-build-merge/compose.yaml',
    'x-override-file/compose.override.yaml',
    'yaml-types-yesno/compose.yaml',
  ],
  '`22:22` is a text, not a number of base 60': ['ports-sexagesimal/compose.yaml'],
  '`1e3` and `0o17` are numbers': ['yaml-types-float/compose.yaml', 'yaml-types-int/compose.yaml'],
  'a date is printed as Go prints it': ['yt-dates/compose.yaml'],
  '`!!float 1` is a number': ['yt-tags/compose.yaml'],
  '`!reset` and `!override` change what earlier files said': [
    'i-reset/compose.yaml',
    'm-build-reset/compose.override.yaml',
    'm-cmd-reset/compose.override.yaml',
    'm-env-reset-one/compose.override.yaml',
    'm-ov-all/compose.override.yaml',
    'm-override-scalar/compose.override.yaml',
    'm-ports-override/compose.override.yaml',
    'm-svc-override/compose.override.yaml',
    'merge-reset-service/compose.override.yaml',
    'x-override/compose.yaml',
    'x-reset/compose.yaml',
  ],
  'lists in brackets go on at any indentation': ['y-flow-multiline/compose.yaml'],
  'a key that is no text is refused': ['env-nonstring-key/compose.yaml', 'y-null-key/compose.yaml'],
  '`<<` twice is refused': ['y-dup-merge/compose.yaml', 'y-dup-merge2/compose.yaml'],
  '`\\/` is refused': ['yt-quote/compose.yaml'],
}

const root = 'test/recorded'
const files = ['compose', 'compose-own'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, folder, path), 'utf8') })),
)

/** What js-yaml alone makes of a text; undefined where it refuses it. */
function byItself(text: string): unknown {
  try {
    return loadAll(text, { schema: YAML11_SCHEMA })
  } catch {
    return undefined
  }
}

/** What we make of it, in the same form. */
function ours(text: string): unknown {
  const { documents, problems } = loadYaml({ path: 'compose.yaml', text })
  return problems.length > 0 ? undefined : documents.map(({ root: node }) => plain(node))
}

function plain(node: YamlNode): unknown {
  if (node.kind === 'list') return node.items.map(plain)
  if (node.kind === 'map') return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]))
  if (node.type === 'null') return null
  if (node.type === 'bool') return node.text === 'true'
  return node.type === 'int' || node.type === 'uint' || node.type === 'float' ? Number(node.text) : node.text
}

/** JSON with the keys in order, since merges put them elsewhere. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  ) ?? 'refused'

test('js-yaml alone and we read the same, but where Compose does otherwise', () => {
  const differ = files.filter(({ text }) => sorted(byItself(text)) !== sorted(ours(text)))
  expect(differ.map(({ path }) => path).toSorted()).toEqual(Object.values(expected).flat().toSorted())
  expect(files.length).toBeGreaterThan(500)
})
