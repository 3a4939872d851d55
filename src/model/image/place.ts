import type { FileEntry, ImageContent, SavedImage } from '../../files/image/types.ts'
import { type Source, type Span, span } from '../../text/source.ts'

const sources = new WeakMap<FileEntry, Source>()

/** A file of an image as a source: `layer 7/9: /app/releases/0.1.0/sys.config`. Its text is empty where none was kept. */
export function sourceOf(image: SavedImage, entry: FileEntry): Source {
  const made = sources.get(entry)
  if (made) return made
  const path = `layer ${entry.layer}/${image.layers.length}: ${entry.path}`
  const source = { path, text: textIn(entry.content) ?? '' }
  sources.set(entry, source)
  return source
}

const textIn = (content: ImageContent | undefined): string | undefined =>
  content?.kind === 'text' ? content.text : undefined

/** The text of a file; undefined where it is none, or was not kept. */
export const textOfEntry = (entry: FileEntry | undefined): string | undefined => textIn(entry?.content)

/** The first line of a file, as the place of a finding about the file itself. */
export function headOf(image: SavedImage, entry: FileEntry): Span {
  const source = sourceOf(image, entry)
  const line = /^[^\r\n]*/.exec(source.text)?.[0] ?? ''
  return span(source, 0, Math.min(line.length, 80))
}

/** What a folder or file of the merged file system is at the end of all links; undefined where they lead nowhere. */
export function resolvePath(image: SavedImage, path: string): FileEntry | undefined {
  let left = path.split('/').filter((part) => part !== '' && part !== '.')
  let done: string[] = []
  let links = 0
  while (left.length > 0) {
    const [part = '', ...rest] = left
    left = rest
    if (part === '..') {
      done = done.slice(0, -1)
      continue
    }
    const here = `/${[...done, part].join('/')}`
    const entry = image.files.get(here)
    if (entry?.kind !== 'link') {
      done = [...done, part]
      continue
    }
    links += 1
    if (links > mostLinks) return undefined
    const target = entry.target ?? ''
    if (target.startsWith('/')) done = []
    left = [...target.split('/').filter((one) => one !== '' && one !== '.'), ...left]
  }
  return image.files.get(`/${done.join('/')}`)
}

const mostLinks = 40
