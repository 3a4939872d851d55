import fc from 'fast-check'
import { analyze } from '../../src/analyze.ts'
import { discover } from '../../src/files/discover.ts'
import { memoryHost } from '../../src/files/memory.ts'
import { oncePer } from '../../src/text/once.ts'
import { type SmallProject, samples } from '../projects.ts'
import { projects } from './corpus.ts'
import { checkDamaged } from './laws/damaged.ts'
import type { Input, Target } from './target.ts'

const pieces = [
  '"',
  "'",
  '{',
  '[',
  '(',
  '}',
  ']',
  ')',
  '`',
  '\t',
  '\0',
  '"""\n',
  '<<EOF\n',
  'do ',
  'end\n',
  '#{',
  '&&',
  ': ',
  '- ',
] as const
const conflict = '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n'

/** What an interrupted, half-merged or careless edit does to a text, at a place that a number means. */
const damages: readonly ((text: string, at: number) => string)[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, text.lastIndexOf('\n', at - 1) + 1) + text.slice(lineEnd(text, at)),
  (text, at) => text.slice(0, lineEnd(text, at)) + conflict + text.slice(lineEnd(text, at)),
  ...pieces.map((piece) => (text: string, at: number) => text.slice(0, at) + piece + text.slice(at)),
]

const lineEnd = (text: string, at: number): number => text.indexOf('\n', at) + 1 || text.length

const analysisOf = async (files: Input['files']) => analyze(await discover(memoryHost(files)))
const before = oncePer((texts: SmallProject['texts']) => analysisOf(texts))

const inputs: fc.Arbitrary<Input> = fc
  .oneof(fc.constantFrom(...samples), fc.constantFrom(...projects))
  .chain(({ texts }) =>
    fc
      .tuple(fc.constantFrom(...Object.entries(texts)), fc.nat(100_000), fc.constantFrom(...damages))
      .map(([[path, text], at, damage]) => ({
        files: { ...texts, [path]: damage(text, text.length === 0 ? 0 : at % text.length) },
        of: texts,
      })),
  )

/** Projects of which one file is damaged. */
export const damaged: Target = {
  name: 'damaged',
  inputs,
  async obey({ files, of = {} }) {
    const [path] = Object.keys(of).filter((one) => files[one] !== undefined && files[one] !== of[one])
    if (path !== undefined) checkDamaged(await before(of), await analysisOf(files), path)
  },
}
