import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/files/decode.ts'

const messageOf = (...bytes: readonly number[]) => decodeText('f', new Uint8Array(bytes)).problem?.message

describe('decodeText', () => {
  it.each(['', 'a\r\nb', 'é 😀', '\ufeffFROM a'])('keeps %j as it is', (text) => {
    expect(decodeText('f', new TextEncoder().encode(text))).toEqual({ source: { path: 'f', text } })
  })

  it.each([
    [[0x41, 0x80], 2],
    [[0xc0, 0xaf], 1],
    [[0x41, 0xc3], 2],
    [[0xc3, 0xa9, 0xed, 0xa0, 0x80], 3],
    [[0xf4, 0x90, 0x80, 0x80], 1],
    [[0xe2, 0x82, 0x41], 1],
    [[0xf0, 0x9f, 0x98, 0x80, 0xf5], 5],
  ])('%j breaks off at byte %i', (bytes, place) => {
    expect(messageOf(...bytes)).toBe(`the file is not UTF-8 text: byte ${place} does not fit`)
  })

  it('tells other encodings and binary files', () => {
    expect(messageOf(0xfe, 0xff, 0, 0x41)).toBe('the file is UTF-16, and only UTF-8 is read')
    expect(messageOf(0x7f, 0x45, 0)).toBe('the file is not text: byte 3 is NUL')
  })

  it('has a limit', () => {
    expect(decodeText('f', new Uint8Array(11), 10).problem?.message).toBe(
      'the file is too large to be read: 11 bytes, and the limit is 10',
    )
  })
})
