import fc from 'fast-check'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import type { Tree } from '../../src/files/tree.ts'
import type { Texts } from '../../src/text/example.ts'
import { oncePer } from '../../src/text/once.ts'
import type { Source } from '../../src/text/source.ts'
import { checkKept, isWronglyClear, type Verdict, verdictOf } from './laws/worse.ts'
import { type Planted, plantedBases, plantedCases, plantedExamples, plantedSamples } from './planted.ts'
import type { Input, Target } from './target.ts'

const independent = [...plantedSamples, ...plantedBases]
const projects = new Map([...independent, ...plantedExamples, ...plantedCases].map((one) => [one.name, one]))

const key = ({ path, text }: Source): string => `${path}\n${text}`
const shared = new Map(
  [...projects.values()]
    .flatMap(({ good, texts }) => [...Object.entries(good), ...Object.entries(texts)])
    .map(([path, text]): [string, Source] => [key({ path, text }), { path, text }]),
)

/** The tree of texts: what no change has touched is the same source, which is read once. */
async function treeOf(texts: Texts): Promise<Tree> {
  const tree = await discover(memoryHost(texts))
  return { ...tree, sources: tree.sources.map((source) => shared.get(key(source)) ?? source) }
}

const before = oncePer(({ texts }: Planted): Promise<Verdict> => clearVerdictOf(texts))

/** What is said of a project. Throws where `boot` fails and `lint` does not. */
async function clearVerdictOf(texts: Texts): Promise<Verdict> {
  const verdict = await verdictOf(await treeOf(texts))
  if (isWronglyClear(verdict)) throw new Error('`boot` exits 1 and `lint` exits 0')
  return verdict
}

/** A text without one of its lines or words, or with a slip in a word, or with another name in place of one. */
function worse(text: string): fc.Arbitrary<string | undefined> {
  const lines = [...text.matchAll(/.+\n?/g)]
  const words = [...text.matchAll(/[A-Za-z_][\w]{2,}/g)]
  const cut = ({ index, 0: part }: RegExpExecArray, by: string) =>
    text.slice(0, index) + by + text.slice(index + part.length)
  const choices: fc.Arbitrary<string | undefined>[] = [fc.constant(undefined)]
  if (lines.length > 0) choices.push(fc.constantFrom(...lines).map((line) => cut(line, '')))
  if (words.length > 0) {
    choices.push(fc.constantFrom(...words).map((word) => cut(word, '')))
    const slip = fc.tuple(fc.constantFrom(...words), fc.nat())
    choices.push(slip.map(([word, at]) => cut(word, slipped(word[0], at))))
    choices.push(fc.constantFrom(...words).map((word) => cut(word, `${word[0]}_2`)))
  }
  return fc.oneof(...choices)
}

/** A word with two neighbours the other way round, or without one of its letters. */
function slipped(word: string, at: number): string {
  const index = at % (word.length - 1)
  const [one = '', other = ''] = [word[index], word[index + 1]]
  const swapped = word.slice(0, index) + other + one + word.slice(index + 2)
  return swapped === word ? word.slice(0, index) + word.slice(index + 1) : swapped
}

/** Files that have a part in what the mistakes are about, not being texts for people. */
const counts = (path: string) => !/\.(md|pot|css|lock|gitignore)$|\.formatter\.exs$|^priv\/static/.test(path)

/** Most of them small, so that many are tried. */
const anyOf = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...plantedSamples) },
  { weight: 3, arbitrary: fc.constantFrom(...plantedBases) },
  { weight: 3, arbitrary: fc.constantFrom(...plantedExamples) },
  { weight: 1, arbitrary: fc.constantFrom(...plantedCases) },
)

const inputs: fc.Arbitrary<Input> = anyOf.chain(({ name, texts }) =>
  fc.constantFrom(...Object.keys(texts).filter(counts)).chain((path) =>
    worse(texts[path] ?? '').map((text): Input => {
      const { [path]: _, ...others } = texts
      return { files: text === undefined ? others : { ...others, [path]: text }, argv: [name, path] }
    }),
  ),
)

/** Without it there is no app of which anything could be said. */
const isFoundation = /(^|\/)mix\.exs$/

/** Projects that somebody makes worse: nothing else is hidden, and what does not start is not called clean. */
export const worsened: Target = {
  name: 'worsened',
  inputs,
  async obey({ files, argv: [name = '', path = ''] = [] }) {
    const project = projects.get(name)
    if (!project) return
    const texts = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, String(text)]))
    const after = await clearVerdictOf(texts)
    const isFound = path in texts || !isFoundation.test(path)
    if (isFound && independent.includes(project)) checkKept(await before(project), after, path)
    if (project.good === project.texts || project.good[path] !== project.texts[path]) return
    const { [path]: _, ...good } = project.good
    await clearVerdictOf(texts[path] === undefined ? good : { ...good, [path]: texts[path] })
  },
}
