import { readdirSync, readFileSync } from 'node:fs'
import { discover } from '../src/files/discover.ts'
import { memoryHost } from '../src/files/memory.ts'
import { type Tree, treeOf } from '../src/files/tree.ts'
import { rules } from '../src/rules/index.ts'
import { parseExample } from '../src/text/example.ts'
import { samples } from './projects.ts'

/** A project, and what is said of it. */
export interface Case {
  readonly title: string
  /** Where `=> ` stands: the rules that must report, or `nothing`. */
  readonly wanted: string
  /** Throws where a change does not fit the project. */
  readonly tree: () => Tree | Promise<Tree>
}

/** The cases of a file, and the file that holds all that is told of them. */
export interface CaseFile {
  readonly name: string
  readonly out: URL
  /** The rule that the cases are of; its findings stand first. */
  readonly own?: string
  readonly cases: readonly Case[]
}

const removed = '(removed)\n'

type Texts = Readonly<Record<string, string>>

const folder = new URL('./', import.meta.url)
const filesIn = (name: string) => readdirSync(new URL(name, folder)).filter((file) => file.endsWith('.txt'))
const outOf = (file: string) => new URL(file.replace('.txt', '.out'), folder)

/** The parts of a file, each under `=== title`. */
const partsOf = (file: string): readonly (readonly [title: string, text: string])[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)])

/** `=> ` in the first line, and the files or changes that follow. */
function expected(text: string) {
  const [first = '', ...rest] = text.split('\n')
  const changes = parseExample(rest.join('\n')).sources.map(({ path, text }) => [path, text] as const)
  return { wanted: first.replace(/^=> /, ''), changes }
}

const textsOf = (notation: string): Texts =>
  Object.fromEntries(parseExample(notation).sources.map(({ path, text }) => [path, text]))

/** The examples of the rules and the cases of test/rules, a file a rule. */
export const ofRules: readonly CaseFile[] = rules.map(({ id, examples }) => ({
  name: id,
  own: id,
  out: outOf(`rules/${id}.txt`),
  cases: [...examples.map(({ title, bad }) => [`${title} (example)`, bad] as const), ...partsOf(`rules/${id}.txt`)].map(
    ([title, notation]) => ({ title, wanted: '', tree: () => treeOf(textsOf(notation)) }),
  ),
}))

/**
 * `patterns/*.txt`: the shapes that real projects have, each as a change of samples/mended-shop. A file that says
 * `(removed)` is not there.
 */
export const patterns: readonly CaseFile[] = filesIn('patterns').map((file) => ({
  name: file,
  out: outOf(`patterns/${file}`),
  cases: partsOf(`patterns/${file}`).map(([title, text]) => {
    const { wanted, changes } = expected(text)
    const healthy = samples.find(({ name }) => name === 'mended-shop')?.texts
    const kept = Object.entries({ ...healthy, ...Object.fromEntries(changes) }).filter(([, one]) => one !== removed)
    return { title, wanted, tree: () => treeOf(Object.fromEntries(kept)) }
  }),
}))

/**
 * `one-way/*.txt`: a good project, and what the rules say where it is changed in one way. The first case is the project
 * itself; where there is none it is the sample of that name. `-- path --` puts a file in place of another, `(removed)`
 * takes it away; `-- path: text --` puts what follows in place of the one `text` of the file, and `-- path: + --` adds it
 * at the end.
 */
export const oneWays: readonly CaseFile[] = filesIn('one-way').map((file) => {
  const [first, ...others] = partsOf(`one-way/${file}`).map(([title, text]) => ({ title, ...expected(text) }))
  const sample = samples.find(({ name }) => `${name}.txt` === file)?.texts
  const base = sample ?? changed({}, first?.changes ?? [])
  const asItIs = { title: 'as it is', wanted: 'nothing', changes: [] }
  const cases = sample ? [asItIs, ...(first ? [first] : []), ...others] : others
  return {
    name: file,
    out: outOf(`one-way/${file}`),
    cases: cases.map(({ title, wanted, changes }) => ({
      title,
      wanted,
      tree: () => discover(memoryHost(changed(base, changes))),
    })),
  }
})

function changed(base: Texts, changes: readonly (readonly [heading: string, text: string])[]): Texts {
  const texts = { ...base }
  for (const [heading, text] of changes) {
    const [, path = '', old = ''] = /^(\S+): (.+)$/.exec(heading) ?? []
    const before = texts[path]
    if (text === removed) delete texts[heading]
    else if (before === undefined) texts[heading] = text
    else if (old === '+') texts[path] = before + text
    else {
      const parts = before.split(old)
      if (parts.length !== 2) throw new Error(`${heading}: must be once in the file`)
      texts[path] = parts.join(text.replace(/\n$/, ''))
    }
  }
  return texts
}
