import fc from 'fast-check'
import { builtBy } from '../built.ts'
import type { Language } from '../language.ts'
import { odd, one, text } from '../words.ts'
import { command } from './shell.ts'

const words: readonly string[] = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  'null',
  '1e999',
  '"scripts": {',
  '"build": "',
  '"prebuild": ',
  '\\u',
  '//',
]

const scripts = fc.dictionary(
  one('build', 'prebuild', 'postbuild', 'a', 'x', 'deploy', '__proto__'),
  fc.oneof(command, one('npm run build', 'npm run a', 'yarn a && npm run x')),
)

const packages = fc.oneof(
  fc.record(
    { name: fc.string(), scripts, dependencies: fc.dictionary(fc.string(), fc.string()) },
    { requiredKeys: [] },
  ),
  fc.record({ scripts: fc.jsonValue() }),
  fc.jsonValue(),
)

/** package.json. */
export const json: Language = {
  name: 'json',
  paths: ['package.json', 'assets/package.json'],
  texts: fc.oneof(
    packages.map((value) => JSON.stringify(value, undefined, 2)),
    text`{"scripts": {"build": "${command}"${odd}}}`,
  ),
  words,
  read: (source) => [builtBy({ ...source, path: 'package.json' })],
}
