import { describe, expect, test } from 'vitest'
import { parseEnvFile } from '../../../src/languages/dotenv/parse.ts'
import { parseRawEnvFile } from '../../../src/languages/dotenv/raw.ts'
import { known, unset } from '../../../src/text/known.ts'
import { textOf } from '../../../src/text/source.ts'

const outside = (name: string) => (name === 'HOME' ? known('/home/app') : unset())
const read = (text: string) => parseEnvFile({ path: '.env', text }, { lookup: outside })
const raw = (text: string) => parseRawEnvFile({ path: '.env', text }, { lookup: outside })
const pairs = (file: ReturnType<typeof read>) =>
  file.entries.map(({ name, value }) => `${name}=${value.kind === 'known' ? value.value : `<${value.kind}>`}`)

describe('an env file', () => {
  test.each([
    ['plain values', 'A=1\nB = two words \n', ['A=1', 'B=two words']],
    ['comments', '# no\nA=1 # no\nB=1#yes\nC=#yes\nD="1" # no\n', ['A=1', 'B=1#yes', 'C=#yes', 'D=1']],
    ['yaml style', 'A: 1\nB:2\nC:=3\n', ['A=1', 'B=2', 'C==3']],
    ['export', 'export A=1\nexport\tB=2\nexporting=3\n', ['A=1', 'B=2', 'exporting=3']],
    [
      'double quotes',
      'A="x\\ty"\nB="a\\"b"\nC="\\$HOME $HOME"\nD="one\ntwo"\n',
      ['A=x\ty', 'B=a"b', 'C=$HOME /home/app', 'D=one\ntwo'],
    ],
    ['single quotes', "A='$HOME \\n'\nB='a\\'b'\n", ['A=$HOME \\n', "B=a'b"]],
    ['octal escapes', 'A="\\0101\\012\\0400"\n', ['A=A\\12\\400']],
    ['variables', 'A=1\nB=$A${A}${N:-d}\nC=$$A\n', ['A=1', 'B=11d', 'C=$A']],
    ['a name without a value', 'HOME\nNOPE\nA=1\n', ['HOME=/home/app', 'NOPE=<unset>', 'A=1']],
    ['a name at the end of the file', 'A=1\nHOME', ['A=1', '=HOME']],
    ['carriage returns and a byte order mark', '\ufeffA=1\r\nB="2"\r\n', ['A=1', 'B=2']],
    ['a second assignment behind a quoted value', 'A="1" B=2\n', ['A=1', 'B=2']],
    ['earlier lines', 'A=/a\nA=${A}:/b\n', ['A=/a', 'A=/a:/b']],
  ])('%s', (_, text, expected) => {
    const file = read(text)
    expect(pairs(file)).toEqual(expected)
    expect(file.problems).toEqual([])
  })

  test.each([
    ['A B=1\n', 'A B', 'the name of a variable cannot contain a space'],
    ['A=1\n$B=2\n', '$', '`$` cannot stand in the name of a variable'],
    ['A="x\nB=1\n', '"x', 'the quote of this value is never closed'],
    ['A=${B\n', '${', 'this is no form of a variable that Compose knows: a `$` that is meant is written `$$`'],
    ['A=${B:?why}\n', '${B:?why}', 'the required variable `B` is missing a value: why'],
    ['export ', 'export ', 'a variable name is missing'],
  ])('%j is refused at %j', (text, at, message) => {
    const [problem] = read(text).problems
    expect(problem && [textOf(problem.span), problem.message]).toEqual([at, message])
  })

  test('tells the places of its parts', () => {
    const [a, b] = read(' export A="x $HOME" # c\nB=1 # c\n').entries
    expect(a && [a.span, a.nameSpan, a.valueSpan].map(textOf)).toEqual(['export A="x $HOME"', 'A', 'x $HOME'])
    expect(a).toMatchObject({ exported: true, quote: '"', inherited: false })
    expect(b && [b.span, b.nameSpan, b.valueSpan].map(textOf)).toEqual(['B=1', 'B', '1'])
  })

  test('tells where variables stand behind escapes', () => {
    const { variables, warnings } = read('A="\\n\\t$NOPE \\"${B:-x}"\n')
    expect(variables.map(({ name, span }) => [name, textOf(span)])).toEqual([
      ['NOPE', '$NOPE'],
      ['B', '${B:-x}'],
    ])
    expect(warnings.map(({ message }) => message)).toEqual(['the variable `NOPE` is not set: it becomes empty'])
  })
})

describe('a raw env file', () => {
  test('keeps quotes, dollars and comments', () => {
    expect(pairs(raw('# no\n  A="x" # y\nB=$HOME\nHOME\nNOPE\nC=\n'))).toEqual([
      'A="x" # y',
      'B=$HOME',
      'HOME=/home/app',
      'NOPE=<unset>',
      'C=',
    ])
  })

  test.each([
    ['export A=1\n', 'export A', 'the name of a variable cannot contain white space'],
    ['=1\n', '=1', 'a variable name is missing'],
  ])('%j is refused', (text, at, message) => {
    const [problem] = raw(text).problems
    expect(problem && [textOf(problem.span), problem.message]).toEqual([at, message])
  })
})
