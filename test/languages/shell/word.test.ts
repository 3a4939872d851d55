import { describe, expect, it } from 'vitest'
import { expandShellWord } from '../../../src/languages/shell/expand.ts'
import type { Word } from '../../../src/languages/shell/types.ts'
import { type Known, known, unknown, unset } from '../../../src/text/known.ts'
import { script } from './show.ts'

function wordOf(text: string): Word {
  const word = script(`x ${text}`).commands.at(-1)?.words[1]
  if (!word) throw new Error(`no word in ${text}`)
  return word
}

describe('literals', () => {
  it.each([
    ['plain', 'plain', false],
    ["'a b'", 'a b', true],
    ["'$X'", '$X', true],
    ['"a b"', 'a b', true],
    ['"a\\$b\\"c\\d"', 'a$b"c\\d', true],
    ['a\\ b', 'a b', true],
    ['a"b"\'c\'d', 'abcd', true],
    ['""', '', true],
    ["$'a\\tb'", 'a\tb', true],
    ['A=b', 'A=b', false],
    ['--opt=1', '--opt=1', false],
    ['http://localhost:4000/?a=b', 'http://localhost:4000/?a=b', false],
    ['é😀', 'é😀', false],
    ['$X', undefined, false],
    ['"$X"', undefined, true],
    ['a$(b)', undefined, false],
    ['*.js', undefined, false],
    ['{a,b}', undefined, false],
    ['$((1+1))', undefined, false],
  ])('%s', (text, literal, quoted) => expect(wordOf(text)).toMatchObject({ text, literal, quoted }))
})

describe('parts', () => {
  it.each([
    ['a$X"b${Y:-c}"', ['literal a', 'variable X', 'literal b "', 'variable Y :- c "']],
    ['${#X}${!Y}${Z[1]}', ['variable X length', 'variable Y indirect', 'variable Z index']],
    ['${X%%.*}$1$@$?', ['variable X %% .*', 'variable 1', 'variable @', 'variable ?']],
    ['$(a)`b`$((c))', ['command', 'command', 'arithmetic']],
    ['a*[b]?@(c)', ['literal a', 'glob', 'glob', 'glob', 'glob']],
  ])('%s', (text, parts) => {
    const shown = wordOf(text).parts.map((part) => {
      const detail =
        part.kind === 'literal'
          ? [part.value]
          : part.kind === 'variable'
            ? [part.name, part.operator, part.operand?.text]
            : []
      return [part.kind, ...detail, part.quoted ? '"' : undefined].filter((item) => item !== undefined).join(' ')
    })
    expect(shown).toEqual(parts)
  })
})

describe('expandShellWord', () => {
  const values: Readonly<Record<string, Known<string>>> = {
    A: known('a'),
    EMPTY: known(''),
    PATHNAME: known('/app/rel/bin/my.app.tar'),
    Q: unknown('it is given at run time'),
  }
  const expand = (text: string) => expandShellWord(wordOf(text), (name) => values[name] ?? unset())

  it.each([
    ['plain', 'plain'],
    ['x${A}y', 'xay'],
    ['$NONE', ''],
    ['"$A $A"', 'a a'],
    ["'$A'", '$A'],
    ['${A:-d}', 'a'],
    ['${NONE:-d}', 'd'],
    ['${NONE-d}', 'd'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${NONE:=d}', 'd'],
    ['${NONE:-${EMPTY:-${A}}}', 'a'],
    ['${NONE:-"d e"}', 'd e'],
    ['${A:+set}', 'set'],
    ['${NONE:+set}', ''],
    ['${EMPTY:+set}', ''],
    ['${EMPTY+set}', 'set'],
    ['${A:?no}', 'a'],
    ['${PATHNAME#*/}', 'app/rel/bin/my.app.tar'],
    ['${PATHNAME##*/}', 'my.app.tar'],
    ['${PATHNAME%/*}', '/app/rel/bin'],
    ['${PATHNAME%%.*}', '/app/rel/bin/my'],
    ['${PATHNAME%.t?r}', '/app/rel/bin/my.app'],
    ['${PATHNAME%[!a-s]ar}', '/app/rel/bin/my.app.'],
    ['${PATHNAME#none}', '/app/rel/bin/my.app.tar'],
    ['${#A}', '1'],
    ['$A/*.js', 'a/*.js'],
  ])('%s is %j', (text, value) => expect(expand(text)).toMatchObject({ kind: 'known', value }))

  it.each([
    ['a$Q', 'it is given at run time'],
    ['${Q:-d}', 'it is given at run time'],
    ['${NONE:?no}', 'the shell stops here: `NONE` is not set'],
    ['$(id -u)', '`$(id -u)` is known only when it runs'],
    ['$((A+1))', '`$((A+1))` is not computed'],
    ['${A/a/b}', '`${A/a/b}` is not computed'],
    ['${NONE:-$(id)}', '`$(id)` is known only when it runs'],
  ])('%s is unknown: %s', (text, why) => expect(expand(text)).toMatchObject({ kind: 'unknown', why }))

  it('keeps the trail', () => {
    const place = { span: wordOf('x').span, text: 'set here' }
    const found = expandShellWord(wordOf('$A${B:-$C}'), (name) =>
      name === 'B' ? unset([place]) : known(name, [place]),
    )
    expect(found).toEqual({ kind: 'known', value: 'AC', trail: [place, { ...place, decides: 'left' }, place] })
  })

  it('takes no long time for many stars', () => {
    const stars = wordOf(`\${A%%${'*a'.repeat(60)}b}`)
    expect(expandShellWord(stars, () => known('a'.repeat(500)))).toMatchObject({ kind: 'known' })
    expect(expandShellWord(stars, () => known('a'.repeat(100_000)))).toMatchObject({ kind: 'unknown' })
  })
})
