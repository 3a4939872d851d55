import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { badOf } from '../src/rules/example.ts'
import { rules } from '../src/rules/index.ts'
import { type ExampleCase, type ExampleProject, parseCases, parseExample, type Texts } from '../src/text/example.ts'
import { oncePer } from '../src/text/once.ts'
import { bases, type SmallProject, samples } from './folders.ts'

export { type SmallProject, samples } from './folders.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** The cases of a file in this folder. */
export const casesIn = (file: string): readonly ExampleCase[] =>
  parseCases(readFileSync(join(root, 'test', file), 'utf8'))

const named: ReadonlyMap<string, Texts> = new Map([...samples, ...bases].map(({ name, texts }) => [name, texts]))
const derived: ReadonlyMap<string, ExampleCase> = new Map(casesIn('bases.txt').map((one) => [one.title, one]))

/**
 * The project of a case: one of its own, or a change of a base, of a sample or of a case in `bases.txt`. Throws where the
 * change does not fit.
 */
export const projectOf = oncePer(({ on, notation, title }: ExampleCase): ExampleProject => {
  const other = derived.get(on ?? '')
  const base = on === undefined ? {} : other ? projectOf(other).texts : named.get(on)
  if (!base) throw new Error(`${title}: there is no base \`${on}\``)
  return parseExample(notation, base)
})

/** The files of cases in a folder of this one. */
export const caseFilesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, 'test', folder)).flatMap((file) => (file.endsWith('.txt') ? [`${folder}/${file}`] : []))

/** The bad example of every rule. */
export const examples: readonly SmallProject[] = rules.flatMap((rule) =>
  rule.examples.map((example) => ({ name: `${rule.id}: ${example.title}`, texts: badOf(example).texts })),
)

/** The edge cases of the rules. */
export const cases: readonly SmallProject[] = caseFilesIn('rules').flatMap((file) =>
  casesIn(file).map((one) => ({ name: `${file}: ${one.title}`, texts: projectOf(one).texts })),
)
