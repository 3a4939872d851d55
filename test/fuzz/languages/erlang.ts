import fc from 'fast-check'
import { parseTerms } from '../../../src/languages/erlang/terms.ts'
import type { Language } from '../language.ts'
import { lines, odd, one, some, text, word } from '../words.ts'

const words: readonly string[] = [
  '{',
  '}',
  '[',
  ']',
  '|',
  '#{',
  ' => ',
  '<<',
  '>>',
  '"',
  "'",
  '.',
  ',',
  '%',
  '$',
  '16#',
  '1.0e',
  'fun ',
  '<<"',
]

const term: fc.Arbitrary<string> = fc.letrec<{ readonly it: string }>((tie) => ({
  it: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    one(
      'a',
      "'A b'",
      '1',
      '-1',
      '1.5e3',
      '16#ff',
      '37#0',
      '$a',
      '$\\n',
      '"text"',
      '<<>>',
      '<<1,2>>',
      '<<"x"/utf8>>',
      '<<1:4>>',
      'fun a:b/1',
      'X',
      'end',
      '<0.1.2>',
    ),
    text`"${word}"`,
    text`<<"${word}"${one('', '/utf8', '/utf16', ':8')}>>`,
    text`[${some(tie('it'), ', ')}]`,
    text`[${tie('it')} | ${tie('it')}]`,
    text`{${some(tie('it'), ', ')}}`,
    text`#{${tie('it')} => ${tie('it')}}`,
    text`{re_pattern, ${tie('it')}}`,
    odd,
  ),
})).it

/** Erlang terms, as sys.config has them. */
export const erlang: Language = {
  name: 'erlang',
  paths: ['releases/0.1.0/sys.config'],
  texts: lines(text`${term}${one('.', '.', '', ' % x')}`),
  words,
  read: (source) => [parseTerms(source)],
}
