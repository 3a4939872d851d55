import fc from 'fast-check'
import { readFly } from '../../../src/languages/platforms/fly.ts'
import type { Language } from '../language.ts'
import { lines, odd, one, quoted, text, value, variable } from '../words.ts'

const words: readonly string[] = [
  '[',
  ']]',
  '[[',
  '[http_service]\n',
  '[[http_service.checks]]\n',
  'path = "/',
  '"',
  "'",
  '[env]\n',
  '"""',
  '= ',
]

const line = fc.oneof(
  text`[${one('env', 'http_service', '[http_service.checks]', 'checks.a', '[services.http_checks]', 'deploy', 'build', '[a')}]`,
  text`${one('path', 'release_command', 'internal_port', 'dockerfile')} = ${one('"/health"', "'/'", '"bin/migrate"', '4000', '"/x')}`,
  text`  ${variable} = ${quoted}`,
  value,
  odd,
)

/** fly.toml. */
export const fly: Language = {
  name: 'fly',
  paths: ['fly.toml'],
  texts: lines(line),
  words,
  read: (source) => [readFly(source, () => true)],
}
