import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** The rooms of the house, top to bottom: a room imports only from itself and from rooms above it. */
const rooms = [
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
  'index',
  'cli',
]

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const roomOf = (path: string) => path.split('/')[0]?.replace(/\.ts$/, '') ?? ''
const imports = (file: string) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
    (found) => found[1] ?? '',
  )

it('knows every room', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !rooms.includes(room))).toEqual([])
})

it.each(rooms)('%s imports only from rooms above it', (room) => {
  const wrong = files
    .filter((file) => roomOf(file) === room)
    .flatMap((file) =>
      imports(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => ({ file, target: relative(src, join(src, dirname(file), target)) })),
    )
    .filter(({ target }) => rooms.indexOf(roomOf(target)) > rooms.indexOf(room))
  expect(wrong).toEqual([])
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
  'files/writing/device.ts',
  'files/writing/disk.ts',
  'files/writing/place.ts',
  // Of a file descriptor, whether it is open.
  'cli/pass-to.ts',
  'cli/docker/install.ts',
  'cli/gate/spool.ts',
  'cli/pass-to.ts',
  // The grammar of Elixir is an asset of the package.
  'languages/elixir/grammar.ts',
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

it('reads the disk only in files/ and cli/, and touches the process only in cli/main.ts', () => {
  const io = files.filter(
    (file) =>
      !/^(files|cli)\//.test(file) &&
      imports(file).some((target) => /^node:(?!path|crypto)/.test(target)) &&
      // The grammar of Elixir is an asset of the package.
      file !== 'languages/elixir/grammar.ts',
  )
  expect(io).toEqual([])
  const touching = files.filter((file) =>
    /\bprocess\.(argv|cwd|env|exit|exitCode|kill|on|once|pid|platform|std\w+)\b/.test(
      readFileSync(join(src, file), 'utf8'),
    ),
  )
  expect(touching.filter((file) => file !== 'cli/main.ts')).toEqual([])
})
