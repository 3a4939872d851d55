/** One entry of a tar. */
export interface TarFile {
  /** As it is written. */
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'hard link' | 'device'
  /** The twelve permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Of a sparse file with its holes. */
  readonly size: number
  /** What a symbolic or hard link leads to, as it is written. */
  readonly target: string
  /** To be read before the next entry is asked for, or never; the holes of a sparse file are NULs. */
  readonly chunks: AsyncIterable<Uint8Array>
}
