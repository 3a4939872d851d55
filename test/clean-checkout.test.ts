import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { discover } from '../src/files/discover.ts'
import { memoryHost } from '../src/files/memory.ts'
import type { Texts } from '../src/text/example.ts'
import { oneWays, patterns } from './cases.ts'
import { samples } from './folders.ts'
import { withShared } from './trees.ts'

/** A file that git ignores, with what the app asks for or may be secret. */
const secret = 'SECRET_KEY_BASE=wLxvP0bTnTGm6Qa2h1Kc8sZr5uYd9eJf3iMoNqBgXtVkRyHjCwEaSzDlFpUxW7b4\n'

/** What is seen may be graver than what may be there. */
const findingsOf = async (texts: Texts) =>
  [
    ...new Set((await analyze(withShared(await discover(memoryHost(texts))))).diagnostics.map(({ rule }) => rule)),
  ].toSorted()

/** What is found where git ignores the file at a path, and the file is there or not. */
async function bothWays(texts: Texts, path: string) {
  const ignoring = { ...texts, '.gitignore': `${texts['.gitignore'] ?? ''}\n/${path}\n` }
  const absent: Texts = Object.fromEntries(Object.entries(ignoring).filter(([name]) => name !== path))
  return [await findingsOf(absent), await findingsOf({ ...absent, [path]: secret })] as const
}

const projects = [
  ...samples.map(({ name, texts }) => ({ title: name, texts: () => texts })),
  ...[...patterns, ...oneWays].flatMap(({ cases }) =>
    cases.map(({ title, project }) => ({ title, texts: () => project().texts })),
  ),
]

const [variables, key, certificate] = ['.env', 'deploy/server.key', 'deploy/server.crt'] as const

/** A project in which a file that git ignores is copied; a key deep in a folder that is copied as a whole is only seen where it is there. */
const ways: readonly { readonly path: string; readonly change: (texts: Texts) => Texts }[] = [
  { path: variables, change: (texts) => texts },
  { path: variables, change: (texts) => copying(texts, variables) },
  { path: key, change: (texts) => copying(texts, key) },
  { path: certificate, change: (texts) => copying(texts, certificate) },
]

const copying = ({ Dockerfile, ...texts }: Texts, path: string): Texts =>
  Dockerfile === undefined
    ? texts
    : { ...texts, Dockerfile: Dockerfile.replace(/\n(USER|CMD|ENTRYPOINT)\b/, `\nCOPY ${path} ./\n$1`) }

describe('what is found is of the same rules whether a file that git ignores lies there or not', () => {
  const some = projects
    .filter((_, n) => n % (process.env.CI === undefined ? 18 : 6) === 0)
    .map((project, n) => ({ ...project, way: ways[n % ways.length] }))
  it.each(some)('$title', async ({ texts, way }) => {
    if (way === undefined) throw new Error('no way')
    const [absent, present] = await bothWays(way.change(texts()), way.path)
    expect(present, way.path).toEqual(absent)
  })
})
