import fc from 'fast-check'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import type { Tree } from '../../src/files/tree.ts'
import type { Texts } from '../../src/text/example.ts'
import { oncePer } from '../../src/text/once.ts'
import type { Source } from '../../src/text/source.ts'
import { checkKept, isWronglyClear, type Verdict, verdictOf } from './laws/worse.ts'
import { type Planted, plantedBases, plantedCases, plantedExamples, plantedSamples } from './planted.ts'
import { slippedIn } from './slips.ts'
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
  fc
    .constantFrom(...Object.keys(texts).filter(counts))
    .chain((path) =>
      slippedIn(texts, path).map(
        ({ files, isWorse }): Input => ({ files, argv: [name, path, ...(isWorse ? ['worse'] : [])] }),
      ),
    ),
)

/** Without it there is no app of which anything could be said. */
const isFoundation = /(^|\/)mix\.exs$/

/** Projects that somebody makes worse: nothing else is hidden, and what does not start is not called clean. */
export const worsened: Target = {
  name: 'worsened',
  inputs,
  async obey({ files, argv: [name = '', path = '', isWorse] = [] }) {
    const project = projects.get(name)
    if (!project) return
    const texts = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, String(text)]))
    const after = await clearVerdictOf(texts)
    const isFound = path in texts || !isFoundation.test(path)
    if (isWorse && isFound && independent.includes(project)) checkKept(await before(project), after, path)
    if (project.good === project.texts || project.good[path] !== project.texts[path]) return
    const { [path]: _, ...good } = project.good
    const changed = Object.entries(texts).filter(([file, text]) => project.texts[file] !== text)
    await clearVerdictOf({ ...good, ...Object.fromEntries(changed) })
  },
}
