import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from './reason.ts'

/** Texts that are kept in a folder of ours, by their keys. */
export interface Kept {
  /** Absolute. */
  readonly folder: string
  /** The text of a key; undefined where there is none, or where it is not as it was put there. */
  get(key: string): string | undefined
  /** Keeps a text: whole or not at all. */
  put(key: string, text: string): void
  /** Removes what was not asked for longest, where there is too much. */
  trim(): void
}

const mostBytes = 256 * 1024 * 1024
/** How long a text counts as asked for just now, in milliseconds: so often it is written down that it was. */
const recently = 24 * 60 * 60 * 1000
/** What a process that was ended left behind is gone after so long. */
const longestWrite = 60 * 60 * 1000
const forOwner = 0o700

/** What is kept in `folder`, which is made where it is not there. Fails as `mkdir` does. */
export function keptIn(folder: string, limit = mostBytes): Kept {
  mkdirSync(folder, { recursive: true, mode: forOwner })
  const pathOf = (key: string) => join(folder, `${key}.json`)
  return {
    folder,
    get(key) {
      const path = pathOf(key)
      try {
        const whole = readFileSync(path, 'utf8')
        const end = whole.indexOf('\n')
        const text = whole.slice(end + 1)
        if (whole.slice(0, end) !== sumOf(text)) return undefined
        const now = Date.now()
        if (now - statSync(path).mtimeMs > recently) utimesSync(path, now / 1000, now / 1000)
        return text
      } catch {
        return undefined
      }
    },
    put(key, text) {
      const draft = join(folder, `${randomUUID()}.draft`)
      try {
        writeFileSync(draft, `${sumOf(text)}\n${text}`, { flag: 'wx' })
        renameSync(draft, pathOf(key))
      } catch {
        // Nothing hangs on it but time.
        rmSync(draft, { force: true })
      }
    },
    trim() {
      const found = readdirSync(folder).flatMap((name) => entryAt(join(folder, name)))
      const now = Date.now()
      for (const { path, at } of found)
        if (path.endsWith('.draft') && now - at > longestWrite) rmSync(path, { force: true })
      const kept = found.filter(({ path }) => path.endsWith('.json')).toSorted((one, other) => other.at - one.at)
      let size = 0
      for (const { path, bytes } of kept) {
        size += bytes
        if (size > limit) rmSync(path, { force: true })
      }
    },
  }
}

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex')

function entryAt(path: string) {
  try {
    const { size, mtimeMs } = statSync(path)
    return [{ path, bytes: size, at: mtimeMs }]
  } catch (error) {
    // Another process has removed it.
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}
