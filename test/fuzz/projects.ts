import fc from 'fast-check'
import { analyze } from '../../src/analyze.ts'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import type { Tree } from '../../src/files/tree.ts'
import { languageAt, projects as realProjects } from './corpus.ts'
import { languages } from './languages/index.ts'
import { checkFailures, checkFixes } from './laws/fixes.ts'
import { checkOrder } from './laws/order.ts'
import { checkSpans } from './laws/spans.ts'
import { mutatedOf, textsOf } from './readers.ts'
import type { Input, Target } from './target.ts'

type Texts = Readonly<Record<string, string>>

const byName = new Map(languages.map((language) => [language.name, language]))
const texts = new Map(languages.map((language) => [language.name, textsOf(language)]))

/** What may stand at a path in place of `text`. */
function changeOf(path: string, text: string): fc.Arbitrary<string> {
  const language = byName.get(languageAt(path) ?? '') ?? languages[0]
  const changed = mutatedOf(language ?? { words: [' '] }, fc.constant(text))
  const other = texts.get(language?.name ?? '')
  return other ? fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: other }) : changed
}

const newFile = fc
  .constantFrom(...languages)
  .chain(({ name, paths }) => fc.tuple(fc.constantFrom(...paths), texts.get(name) ?? fc.constant('')))

/** A project of the tests, of which one to three files are changed or new. */
export const changedProjects: fc.Arbitrary<Texts> = fc.constantFrom(...realProjects).chain(({ texts: real }) => {
  const change = fc
    .constantFrom(...Object.entries(real))
    .chain(([path, text]) => fc.tuple(fc.constant(path), changeOf(path, text)))
  return fc
    .array(fc.oneof({ weight: 4, arbitrary: change }, { weight: 1, arbitrary: newFile }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => ({ ...real, ...Object.fromEntries(changes) }))
})

const inputs: fc.Arbitrary<Input> = changedProjects.map((files) => ({ files }))
const treeOf = ({ files }: Input): Promise<Tree> => discover(memoryHost(files))

/** Whether a place may be in a text: one of the tree, one that Compose makes of it, or a new file. */
const isOf = (tree: Tree) => (source: { readonly path: string; readonly text: string }) =>
  source.text === '' || tree.sources.some(({ path }) => path === source.path)

/** Whole analyses: no rule fails, places are in files of the tree, the order of files says nothing. */
export const analyses: Target = {
  name: 'analyses',
  inputs,
  async obey(input) {
    const host = memoryHost(input.files)
    const tree = await discover(host)
    const analysis = await analyze(tree)
    checkFailures(analysis)
    checkSpans([analysis.diagnostics, analysis.suppressed, analysis.secrets], isOf(tree))
    await checkOrder(host, analysis)
  },
}

/** What `fix` does to whole projects. */
export const fixes: Target = {
  name: 'fixes',
  inputs,
  async obey(input) {
    await checkFixes(await treeOf(input), true)
    await checkFixes(await treeOf(input), false)
  },
}
