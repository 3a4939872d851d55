import { isEmpty } from './header.ts'

/** The types of headers that are only read together with what follows them. */
const extended = /^[xgLKXN]$/
/** How the header of such a type is named: its name is the first line of a text. */
const plainName = /^(?!(FROM|ARG|#)\b)[\w./@-][^\0\r\n]*$/i

/**
 * Whether Docker may take the tar of a build context for the text of a Dockerfile: `docker build -` looks for an entry in
 * its first 1024 bytes (Docker CLI, `DetectArchiveReader`), where an extended header leaves no room for one. No text
 * begins with the names that such headers have.
 */
export function isTextOrTar(head: Uint8Array): boolean {
  if (isEmpty(head.subarray(0, 512))) return false
  if (!extended.test(String.fromCharCode(head[156] ?? 0))) return false
  const name = Buffer.from(head.subarray(0, 100)).toString('latin1').split('\0')[0] ?? ''
  return !plainName.test(name)
}
