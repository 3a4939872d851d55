import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Texts } from '../src/text/example.ts'

/** A small project for tests: its name, and its texts by path. */
export interface SmallProject {
  readonly name: string
  readonly texts: Texts
}

const root = fileURLToPath(new URL('../', import.meta.url))

/** The texts of a folder below the root, by path. */
export function textsIn(name: string): Texts {
  const folder = join(root, name)
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((one) => one.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))
}

const foldersIn = (name: string): readonly string[] =>
  readdirSync(join(root, name), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

/** What examples and cases are changes of: the projects in samples/bases. */
export const bases: readonly SmallProject[] = foldersIn('samples/bases').map((name) => ({
  name,
  texts: textsIn(`samples/bases/${name}`),
}))

/** The projects in samples/. */
export const samples: readonly SmallProject[] = foldersIn('samples')
  .filter((name) => name !== 'bases')
  .map((name) => ({ name, texts: textsIn(`samples/${name}`) }))
