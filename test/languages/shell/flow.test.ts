import { describe, expect, it } from 'vitest'
import { show } from './show.ts'

const table = (rows: readonly (readonly [string, ...string[]])[]) => {
  it.each(rows)('%j', (text, ...commands) => expect(show(text)).toEqual(commands))
}

describe('lists', () => {
  table([
    ['a', 'a'],
    ['a; b', 'a · may fail', 'b'],
    ['a\nb\n', 'a · may fail', 'b'],
    ['a && b', 'a', 'b'],
    ['a && b && c', 'a', 'b', 'c'],
    ['a && b; c', 'a · may fail', 'b · may fail', 'c'],
    ['a || b', 'a · may fail', 'b · maybe · not or a'],
    ['a || true', 'a · may fail', 'true · maybe · not or a'],
    ['a && b || c', 'a · may fail', 'b · may fail', 'c · maybe · not or a && b'],
    ['a || b && c', 'a · may fail', 'b · maybe · not or a', 'c'],
    ['a && b || true; c', 'a · may fail', 'b · may fail', 'true · maybe · may fail · not or a && b', 'c'],
    ['a & b', 'a · may fail · background · in 1', 'b'],
    ['! a', 'a · may fail'],
    [''],
    ['# only a comment\n'],
    ['a # comment && b', 'a'],
    ['a \\\n  b', 'a b'],
    ['time -p mix test', 'mix test'],
  ])
})

describe('failures that are handed on', () => {
  table([
    ['a || exit 1; b', 'a', 'exit 1 · maybe · not or a', 'b'],
    ['a || exit; b', 'a', 'exit · maybe · not or a', 'b'],
    ['a || exit $?; b', 'a', 'exit <$?> · maybe · not or a', 'b'],
    ['a || exit 0; b', 'a · may fail', 'exit 0 · maybe · not or a', 'b · maybe · or a'],
    ['a || { x; exit 1; }; b', 'a', 'x · maybe · may fail · not or a', 'exit 1 · maybe · not or a', 'b'],
    ['a || { x && exit 1; }; b', 'a', 'x · maybe · may fail · not or a', 'exit 1 · maybe · not or a', 'b'],
    ['a || false', 'a', 'false · maybe · not or a'],
    ['a && b || exit 1; c', 'a', 'b', 'exit 1 · maybe · not or a && b', 'c'],
    [
      'die() { echo "$1"; exit 1; }; a || die no; b',
      'a',
      'echo <"$1"> · maybe · may fail · not or a · calls `die`',
      'exit 1 · maybe · not or a · calls `die`',
      'b',
    ],
    [
      'f() { a || return 1; b; }; f && c',
      'a · calls `f`',
      'return 1 · maybe · not or a · calls `f`',
      'b · calls `f`',
      'c',
    ],
  ])
})

describe('set -e and pipefail', () => {
  table([
    ['set -e; a; b', 'set -e · may fail', 'a', 'b'],
    ['set -eu\na\nb', 'set -eu · may fail', 'a', 'b'],
    ['set -o errexit; a; b', 'set -o errexit · may fail', 'a', 'b'],
    ['set -e; set +e; a; b', 'set -e · may fail', 'set +e', 'a · may fail', 'b'],
    ['#!/bin/sh -e\na\nb', 'a', 'b'],
    ['#!/bin/bash -eu -o pipefail\na | b\nc', 'a · pipe 1/2', 'b · pipe 2/2', 'c'],
    ['set -e; a && b; c', 'set -e · may fail', 'a · may fail', 'b', 'c'],
    ['set -e; a || true; c', 'set -e · may fail', 'a · may fail', 'true · maybe · not or a', 'c'],
    ['set -e; if a; then b; fi; c', 'set -e · may fail', 'a · may fail · condition', 'b · maybe · if a', 'c'],
    [
      'set -e; ( a; b ) || c',
      'set -e · may fail',
      'a · may fail · in 1',
      'b · may fail · in 1',
      'c · maybe · not or ( a; b )',
    ],
    ['set -e; f() { a; b; }; f; c', 'set -e · may fail', 'a · calls `f`', 'b · calls `f`', 'c'],
    ['set -e; X=$(a); b', 'set -e · may fail', 'a · substitution · in 1', 'X=<$(a)>', 'b'],
    ['a | b', 'a · may fail · pipe 1/2', 'b · pipe 2/2'],
    ['set -euo pipefail; a | b; c', 'set -euo pipefail · may fail', 'a · pipe 1/2', 'b · pipe 2/2', 'c'],
  ])

  it('come from the way that the shell is started, too', () => {
    expect(show('a | b; c', { errexit: true, pipefail: true })).toEqual(['a · pipe 1/2', 'b · pipe 2/2', 'c'])
  })
})

describe('conditions', () => {
  table([
    ['[ -f x ] && a; b', '[ -f x ] · may fail · condition', 'a · maybe · may fail · and [ -f x ]', 'b'],
    ['[ -f x ] && a', '[ -f x ] · condition', 'a · and [ -f x ]'],
    [
      'test -n "$X" || a; b',
      'test -n <"$X"> · may fail · condition',
      'a · maybe · may fail · not or test -n "$X"',
      'b',
    ],
    ['command -v x && a; b', 'command -v x · may fail · condition', 'a · maybe · may fail · and command -v x', 'b'],
    [
      '[[ $X == a* ]] && a || b',
      '[[ <$X> == <a*> ]] · may fail · condition',
      'a · maybe · may fail · and [[ $X == a* ]]',
      'b · maybe · not or [[ $X == a* ]] && a',
    ],
    ['if a; then b; fi', 'a · may fail · condition', 'b · maybe · if a'],
    ['if a; then b; else c; fi', 'a · may fail · condition', 'b · maybe · if a', 'c · maybe · not if a'],
    [
      'if a; then b; elif c; then d; else e; fi',
      'a · may fail · condition',
      'c · maybe · may fail · not if a · condition',
      'b · maybe · if a',
      'd · maybe · not if a · if c',
      'e · maybe · not if a · not if c',
    ],
    ['if a; then b; else exit 1; fi', 'a · condition', 'b · if a', 'exit 1 · maybe · not if a'],
    ['if a; then exit 1; fi; b', 'a · may fail · condition', 'exit 1 · maybe · if a', 'b'],
    ['case $1 in x|y) a;; *) b;; esac', 'a · maybe · case $1=x|y', 'b · maybe · case $1=*'],
    ['case $1 in x) a;; *) exit 2;; esac', 'a · case $1=x', 'exit 2 · maybe · case $1=*'],
    ['while a; do b; done', 'a · may fail · condition', 'b · maybe · while a'],
    ['until a; do b; done; c', 'a · condition', 'b · maybe · may fail · not until a', 'c'],
    ['while true; do a; done', 'true · may fail · condition', 'a'],
    ['for i in 1 2; do a $i; done', 'i=1 · may fail', 'a <$i> · may fail', 'i=2 · may fail', 'a <$i>'],
    ['for i in $X; do a; done', 'i=<i in $X> · may fail', 'a · maybe · for i in $X'],
    ['for i; do a; done', 'i=<i> · may fail', 'a · maybe · for i'],
    ['for ((i=0;i<3;i++)); do a; done', 'a · maybe'],
  ])
})

describe('the end of a script', () => {
  table([
    ['exec a; b', 'exec a · replaces'],
    ['exec 2>&1; b', 'exec 2>&1 · may fail', 'b'],
    ['a && exec b', 'a', 'exec b · replaces'],
    ['exit 0; b', 'exit 0'],
    ['(exit 0); b', 'exit 0 · may fail · in 1', 'b'],
    [
      'if [ "$1" = migrate ]; then exec m; fi; exec s',
      '[ <"$1"> = migrate ] · may fail · condition',
      'exec m · maybe · if [ "$1" = migrate ] · replaces',
      'exec s · maybe · not if [ "$1" = migrate ] · replaces',
    ],
    [
      'if a; then exec b; else exec c; fi; d',
      'a · may fail · condition',
      'exec b · maybe · if a · replaces',
      'exec c · maybe · not if a · replaces',
    ],
    [
      '[ "$X" ] && exec a; b',
      '[ <"$X"> ] · may fail · condition',
      'exec a · maybe · and [ "$X" ] · replaces',
      'b · maybe · not and [ "$X" ]',
    ],
    [
      'f() { if a; then return; fi; b; }; f; c',
      'a · may fail · condition · calls `f`',
      'return · maybe · may fail · if a · calls `f`',
      'b · maybe · may fail · not if a · calls `f`',
      'c',
    ],
  ])
})

describe('loops that are left', () => {
  table([
    [
      'for i in 1; do a; [ "$X" ] && break; b; done; c',
      'i=1 · may fail',
      'a · may fail',
      '[ <"$X"> ] · may fail · condition',
      'break · maybe · may fail · and [ "$X" ]',
      'b · maybe · may fail · not and [ "$X" ]',
      'c',
    ],
    ['for i in 1; do break; b; done; c', 'i=1 · may fail', 'break · may fail', 'c'],
    ['break; a', 'break · may fail', 'a'],
    [
      'f() { if a; then return; else exec b; fi; c; }; f; d',
      'a · may fail · condition · calls `f`',
      'return · maybe · may fail · if a · calls `f`',
      'exec b · maybe · not if a · replaces · calls `f`',
      'd · maybe · if a',
    ],
  ])
})

it('$(…) inherits `set -e` in sh, and not in bash', () => {
  const text = '\nset -e\nX=$(a; b)'
  expect(show(`#!/bin/sh${text}`)[1]).toBe('a · substitution · in 1')
  expect(show(`#!/bin/bash${text}`)[1]).toBe('a · may fail · substitution · in 1')
})

describe('subshells, groups and substitutions', () => {
  table([
    ['(cd x && a); b', 'cd x · may fail · in 1', 'a · may fail · in 1', 'b'],
    ['{ a; b; } > f', 'a >f · may fail', 'b >f'],
    [
      'echo $(a "$(b)") `c`',
      'b · may fail · substitution · in 1.2',
      'a <"$(b)"> · may fail · substitution · in 1',
      'c · may fail · substitution · in 3',
      'echo <$(a "$(b)")> <`c`>',
    ],
    ['a <(b)', 'b · may fail · substitution · in 1', 'a <<(b)>'],
    ['a ${X:-$(b)}', 'b · may fail · substitution · in 1', 'a <${X:-$(b)}>'],
  ])
})

describe('functions', () => {
  table([
    ['f() { a; }'],
    ['f() { a "$@"; }; f x y', 'a x y · calls `f`'],
    ['function f { a "$1"; }; f x', 'a <"$1"> · calls `f`'],
    ['f() { g; }; g() { a; }; f', 'a · calls `f` · calls `g`'],
    ['f() { f; }; f', 'f · calls `f`'],
    ['f() { a; }; f > x', 'a >x · calls `f`'],
    ['f', 'f'],
    ['f; f() { a; }', 'f · may fail'],
    ['set -- a "$@"; exec "$@"', 'set -- a <"$@"> · may fail', 'exec a <"$@"> · replaces'],
    ['set -- a b; shift; "$@"', 'set -- a b · may fail', 'shift · may fail', 'b'],
  ])
})
