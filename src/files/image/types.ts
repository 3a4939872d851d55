/** A saved image after all its layers were read: what `docker save` or an OCI layout holds. */
export interface SavedImage {
  /** Its tags, such as `shop:1.4`; empty where it has none. */
  readonly names: readonly string[]
  /** Such as `linux/amd64`. */
  readonly platform: string | undefined
  readonly config: ImageConfig
  readonly layers: readonly Layer[]
  /** The file system of a container, by absolute path; folders as well. Links are not followed: see `resolvePath`. */
  readonly files: ReadonlyMap<string, FileEntry>
  /** What an earlier layer holds and a later one removes or overwrites: everybody who has the image still has it. */
  readonly gone: readonly GoneEntry[]
}

/** The config of an image (OCI image specification, "Image Configuration"), what is absent or of a wrong type left out. */
export interface ImageConfig {
  readonly env: readonly string[]
  readonly entrypoint: readonly string[] | undefined
  readonly cmd: readonly string[] | undefined
  readonly shell: readonly string[] | undefined
  readonly user: string | undefined
  readonly workingDir: string | undefined
  /** Such as `4000/tcp`. */
  readonly exposed: readonly string[]
  readonly healthcheck: ImageHealthcheck | undefined
  readonly labels: ReadonlyMap<string, string>
  readonly history: readonly ImageHistory[]
}

/** `test` begins with `NONE`, `CMD` or `CMD-SHELL`. */
export interface ImageHealthcheck {
  readonly test: readonly string[]
}

/** One line of the history, the oldest first. */
export interface ImageHistory {
  readonly createdBy: string
  readonly emptyLayer: boolean
}

/** One layer of an image. */
export interface Layer {
  /** From 1. */
  readonly index: number
  readonly digest: string
  /** The line of the history that made it; undefined where there is none. */
  readonly createdBy: string | undefined
}

/** Something in a layer. A hard link is a file with the content of what it links to. */
export interface FileEntry {
  /** Absolute. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link' | 'device'
  /** The twelve permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Where a symbolic link leads to, as it is written. */
  readonly target: string | undefined
  /** The index of the layer that it comes from. */
  readonly layer: number
  readonly content: ImageContent | undefined
}

/** What was kept of a file, by what `wanted` asked for. */
export type ImageContent =
  | { readonly kind: 'text'; readonly text: string }
  /** All bytes: what was wanted so, and what was wanted as text and is none. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Of all bytes, in hexadecimal digits. */
  | { readonly kind: 'hash'; readonly md5: string; readonly sha512: string }

/** Something that is in the image's tar, and not in its file system. */
export interface GoneEntry {
  readonly entry: FileEntry
  /** The index of the layer that removes or overwrites it. */
  readonly goneIn: number
  readonly by: 'removed' | 'overwritten'
}

/** What to keep of a file, decided before its bytes come: a stream is read once. */
export type Wanted = (path: string, size: number, mode: number) => 'text' | 'bytes' | 'hash' | 'none'
