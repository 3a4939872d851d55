import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extract } from 'tar-stream'
import { Broken, budgetOf } from '../../src/files/tar/broken.ts'
import { tarEntries } from '../../src/files/tar/entries.ts'

/** An entry as a program sees it. */
export interface Seen {
  /** In hexadecimal digits. */
  readonly name: string
  readonly kind: string
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly link: string
  /** The SHA-256 of what it holds. */
  readonly sum: string
}

/** The entries that a program sees in a tar, and why it reads no further. */
export interface Reading {
  readonly entries: readonly Seen[]
  readonly error: string
}

const largest = 1 << 20

/** A name of ours as the bytes that it was. */
const hexOf = (name: string): string =>
  name
    .split('/')
    .map((one) =>
      /[\udc80-\udcff]/.test(one) && !/[\ud800-\udbff]/.test(one)
        ? Buffer.from(Array.from(one, (letter) => letter.charCodeAt(0) & 0xff))
        : Buffer.from(one),
    )
    .map((bytes) => bytes.toString('hex'))
    .join('2f')

async function* piecesOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What we see in a tar. */
export async function ours(tar: Uint8Array, size = 1000): Promise<Reading> {
  const entries: Seen[] = []
  try {
    for await (const { name, kind, size: length, mode, uid, target, chunks } of tarEntries(
      piecesOf(tar, size),
      budgetOf(1e9),
      true,
    )) {
      const sum = createHash('sha256')
      if (length <= largest) for await (const chunk of chunks) sum.update(chunk)
      entries.push({
        name: hexOf(name),
        kind,
        size: length,
        mode,
        uid,
        link: hexOf(target),
        sum: sum.digest('hex'),
      })
    }
    return { entries, error: '' }
  } catch (error) {
    if (error instanceof Broken) return { entries, error: error.message }
    throw error
  }
}

/** What the package tar-stream sees in a tar. */
export function byTarStream(tar: Uint8Array): Promise<Reading> {
  const kinds: Readonly<Record<string, string>> = {
    file: 'file',
    directory: 'folder',
    link: 'hard link',
    symlink: 'link',
    'character-device': 'device',
    'block-device': 'device',
    fifo: 'device',
  }
  const entries: Seen[] = []
  const reader = extract()
  return new Promise((resolve) => {
    const done = (error = '') => resolve({ entries, error })
    reader.on('entry', ({ name, type, size = 0, mode = 0, uid = 0, linkname }, stream, next) => {
      const sum = createHash('sha256')
      stream.on('data', (chunk) => chunk instanceof Uint8Array && sum.update(chunk))
      stream.on('end', () => {
        const kind = kinds[type ?? ''] ?? String(type)
        const [own, link] = [name, linkname ?? ''].map((text) => Buffer.from(text).toString('hex'))
        entries.push({
          name: own ?? '',
          kind,
          size,
          mode: mode & 0o7777,
          uid,
          link: link ?? '',
          sum: sum.digest('hex'),
        })
        next()
      })
      stream.on('error', () => undefined)
    })
    reader.on('finish', () => done())
    reader.on('error', (error) => done(error.message || 'failed'))
    reader.end(Buffer.from(tar))
  })
}

const hasGo = spawnSync('go', ['version']).status === 0

/** Builds the program that reads tars by Go's archive/tar; undefined where there is no Go. */
export function oracle():
  | { readonly read: (tars: readonly Uint8Array[]) => readonly Reading[]; readonly remove: () => void }
  | undefined {
  if (!hasGo) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'docker-gotchas-'))
  const program = join(folder, 'tar-oracle')
  const { status, stderr } = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: new URL('../../scripts/tar-oracle', import.meta.url),
  })
  if (status !== 0) throw new Error(stderr.toString())
  return {
    read: (tars) => readBy(program, tars),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const kindsOfGo: Readonly<Record<string, string>> = {
  '0': 'file',
  S: 'file',
  '1': 'hard link',
  '2': 'link',
  '5': 'folder',
}
const devices = ['3', '4', '6']

function readBy(program: string, tars: readonly Uint8Array[]): readonly Reading[] {
  const input = tars.flatMap((tar) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(tar.length)
    return [length, tar]
  })
  const { stdout, status, stderr } = spawnSync(program, { input: Buffer.concat(input), maxBuffer: 1 << 30 })
  if (status !== 0) throw new Error(stderr.toString())
  const lines = stdout.toString().trim().split('\n')
  return lines.map((line): Reading => {
    const { entries, error }: { entries: (Omit<Seen, 'kind'> & { type: string })[]; error: string } = JSON.parse(line)
    const own = entries
      // What is for all files is passed over by Docker.
      .filter(({ type }) => type !== 'g')
      .map(({ type, ...seen }) => ({ ...seen, kind: kindsOfGo[type] ?? (devices.includes(type) ? 'device' : type) }))
    return { entries: own, error }
  })
}
