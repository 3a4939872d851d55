import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import { type Span, span } from '../../text/source.ts'
import { headOf, resolvePath, sourceOf, textOfEntry } from './place.ts'

/** Why a file of an image cannot be executed; undefined where nothing says so. `direct`: by its path, and not by `sh FILE`. */
export function unrunnable(
  image: SavedImage,
  entry: FileEntry,
  direct: boolean,
): { readonly why: string; readonly at: Span } | undefined {
  const at = headOf(image, entry)
  if (direct && (entry.mode & 0o111) === 0) return { why: 'it is not executable', at }
  if (direct && isForOthers(image, entry)) return { why: `\`USER ${image.config.user}\` may not execute it`, at }
  const text = textOfEntry(entry)
  if (text === undefined) return undefined
  const source = sourceOf(image, entry)
  const [line = ''] = /^.*/.exec(text) ?? []
  const shebang = /^#!\s*(\S+)/.exec(text)
  const carriage = /\r\n/.exec(text)
  if (carriage)
    return { why: 'its lines end in CRLF', at: span(source, 0, Math.max(line.replace(/\r$/, '').length, 1)) }
  if (shebang === null) return direct && text !== '' ? { why: 'it has no `#!` line', at } : undefined
  const interpreter = shebang[1] ?? ''
  if (resolvePath(image, interpreter)?.kind === 'file') return undefined
  return { why: `\`${interpreter}\`, which runs it, is not in the image`, at: span(source, 0, line.length) }
}

/** The users of an image by name, with their numbers and first groups. */
function userOf({ config, files }: SavedImage): { readonly uid: number; readonly gid: number | undefined } | undefined {
  const [name = '', group] = (config.user ?? '').split(':')
  const passwd = textOfEntry(files.get('/etc/passwd')) ?? ''
  const isNumber = /^\d+$/.test(name)
  if (name === '' || name === 'root' || name === '0') return { uid: 0, gid: 0 }
  const line = passwd.split('\n').find((one) => one.split(':')[isNumber ? 2 : 0] === name)
  const uid = isNumber ? Number(name) : Number(line?.split(':')[2])
  if (!Number.isInteger(uid)) return undefined
  const own = group ?? line?.split(':')[3]
  return { uid, gid: own !== undefined && /^\d+$/.test(own) ? Number(own) : undefined }
}

/** Whether its bits let others execute a file, and not the user of the image. */
function isForOthers(image: SavedImage, { mode, uid, gid }: FileEntry): boolean {
  const user = userOf(image)
  if (user === undefined || user.uid === 0 || user.gid === undefined) return false
  if (user.uid === uid) return (mode & 0o100) === 0
  return (mode & (user.gid === gid ? 0o010 : 0o011)) === 0
}
