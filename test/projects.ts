import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rules } from '../src/rules/index.ts'
import { parseExample } from '../src/text/example.ts'

/** A small project for tests: its name, and its texts by path. */
export interface SmallProject {
  readonly name: string
  readonly texts: Readonly<Record<string, string>>
}

const root = fileURLToPath(new URL('../', import.meta.url))

const textsOf = (notation: string) =>
  Object.fromEntries(parseExample(notation).sources.map(({ path, text }) => [path, text]))

/** The bad example of every rule. */
export const examples: readonly SmallProject[] = rules.flatMap((rule) =>
  rule.examples.map(({ title, bad }) => ({ name: `${rule.id}: ${title}`, texts: textsOf(bad) })),
)

/** The edge cases of the rules. */
export const cases: readonly SmallProject[] = readdirSync(join(root, 'test/rules'))
  .filter((file) => file.endsWith('.txt'))
  .flatMap((file) =>
    readFileSync(join(root, 'test/rules', file), 'utf8')
      .split(/^=== /m)
      .slice(1)
      .map((part) => ({
        name: `${file}: ${part.slice(0, part.indexOf('\n'))}`,
        texts: textsOf(part.slice(part.indexOf('\n') + 1)),
      })),
  )

/** Those of `cases` over which what takes long is tried: all of them in CI, else every sixth. */
export const someCases = cases.filter((_, n) => process.env.CI !== undefined || n % 6 === 0)

/** The projects in samples/. */
export const samples: readonly SmallProject[] = readdirSync(join(root, 'samples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const folder = join(root, 'samples', name)
    const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' }).filter((one) =>
      one.isFile(),
    )
    const paths = files.map((file) => join(file.parentPath, file.name))
    return {
      name,
      texts: Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')])),
    }
  })
