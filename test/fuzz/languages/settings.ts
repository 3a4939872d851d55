import fc from 'fast-check'
import { readSettings } from '../../../src/settings/read.ts'
import { shippingOf } from '../../../src/settings/settings.ts'
import type { Source } from '../../../src/text/source.ts'
import type { Language } from '../language.ts'
import { lines, odd, one, some, text, value, variable, word } from '../words.ts'

const words: readonly string[] = [
  'rules:\n',
  'ignore:\n',
  'health:\n',
  '  path: /x\n',
  'preset: strict\n',
  'fail-on: ',
  '- ',
  ': ',
  '&a ',
  '*a',
  '---\n',
  'off',
]

const level = one('off', 'error', 'warning', 'info', 'no', 'x', '1', '')
const id = one('assets-missing', 'secret-in-layer', 'health-missing', 'assets-missin', 'unreadable-file', 'x')
const globs = fc.oneof(one('**', 'a/*', '[', '!x', '../x', '/abs', '{a,b}', ''), word)

const line = fc.oneof(
  text`preset: ${one('strict', 'recommended', 'x')}`,
  text`fail-on: ${level}`,
  text`rules:\n${lines(text`  ${id}: ${level}`, 3)}`,
  text`ignore:\n${lines(text`  - ${one('rule', 'paths', 'reason', 'x')}: ${one('assets-missing', '[a]', '"**"', 'b')}\n    ${one('paths', 'reason', 'rule')}: ${globs}`, 3)}`,
  text`${one('production', 'development', 'service', 'provided', 'target', 'baseline')}: [${some(globs, ', ')}]`,
  text`${one('target', 'service', 'baseline')}: ${value}`,
  text`provided: ${variable}`,
  text`health:\n  path: ${one('/health', 'x', '[/a, /b]')}`,
  odd,
)

/** The settings, and what they say of paths. */
function read(source: Source): readonly unknown[] {
  const reading = readSettings(source, 'below')
  const shipping = shippingOf(reading.settings)
  return [reading, shipping.purposeOf('compose.yaml'), shipping.purposeOf('../a/[b]'), shipping.health]
}

/** `.docker-gotchas.yaml`. */
export const settings: Language = {
  name: 'settings',
  paths: ['.docker-gotchas.yaml'],
  texts: lines(line, 6),
  words,
  read,
}
