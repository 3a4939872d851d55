/**
 * Where texts come from: a folder, a tar, unsaved buffers. Paths are relative to its root, with `/`.
 *
 * @example
 * const host: Host = {
 *   list: async (folder) => (folder === '' ? [{ name: 'Dockerfile', kind: 'file', size: 9, executable: false }] : []),
 *   async read(path) {
 *     if (path !== 'Dockerfile') throw new ReadFailure(path, 'absent')
 *     return new TextEncoder().encode('FROM scratch')
 *   },
 * }
 */
export interface Host {
  /** The entries of a folder (`''` is the root), `most` at most, sorted by name; empty where there is no such folder. */
  list(folder: string, most?: number): Promise<readonly Entry[]>
  /** The bytes of a file. Fails with `ReadFailure` where it cannot be read. */
  read(path: string): Promise<Uint8Array>
}

export interface Entry {
  readonly name: string
  /** What a link points at; `other` for sockets, devices and links that lead nowhere or out of the root. */
  readonly kind: 'file' | 'folder' | 'other'
  /** In bytes; 0 for folders. */
  readonly size: number
  /** Whether the owner may execute it. */
  readonly executable: boolean
}

/** Why a host could not give what is at a path: the one error that a host may throw. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure'
  readonly path: string
  readonly reason: 'absent' | 'folder' | 'denied' | 'outside' | 'other'

  constructor(path: string, reason: ReadFailure['reason'], options?: ErrorOptions) {
    super(`${path === '' ? 'the root' : path} ${sayings[reason]}`, options)
    this.path = path
    this.reason = reason
  }
}

const sayings: Readonly<Record<ReadFailure['reason'], string>> = {
  absent: 'does not exist',
  folder: 'is a folder',
  denied: 'may not be read',
  outside: 'lies outside of the project',
  other: 'cannot be read',
}
