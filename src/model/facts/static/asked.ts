import { isUnder } from '../../../files/folders.ts'
import type { Tree } from '../../../files/tree.ts'
import { type Span, span } from '../../../text/source.ts'

/** A static file that a page asks for. */
export interface AskedFile {
  /** From the root of the site, such as `/images/logo.svg`. */
  readonly path: string
  readonly span: Span
  /** Whether the page gets the name that the digest gives it. */
  readonly isLookedUp: boolean
}

/** `~p"/images/logo.svg"`, `static_path(@conn, "/images/logo.svg")`, and `src="/images/logo.svg"` of a tag. */
const asks =
  /~p"(?<verified>\/[^"#?\s{]*)(?=["?#])|\bstatic_(?:path|url)\(\s*[^,()]+(?:\(\))?,\s*"(?<looked>\/[^"#?\s]*)(?=["?#])|<[a-z][^<>]*?\s(?:href|src|content)="(?<plain>\/(?!\/)[^"#?\s]*)(?=["?#])/g

/** Names of what browsers fetch beside a page. */
const file =
  /\.(css|m?js|map|wasm|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg|wav|pdf|webmanifest)$/i

/** The static files that the templates and modules below the `lib` of a folder ask for. */
export function askedFilesIn(folder: string, { sources }: Tree): readonly AskedFile[] {
  const found: AskedFile[] = []
  for (const source of sources) {
    if (!/\.(ex|heex|leex|eex)$/.test(source.path) || !isUnder(source.path, folder)) continue
    if (!/~p"\/|static_(path|url)\(|="\//.test(source.text)) continue
    for (const match of source.text.matchAll(asks)) {
      const { verified, looked, plain } = match.groups ?? {}
      const path = verified ?? looked ?? plain ?? ''
      const end = match.index + match[0].length
      if (!file.test(path) || isInComment(source.text, match.index)) continue
      // What stands behind a question mark is a part of the name that is looked up, and no file has it.
      const isLookedUp = plain === undefined && source.text[end] !== '?'
      found.push({ path, span: span(source, end - path.length, end), isLookedUp })
    }
  }
  return found
}

/** Whether a place is behind `#` in its line, or in a comment of a template. */
function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
  const above = text.slice(0, at)
  return (
    /^\s*#/.test(line) ||
    above.lastIndexOf('<!--') > above.lastIndexOf('-->') ||
    above.lastIndexOf('<%!--') > above.lastIndexOf('--%>')
  )
}
