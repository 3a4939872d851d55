import fc from 'fast-check'
import { parseEnvFile } from '../../../src/languages/dotenv/parse.ts'
import { parseRawEnvFile } from '../../../src/languages/dotenv/raw.ts'
import { known, unknown, unset } from '../../../src/text/known.ts'
import type { Language } from '../language.ts'
import { lines, maybe, odd, one, quoted, text, value, variable } from '../words.ts'

const words: readonly string[] = [
  'export ',
  '=',
  '="',
  "='",
  '"\n',
  ': ',
  ' #',
  '\\n',
  '\\"',
  '${A:?b}',
  '$A',
  'A=',
  '\nB',
  '\\\n',
]

const line: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: text`${maybe(one('export ', 'export\t', ' '))}${variable}${one('=', ': ', ' = ', '')}${quoted}${maybe(text` # ${value}`)}`,
  },
  text`${variable}="${value}\n${value}"`,
  text`${variable}='${value}\n${value}`,
  text`# ${value}`,
  odd,
)

const lookups = [
  () => unset(),
  () => unknown('it may be set'),
  (name: string) => (name === 'A' ? known('x"$B') : unset()),
]

/** Env files. */
export const dotenv: Language = {
  name: 'dotenv',
  paths: ['.env', '.env.prod', 'config/web.env'],
  texts: lines(line),
  words,
  read: (source) =>
    lookups.flatMap((lookup) => [parseEnvFile(source, { lookup }), parseRawEnvFile(source, { lookup })]),
}
