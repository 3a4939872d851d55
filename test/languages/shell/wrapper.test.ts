import { describe, expect, it } from 'vitest'
import { wrappingOf } from '../../../src/languages/shell/wrapper.ts'
import { script } from './show.ts'

const argvOf = (text: string) => script(text).commands[0]?.words.map((word) => word.literal) ?? []

describe('commands that start a command', () => {
  it.each([
    ['env A=1 B=2 mix release', 3],
    ['/usr/bin/env mix', 1],
    ['env -i -u X mix', 4],
    ['exec mix', 1],
    ['exec -a name mix', 3],
    ['nice -n 5 mix', 3],
    ['nohup mix', 1],
    ['timeout -k 5 10s mix', 4],
    ['timeout --signal=TERM 10s mix', 3],
    ['tini -g -- bin/server', 3],
    ['/sbin/tini -- bin/server', 2],
    ['dumb-init bin/server', 1],
    ['catatonit -- bin/server', 2],
    ['gosu app bin/server', 2],
    ['su-exec app:app bin/server', 2],
    ['sudo -E -u app A=1 mix', 5],
    ['doas -u app mix', 3],
    ['stdbuf -oL mix', 2],
    ['command mix', 1],
    ['builtin cd /app', 1],
    ['setpriv --reuid=1 --clear-groups mix', 3],
    ['runuser -u app -- mix', 4],
    ['doppler run -- mix', 3],
  ])('%s', (text, first) => expect(wrappingOf(argvOf(text))?.starts).toEqual({ kind: 'command', first }))

  it('env says what it sets and removes', () => {
    expect(wrappingOf(argvOf('env -i -u X --unset=Y PHX_SERVER=true mix'))).toMatchObject({
      variables: [{ name: 'PHX_SERVER', word: 5, offset: 11 }],
      unset: ['X', 'Y'],
      clears: true,
    })
  })

  it('a word of which nothing is known is a command', () => {
    expect(wrappingOf(argvOf('exec "$@"'))?.starts).toEqual({ kind: 'command', first: 1 })
  })
})

describe('shells', () => {
  it.each([
    ["sh -c 'a b'", { kind: 'script', text: 2, first: 4 }],
    ["bash -lc 'a b' name x", { kind: 'script', text: 2, first: 4 }],
    ["bash -e -o pipefail -c 'a'", { kind: 'script', text: 5, first: 7 }],
    ["bash -c -e 'a'", { kind: 'script', text: 3, first: 5 }],
    ["/bin/ash -c 'a'", { kind: 'script', text: 2, first: 4 }],
    ["busybox sh -c 'a'", { kind: 'script', text: 3, first: 5 }],
    ["su app -c 'a'", { kind: 'script', text: 3, first: 4 }],
    ["su - app -s /bin/sh -c 'a'", { kind: 'script', text: 6, first: 7 }],
    ["eval 'a b'", { kind: 'script', text: 1, first: 2 }],
    ['sh ./run.sh x', { kind: 'file', file: 1, first: 2, sourced: false }],
    ['bash -eu run.sh', { kind: 'file', file: 2, first: 3, sourced: false }],
    ['. /app/env.sh', { kind: 'file', file: 1, first: 2, sourced: true }],
    ['source env.sh', { kind: 'file', file: 1, first: 2, sourced: true }],
    ['sh', { kind: 'input' }],
    ['bash -s x', { kind: 'input' }],
    ['bash -o pipefail', { kind: 'input' }],
  ])('%s', (text, starts) => expect(wrappingOf(argvOf(text))?.starts).toEqual(starts))

  it('keep their flags', () =>
    expect(wrappingOf(argvOf('bash -eo pipefail -c a'))?.flags).toEqual(['-eo', 'pipefail', '-c']))
})

it.each([
  'mix release',
  'command -v mix',
  'env',
  'sudo -i',
  'xargs mix',
  'gosu app',
  'eval a b',
  'toString',
])('%s starts nothing that is known', (text) => expect(wrappingOf(argvOf(text))).toBeUndefined())
