/** What stands at a path, as far as we may look. */
export type Found = FoundFile | FoundFolder | Closed

export interface FoundFolder {
  readonly kind: 'folder'
  /** Its path without links. */
  readonly real: string
  /** What it takes itself on its disk, in bytes, without what is in it. */
  readonly size: number
}

export interface FoundFile {
  readonly kind: 'file'
  /** Its path without links. */
  readonly real: string
  /** In bytes. */
  readonly size: number
  readonly mode: number
  /** What it is on its disk, so that another file that takes its place is known. */
  readonly identity: Identity
}

/** What a file is on its disk: the number of the disk, and that on it. */
export interface Identity {
  readonly dev: number
  readonly ino: number
}

/** Why there is nothing to read. */
export type Closed =
  /** `byLink`: a link stands there that leads nowhere. */
  | { readonly kind: 'missing'; readonly byLink: boolean }
  /** It lies outside of what the user named, `byLink` because a link leads there. Nobody has looked. */
  | { readonly kind: 'elsewhere'; readonly byLink: boolean }
  /** A FIFO, a socket or a device, or `made` by the system as all of /proc is. */
  | { readonly kind: 'special'; readonly made: boolean }
  | { readonly kind: 'large'; readonly size: number; readonly limit: number }
  | { readonly kind: 'unreadable'; readonly why: string }

/** Whether there is something behind the door. */
export const isOpen = (found: Found): found is Exclude<Found, Closed> =>
  found.kind === 'file' || found.kind === 'folder'

/** Why something cannot be read, in words that stand behind a colon and name no path. */
export function whyClosed(closed: Closed): string {
  switch (closed.kind) {
    case 'missing':
      return closed.byLink ? 'it is a link that leads nowhere' : 'there is no such file or folder'
    case 'elsewhere':
      return closed.byLink ? 'it is a link that leads out of the project' : 'it lies outside of the project'
    case 'special':
      return closed.made ? 'it is made by the system, as /proc is' : 'it is neither a file nor a folder'
    case 'large':
      return `it is too large: ${closed.size} bytes, and the limit is ${closed.limit}`
    case 'unreadable':
      return closed.why
  }
}
