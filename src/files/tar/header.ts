import { Broken, damaged, odd } from './broken.ts'
import { nameIn } from './name.ts'
import { isFilled, numberIn } from './number.ts'

/** The header of an entry of a tar, as it is written. */
export interface Header {
  readonly name: string
  readonly linkName: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Of what follows, in bytes. */
  readonly size: number
  /** The letter of its type; `\0` is that of files before POSIX. */
  readonly type: string
  /** Where it stands in the tar. */
  readonly at: number
  /** All of it. */
  readonly block: Uint8Array
}

/** The bytes of a block of a tar. */
export const blockSize = 512

/** Whether a block is one of the two that end a tar. */
export const isEmpty = (block: Uint8Array): boolean => block[0] === 0 && block.every((byte) => byte === 0)

type HeaderForm = 'v7' | 'ustar' | 'gnu'

/**
 * Reads a block (POSIX pax, "ustar Interchange Format"; GNU tar, "Basic Tar Format"; Go's archive/tar). Throws `Broken`
 * where it is no header, and where it is not what every program would read.
 */
export function headerOf(block: Uint8Array, at: number): Header {
  if (!hasSum(block)) throw new Broken(`${damaged}: the check sum of the header at byte ${at} is wrong`)
  const type = String.fromCharCode(block[156] ?? 0)
  const form = formOfHeader(block, type, at)
  const text = (what: string, start: number, length: number) => {
    const found = nameIn(block, start, length)
    if (found === undefined) throw odd(`there is more behind the end of its ${what}`, at)
    return found
  }
  const number = (what: string, start: number, length: number) => {
    const found = numberIn(block, start, length)
    if (found === undefined) throw odd(`its ${what} is no plain number`, at)
    return found
  }
  const positive = (what: string, start: number, length: number) => {
    const found = number(what, start, length)
    if (found < 0) throw odd(`its ${what} is below zero`, at)
    return found
  }
  if (!isFilled(block, 124, 12)) throw odd('it has no size', at)
  number('time', 136, 12)
  if (form !== 'v7') {
    text('user', 265, 32)
    text('group', 297, 32)
  }
  positive('device', 329, 8)
  positive('device', 337, 8)
  if (form === 'gnu') {
    number('time', 345, 12)
    number('time', 357, 12)
  }
  const name = text('name', 0, 100)
  const prefix = form === 'ustar' ? text('prefix', 345, 155) : ''
  if (prefix !== '' && name === '') throw odd('it has the first part of a name only', at)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: text('link', 157, 100),
    mode: positive('mode', 100, 8) & 0o7777,
    uid: positive('owner', 108, 8),
    gid: positive('owner', 116, 8),
    size: positive('size', 124, 12),
    type,
    at,
    block,
  }
}

/** The parts that a form of header does not use: all of them are NUL. */
const unused: Readonly<Record<HeaderForm | 'sparse', readonly (readonly [number, number])[]>> = {
  v7: [
    [257, 329],
    [345, 512],
  ],
  ustar: [[500, 512]],
  gnu: [[369, 512]],
  sparse: [
    [369, 386],
    [495, 512],
  ],
}

function formOfHeader(block: Uint8Array, type: string, at: number): HeaderForm {
  const magic = Buffer.from(block.subarray(257, 265)).toString('latin1')
  const form = magic === 'ustar\x0000' ? 'ustar' : magic === 'ustar  \0' ? 'gnu' : 'v7'
  if (type === 'S' && form !== 'gnu') throw odd('it has holes in a form that knows none', at)
  for (const [start, end] of unused[type === 'S' ? 'sparse' : form])
    if (block.subarray(start, end).some((byte) => byte !== 0)) throw odd('it is of no known form', at)
  return form
}

/** Whether the check sum of a block is right. */
export function hasSum(block: Uint8Array): boolean {
  if (block.length < blockSize || !isFilled(block, 148, 8)) return false
  let sum = 0
  for (let index = 0; index < blockSize; index++) sum += index >= 148 && index < 156 ? 0x20 : (block[index] ?? 0)
  return numberIn(block, 148, 8) === sum
}
