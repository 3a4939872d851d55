import fc from 'fast-check'
import { isGitIgnored, withGitIgnore } from '../../../src/files/gitignore.ts'
import { decidingPattern, excludes, parseDockerignore } from '../../../src/languages/dockerignore/dockerignore.ts'
import type { Source } from '../../../src/text/source.ts'
import type { Language } from '../language.ts'
import { lines, many, maybe, odd, one, text, word } from '../words.ts'

const words: readonly string[] = [
  '!',
  '**',
  '*',
  '?',
  '[a-z]',
  '[^a]',
  '[',
  ']',
  '\\',
  '/',
  '**/',
  '/**',
  '#',
  '.',
  '..',
  '.env',
  '_build',
]
const part = fc.oneof(
  one('**', '*', 'a', '.env', 'lib', '_build', 'deps', '*.ex', '[a-z]', '[^x]', '[z-a]', '?', '..', '\\*', '{a,b}'),
  word,
)
const paths = [
  'a',
  '.env',
  'lib/shop.ex',
  'config/prod.secret.exs',
  '_build/prod/x',
  'a\nb',
  'ß/日本',
  'node_modules/a/b/c',
]

/** The patterns, and what they say of paths, as Docker and as git read them. */
function read(source: Source): readonly unknown[] {
  const ignore = parseDockerignore(source)
  const git = withGitIgnore([], '', source.text)
  return [
    ignore,
    ...paths.map((path) => [excludes(ignore, path), decidingPattern(ignore, path), isGitIgnored(git, path)]),
  ]
}

/** `.dockerignore` and `.gitignore` files. */
export const ignoreFile: Language = {
  name: 'ignore',
  paths: ['.dockerignore', '.gitignore'],
  texts: lines(
    fc.oneof(
      { weight: 8, arbitrary: text`${maybe(one('!', '/', '#', ' '))}${many(part, '/')}${maybe(one('/', ' ', '\\ '))}` },
      odd,
    ),
  ),
  words,
  read,
}
