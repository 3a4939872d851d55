import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/**
 * The house, top to bottom, and the rooms in which there are floors again: a room imports only from itself and from rooms
 * above it. A name without an ending is a folder or a file.
 */
const floors: Readonly<Record<string, readonly string[]>> = {
  '': [
    'text',
    'files',
    'languages',
    'model',
    'masking',
    'rules',
    'settings',
    'analyze',
    'analyze-image',
    'fix',
    'report',
    'workspace',
    'index',
    'cli',
  ],
  'languages/': [
    'yaml',
    'toml',
    'hcl',
    'elf',
    'shell',
    'dotenv',
    'dockerignore',
    'make',
    'just',
    'dockerfile',
    'compose',
    'platforms',
    'elixir',
    'erlang',
  ],
  'languages/compose/': ['shell', 'service-types', 'types', 'problems', 'specs', 'schema', 'load', 'service', 'read'],
  'languages/elixir/': ['syntax', 'values', 'stdlib', 'evaluate', 'compile', 'config'],
  'model/': [
    'phoenix',
    'shipping',
    'secrets',
    'stage-files',
    'follow',
    'stages',
    'services',
    'container',
    'boot',
    'outcome',
    'project',
    'env',
    'image',
    'facts',
  ],
}

/** Files that know of each other, since what they read is made so: each evaluates, walks or loads what holds the same again. */
const recursions: Readonly<Record<string, RegExp>> = {
  'the evaluator of Elixir': /^languages\/elixir\/(evaluate|compile|config)\//,
  'expressions of Elixir, and texts that hold some': /^languages\/elixir\/syntax\/parse-/,
  'functions of Elixir are values': /^languages\/elixir\/values\/(types|value)\.ts$/,
  'commands of a shell that hold commands': /^languages\/shell\/walk\//,
  'compose files that name compose files': /^languages\/compose\/load\//,
}

/** What a folder may show: more than a screen of names is no map. */
const mostFiles = 24

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const roomOf = (path: string) => path.split('/')[0]?.replace(/\.ts$/, '') ?? ''
const imports = (file: string) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
    (found) => found[1] ?? '',
  )
const graph: ReadonlyMap<string, readonly string[]> = new Map(
  files.map((file) => [
    file,
    imports(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => relative(src, join(src, dirname(file), target))),
  ]),
)

it.each(Object.entries(floors))('knows every room of src/%s', (house, rooms) => {
  const inside = files.filter((file) => file.startsWith(house)).map((file) => roomOf(file.slice(house.length)))
  expect([...new Set(inside)].sort()).toEqual([...rooms].sort())
})

it.each(
  Object.entries(floors).flatMap(([house, rooms]) => rooms.map((room) => [`${house}${room}`, house, rooms] as const)),
)('%s imports only from rooms above it', (name, house, rooms) => {
  const floorOf = (file: string) => (file.startsWith(house) ? rooms.indexOf(roomOf(file.slice(house.length))) : -1)
  const own = rooms.indexOf(name.slice(house.length))
  const wrong = files
    .filter((file) => floorOf(file) === own)
    .flatMap((file) => (graph.get(file) ?? []).map((target) => ({ file, target })))
    .filter(({ target }) => floorOf(target) > own)
  expect(wrong).toEqual([])
})

it('has no circle but the recursions that are named', () => {
  const reached = (start: string) => {
    const seen = new Set<string>()
    const waiting = [...(graph.get(start) ?? [])]
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (seen.has(file)) continue
      seen.add(file)
      waiting.push(...(graph.get(file) ?? []))
    }
    return seen
  }
  const circular = files.filter((file) => reached(file).has(file))
  const unnamed = circular.filter((file) => !Object.values(recursions).some((known) => known.test(file)))
  expect(unnamed).toEqual([])
  for (const [name, known] of Object.entries(recursions))
    expect([name, circular.some((file) => known.test(file))]).toEqual([name, true])
})

it('shows no more files in a folder than a person takes in', () => {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  const crowded = [...counts].filter(([, count]) => count > mostFiles)
  expect(crowded).toEqual([])
})

/** What reads a disk, or looks at it. */
const reading =
  /\b(access|createReadStream|exists|lstat|open|openAsBlob|opendir|read|readFile|readdir|readlink|readv|realpath|stat|statfs)(Sync)?\b/

/** The way of the program to the disk, and those who look only at where they write. */
const door = [
  'files/door/door.ts',
  'files/door/locate.ts',
  'files/door/open.ts',
  'files/door/system.ts',
  // A folder of its own, with what was found before.
  'files/kept.ts',
  'files/writing/device.ts',
  'files/writing/disk.ts',
  'files/writing/place.ts',
  // Of a file descriptor, whether it is open.
  'cli/io/pass-to.ts',
  'cli/io/spool.ts',
  'cli/docker/install.ts',
  // The grammar of Elixir is an asset of the package.
  'languages/elixir/syntax/engine.ts',
]

it('reads the disk by one door', () => {
  const others = files.filter((file) => !door.includes(file))
  const wrong = others.filter((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    const taken = [...text.matchAll(/import\s+([^'"]*?)\s+from\s+'(?:node:)?fs(?:\/promises)?'/g)].map(
      (found) => found[1] ?? '',
    )
    return taken.some((names) => !names.startsWith('type ') && (!names.startsWith('{') || reading.test(names)))
  })
  expect(wrong).toEqual([])
  const loaded = others.filter((file) =>
    /(import|require)\(\s*['"](node:)?fs/.test(readFileSync(join(src, file), 'utf8')),
  )
  expect(loaded).toEqual([])
})

it('lets nothing but masking/ say what may be shown, and keeps raw texts from the reporters', () => {
  const taking = (name: RegExp) => files.filter((file) => name.test(readFileSync(join(src, file), 'utf8')))
  expect(taking(/\basShown\b/).filter((file) => roomOf(file) !== 'masking')).toEqual([])
  const raw = taking(/\btextOf\b|\bsecretsIn\b|\bmaskingOf\b/).filter((file) => roomOf(file) === 'report')
  // They make a graph of the project, which is masked as a whole before it is drawn.
  expect(raw).toEqual(['report/graph/containers.ts', 'report/graph/steps.ts'])
})

/** A question to a text. */
const asked = /(?:includes|startsWith|endsWith|match|matchAll|search|indexOf)\(/
/** Sentences of ours: what is decided on them changes with every better word. */
const sentence = /\b(?:why|message|reason|doubt)\b/
const decision = new RegExp(
  `\\.(?:test|exec)\\([^()]*${sentence.source}\\s*\\)|${sentence.source}\\)?\\??\\.${asked.source}`,
)
/** What other programs say, in the words of their version that we ship. */
const foreign = ['languages/shell/problem.ts', 'languages/yaml/reasons.ts']

it('decides on facts, and on no sentence of its own', () => {
  const rooms = /^(model|rules|languages|report|settings|masking|fix)\/|^(analyze|analyze-image|fix)\.ts$/
  const wrong = files
    .filter((file) => rooms.test(file) && !foreign.includes(file))
    .flatMap((file) =>
      readFileSync(join(src, file), 'utf8')
        .split('\n')
        .flatMap((line) => (decision.test(line) ? [`${file}: ${line.trim()}`] : [])),
    )
  expect(wrong).toEqual([])
  const seen = ['/ to be read$/.test(problem.message)', "error.crash.message.includes('not')", 'isLimit.exec(why)']
  expect(seen.filter((line) => !decision.test(line))).toEqual([])
})

it('reads the disk only in files/ and cli/, and touches the process only in cli/main.ts', () => {
  const io = files.filter(
    (file) =>
      !/^(files|cli)\//.test(file) &&
      imports(file).some((target) => /^node:(?!path|crypto)/.test(target)) &&
      // The grammar of Elixir is an asset of the package.
      file !== 'languages/elixir/syntax/engine.ts',
  )
  expect(io).toEqual([])
  const touching = files.filter((file) =>
    /\bprocess\.(argv|cwd|env|exit|exitCode|kill|on|once|pid|platform|std\w+)\b/.test(
      // Examples in docstrings are programs of somebody else.
      readFileSync(join(src, file), 'utf8').replace(/^ \* .*/gm, ''),
    ),
  )
  expect(touching.filter((file) => file !== 'cli/main.ts')).toEqual([])
})
