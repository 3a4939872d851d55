import { describe, expect, it } from 'vitest'
import { parseShell, parseShellScript, parseShellText } from '../../../src/languages/shell/parse.ts'
import { span, textOf, wholeOf } from '../../../src/text/source.ts'
import { script, show, showCommand, showWord } from './show.ts'

const wordTexts = (text: string) =>
  script(text).commands.map((command) => command.words.map((word) => textOf(word.span)))

describe('places', () => {
  it('are those of the source', () => {
    const text = 'FROM a\nRUN é😀 "$X" && mix \\\n  release --overwrite'
    const source = { path: 'Dockerfile', text }
    const start = text.indexOf('é')
    const { commands } = parseShell(source, start, text.slice(start))
    expect(commands.map((command) => command.words.map((word) => textOf(word.span)))).toEqual([
      ['é😀', '"$X"'],
      ['mix', 'release', '--overwrite'],
    ])
    expect(commands.map(({ span: at }) => textOf(at))).toEqual(['é😀 "$X"', 'mix \\\n  release --overwrite'])
  })

  it('do not shift by carriage returns', () => {
    expect(wordTexts('a\r\nmix \\\r\n  x\r\ncat <<E\r\nhi $Y\r\nE\r\nlast\r\n')).toEqual([
      ['a'],
      ['mix', 'x'],
      ['cat'],
      ['last'],
    ])
    expect(script('cat <<E\r\nhi\r\nE\r\nlast').commands.map(showCommand)).toEqual(['cat <<hi\n · may fail', 'last'])
  })

  it('of a text behind a byte order mark', () => expect(wordTexts('\ufeffmix x')).toEqual([['mix', 'x']]))

  it('of a word in a nested substitution', () =>
    expect(wordTexts('a "$(b `c $X`)"')).toEqual([
      ['c', '$X'],
      ['b', '`c $X`'],
      ['a', '"$(b `c $X`)"'],
    ]))

  it('lead to the whole of backquotes with escapes in them', () => {
    expect(wordTexts('a `b \\`c\\``')).toEqual([['`b \\`c\\``'], ['`b \\`c\\``', '`b \\`c\\``'], ['a', '`b \\`c\\``']])
  })

  it('of assignments, redirects and here-documents', () => {
    const { commands } = script('X="1 2" Y= cat > "f" <<-E\n\ta $B\n\tE\n')
    const [command] = commands
    expect(
      command?.assignments.map((assignment) => [assignment.name, assignment.value?.literal, textOf(assignment.span)]),
    ).toEqual([
      ['X', '1 2', 'X="1 2"'],
      ['Y', '', 'Y='],
    ])
    expect(
      command?.redirects.map(({ operator, span: at, body }) => [operator, textOf(at), body && textOf(body)]),
    ).toEqual([
      ['>', '> "f"', undefined],
      ['<<-', '<<-E', '\ta $B\n'],
    ])
    expect(command?.redirects[1]?.target?.parts.map((part) => part.kind)).toEqual(['literal', 'variable', 'literal'])
  })
})

describe('parseShellText', () => {
  it.each([
    ['["sh", "-c", "mix release"]', '"mix release"', 'mix release', ['mix', 'release']],
    ["sh -c 'mix release'", "'mix release'", 'mix release', ['mix', 'release']],
    ['command: mix release', 'mix release', 'mix release', ['mix', 'release']],
    ['["mix \\"release\\""]', '"mix \\"release\\""', 'mix "release"', ['mix', '\\"release\\"']],
    ['- |\n    a\n\n      b "$$X"\n    c', '    a\n\n      b "$$X"\n    c', 'a\n\n  b "$X"\nc\n', ['a']],
  ])('%s', (text, written, value, words) => {
    const start = text.indexOf(written)
    const at = span({ path: 'f', text }, start, start + written.length)
    expect(parseShellText(value, at).commands[0]?.words.map((word) => textOf(word.span))).toEqual(words)
  })
})

describe('parseShellScript', () => {
  it('reads a template', () => {
    const text =
      '#!/bin/sh\n<%# note %>\nexport RELEASE_NAME=<%= @release.name %>\n<% if x do %>\nmix "a-<%= v %>"\n<% end %>\n'
    const { commands, problems } = parseShellScript(wholeOf({ path: 'rel/env.sh.eex', text }))
    expect(problems).toEqual([])
    const [first, second] = commands
    expect(first?.assignments[0]?.value).toMatchObject({ literal: undefined, parts: [{ kind: 'other' }] })
    expect(second?.words.map((word) => textOf(word.span))).toEqual(['mix', '"a-<%= v %>"'])
    expect(second?.words[1]?.literal).toBeUndefined()
  })

  it('reads a part of a source', () => {
    const source = { path: 'Dockerfile', text: 'RUN <<E\nmix a\nE\n' }
    expect(parseShellScript(span(source, 8, 14)).commands.map((command) => textOf(command.span))).toEqual(['mix a'])
  })
})

describe('shebang', () => {
  it.each([
    ['#!/bin/sh', '/bin/sh', []],
    ['#! /bin/sh -e', '/bin/sh', ['-e']],
    ['#!/usr/bin/env bash', 'bash', []],
    ['#!/usr/bin/env -S bash -eu', 'bash', ['-eu']],
    ['#!/bin/sh\r\n', '/bin/sh', []],
  ])('%j', (text, interpreter, words) => expect(script(text).shebang).toMatchObject({ interpreter, words }))

  it('is absent in other texts', () => expect(script('mix # !/bin/sh').shebang).toBeUndefined())
})

describe('assignments', () => {
  it.each([
    ['A=1', 'A=1'],
    ['A=1 B=$C x', 'A=1 B=<$C> x'],
    ['export A=1 B', 'export A=1 export B=?'],
    ['local A=1', 'A=1'],
    ['declare -x A=1', 'export A=1'],
    ['A+=1', 'A+=1'],
    ['A=(1 2)', 'A=?'],
    ['env A=1 x', 'env A=1 x'],
  ])('%s', (text, shown) => expect(show(text)).toEqual([shown]))
})

describe('reads', () => {
  it.each([
    ['a $X "${Y:-$Z}" \'$N\' \\$M', ['X', 'Y?', 'Z']],
    ['cat <<E\n$X\nE\n', ['X']],
    ["cat <<'E'\n$X\nE\n", []],
    ['f() { $X; }', ['X']],
    ['if [ "$A" ]; then b; fi; case $C in $D) ;; esac; for i in $E; do :; done', ['A', 'C', 'D', 'E']],
    ['echo $((A + 1)) ${B#$C} `echo \\$D` $1 $@', ['A', 'B', 'C', 'D']],
    ['[[ -n $A ]]; X=$B; a > $C', ['A', 'B', 'C']],
  ])('%s', (text, names) => {
    expect(script(text).reads.map((read) => `${read.name}${read.bare ? '' : '?'}`)).toEqual(names)
  })
})

describe('problems', () => {
  it.each([
    ['if x; then y', '`fi` of the `if` is missing', 'y', ['x · may fail · condition', 'y · maybe · if x']],
    ['a; echo "b', 'the double quote that begins here has no end', '"', ['a · may fail', 'echo b']],
    ["echo 'b", 'the single quote that begins here has no end', "'", ['echo b']],
    ['a\nfi\nb', '`fi` cannot stand here', 'fi', ['a · may fail', 'b']],
    ['a )', '`)` cannot stand here', ')', ['a']],
    ['a &&', '`&&` is not followed by a command', '&', ['a']],
    ['(a', '`)` of the subshell is missing', 'a', ['a · in 1']],
    ['for i in 1; do a', '`done` of the `for` is missing', 'a', ['i=1 · may fail', 'a']],
    ['case x in a) b', '`esac` of the `case` is missing', 'b', ['b · maybe · case x=a']],
    ['a >', 'the redirect names no file', '>', ['a >']],
    [
      'echo $(a',
      'the command substitution that begins here has no end',
      '$',
      ['a · may fail · substitution · in 1', 'echo <$(a>'],
    ],
    ['while a; b; done', '`do` is missing', 'e', undefined],
  ])('%j: %s', (text, message, place, commands) => {
    const { problems } = script(text)
    expect(problems.map((problem) => problem.message)).toContain(message)
    expect(problems.filter((problem) => problem.message === message).map(({ span: at }) => textOf(at))).toEqual([place])
    if (commands) expect(show(text)).toEqual(commands)
  })

  it('are none in a long correct script', () => {
    const text = `#!/bin/bash
set -euo pipefail
shopt -s nullglob
arr=(a b "c d")
while read -r line; do echo "\${line,,}"; done < <(cat f | grep -v '^#')
case "\${1:-}" in
  start|"") exec "$@" ;;
  -*) echo "bad: \${1#-}" >&2; exit 64 ;;
  *[!0-9]*) : ;;
esac
[[ $x =~ ^[0-9]+$ ]] && echo "\${arr[@]:1}" || :
((i++)); let i+=1
printf '%s\\n' {1..3} "\${!arr[@]}" $'a\\n' "\${x@Q}"
cat <<-'EOF' | tee a
	$literal
	EOF
trap 'kill $pid' TERM INT
`
    expect(script(text).problems).toEqual([])
  })
})

describe('bombs', () => {
  const deep = 10_000
  it.each([
    ['subshells', '( '.repeat(deep)],
    ['parentheses', '('.repeat(deep) + ')'.repeat(deep)],
    ['substitutions', `echo ${'$(a '.repeat(deep)}${')'.repeat(deep)}`],
    ['quotes', 'echo "$('.repeat(deep)],
    ['expansions', `echo ${'${a:-'.repeat(deep)}${'}'.repeat(deep)}`],
    ['braces', '{ '.repeat(deep)],
    ['ifs', 'if a; then '.repeat(deep)],
    ['functions', 'f() '.repeat(deep)],
    ['arithmetic', `echo ${'$(('.repeat(deep)}`],
    ['a long list', 'a && '.repeat(deep * 3)],
    [
      'calls that double',
      `${Array.from({ length: 40 }, (_, at) => `f${at + 1}() { f${at}; f${at}; }`).join('\n')}\nf40`,
    ],
  ])('%s', (_, text) => {
    const { problems } = script(text)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.length).toBeLessThan(25)
  })

  it('arguments that double', () =>
    expect(script(`${'set -- a "$@" "$@"; '.repeat(60)}x "$@"`).commands).toHaveLength(61))
})

it('shows words', () => expect(script('a "$B"').commands[0]?.words.map(showWord)).toEqual(['a', '<"$B">']))
