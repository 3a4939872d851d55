import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readElf } from '../../../src/languages/elf/elf.ts'
import { elfOf, type TestElf } from './elf-of.ts'

const program: TestElf = {
  interpreter: '/lib64/ld-linux-x86-64.so.2',
  needed: ['libtinfo.so.6', 'libc.so.6'],
  runpath: '$ORIGIN/../lib:/opt/lib',
  requires: { 'libc.so.6': ['GLIBC_2.2.5', 'GLIBC_2.34'], 'libm.so.6': ['GLIBC_2.29'] },
  provides: ['GLIBC_2.2.5', 'GLIBC_2.31'],
}
const facts = {
  interpreter: '/lib64/ld-linux-x86-64.so.2',
  needed: ['libtinfo.so.6', 'libc.so.6'],
  runpath: ['$ORIGIN/../lib', '/opt/lib'],
  requires: new Map([
    ['libc.so.6', ['GLIBC_2.2.5', 'GLIBC_2.34']],
    ['libm.so.6', ['GLIBC_2.29']],
  ]),
  provides: ['GLIBC_2.2.5', 'GLIBC_2.31'],
}

describe('an ELF file', () => {
  test.each([
    ['of 64 bits', program, 'amd64'],
    ['of 32 bits', { ...program, is32: true, machine: 40 }, 'arm'],
    ['with the highest byte first', { ...program, big: true, machine: 22 }, 's390x'],
    ['with the highest byte first, of 32 bits', { ...program, big: true, is32: true, machine: 8 }, 'mips'],
    ['of a machine without a name', { ...program, machine: 9999 }, '9999'],
  ])('%s', (_, elf, machine) => {
    expect(readElf(elfOf(elf))).toEqual({ ...facts, machine })
  })

  test.each(
    ['/usr/lib/x86_64-linux-gnu/libc.so.6', '/usr/lib/aarch64-linux-gnu/libc.so.6', process.execPath].filter((path) =>
      existsSync(path),
    ),
  )('%s of this machine', (path) => {
    const elf = readElf(readFileSync(path))
    expect(elf?.interpreter).toMatch(/^\/lib.*\/ld-/)
    expect(elf?.needed.length).toBeGreaterThan(0)
    if (path.endsWith('libc.so.6')) expect(elf?.provides).toContain('GLIBC_2.17')
    else expect([...(elf?.requires.keys() ?? [])]).toContain('libc.so.6')
  })
})

describe('what is no good ELF file', () => {
  const whole = elfOf(program)

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a text', new TextEncoder().encode('#!/bin/sh\n'.repeat(20))],
    ['the magic alone', whole.slice(0, 4)],
  ])('%s is none', (_, bytes) => {
    expect(readElf(bytes)).toBeUndefined()
  })

  test('cut anywhere, it is read to its end', () => {
    for (let length = 52; length < whole.length; length += 97)
      expect(readElf(whole.slice(0, length))?.machine).toBe('amd64')
  })

  test('with any byte turned, it is read and the lists end', () => {
    for (let at = 5; at < 5000; at++) {
      const broken = Uint8Array.from(whole)
      broken[at] = 0xff
      const elf = readElf(broken)
      expect((elf?.provides.length ?? 0) + (elf?.needed.length ?? 0)).toBeLessThan(10_000)
    }
  })
})
