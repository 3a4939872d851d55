import { caseFilesIn, cases, casesIn, examples, projectOf, type SmallProject, samples } from '../projects.ts'

/** The project of which `test/patterns` are changes. */
export const healthy: SmallProject['texts'] = samples.find(({ name }) => name === 'mended-shop')?.texts ?? {}

const changed: readonly SmallProject[] = caseFilesIn('patterns').flatMap((file) =>
  casesIn(file).map((one) => ({ name: `${file}: ${one.title}`, texts: projectOf(one).texts })),
)

/** All projects that tests have: those in samples/, the examples of rules, their cases, and `test/patterns`. */
export const projects: readonly SmallProject[] = [...samples, ...examples, ...cases, ...changed]

const kinds: readonly (readonly [language: string, path: RegExp])[] = [
  ['dockerfile', /Dockerfile/],
  ['shell', /\.sh(\.eex)?$|(^|\/)bin\//],
  ['compose', /\.ya?ml$/],
  ['dotenv', /(^|\/)\.env|\.env$/],
  ['ignore', /ignore$/],
  ['elixir', /(^|\/)config\/.*\.exs$/],
  ['elixir-module', /\.exs?$/],
  ['erlang', /sys\.config$/],
  ['make', /Makefile|\.mk$/],
  ['just', /justfile$/i],
  ['json', /package\.json$/],
  ['fly', /\.toml$/],
]

/** The name of the language of a path; undefined where it is none that is fuzzed. */
export const languageAt = (path: string): string | undefined =>
  path === '.docker-gotchas.yaml' ? 'settings' : kinds.find(([, pattern]) => pattern.test(path))?.[0]

/** The texts of the projects by language, each once. */
export const realTexts: ReadonlyMap<string, readonly string[]> = byLanguage()

function byLanguage(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>()
  for (const { texts } of projects) {
    for (const [path, text] of Object.entries(texts)) {
      const language = languageAt(path)
      if (language) found.set(language, (found.get(language) ?? new Set()).add(text))
    }
  }
  return new Map([...found].map(([language, texts]) => [language, [...texts]]))
}
