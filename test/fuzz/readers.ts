import fc from 'fast-check'
import { builtBy } from './built.ts'
import { realTexts } from './corpus.ts'
import type { Language } from './language.ts'
import { languages } from './languages/index.ts'
import { json } from './languages/json.ts'
import { just } from './languages/just.ts'
import { make } from './languages/make.ts'
import { checkSpans } from './laws/spans.ts'
import { mutated } from './mutation.ts'
import type { Target } from './target.ts'

const all = [...realTexts.values()].flat()

/** Texts of a language: made up, real, and both changed. */
export function textsOf({ name, texts, words }: Language): fc.Arbitrary<string> {
  const real = realTexts.get(name) ?? []
  const base = real.length > 0 ? fc.oneof(texts, fc.constantFrom(...real)) : texts
  return fc.oneof({ weight: 2, arbitrary: texts }, { weight: 3, arbitrary: mutatedOf({ words }, base) })
}

/** Texts, changed with the words of a language and parts of any other. */
export const mutatedOf = ({ words }: Pick<Language, 'words'>, texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  mutated(texts, words, fc.constantFrom(...all))

/** The readers of each language: they never throw, and their places lie in the text. */
export const readers: readonly Target[] = languages.map((language) => {
  const [path] = language.paths
  return {
    name: language.name,
    inputs: textsOf(language).map((text) => ({ files: { [path]: text } })),
    obey({ files }) {
      for (const [at, text] of Object.entries(files)) checkSpans(language.read({ path: at, text: String(text) }))
    },
  }
})

/** What a build makes of the files that it is driven by. */
export const builds: Target = {
  name: 'builds',
  inputs: fc.oneof(
    ...[make, just, json].map((language) =>
      textsOf(language).map((text) => ({ files: { [language.paths[0]]: text } })),
    ),
  ),
  obey({ files }) {
    for (const [path, text] of Object.entries(files)) checkSpans(builtBy({ path, text: String(text) }))
  },
}
