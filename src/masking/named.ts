import { isHushed, isWorthHiding } from './names.ts'
import type { Range } from './range.ts'
import { trailing } from './strange.ts'

const names = /[A-Za-z_@][\w.-]{0,80}[A-Za-z\d]/g
const separators = /^["'\]]?[ \t]{0,40}(?:=>|\+=|[:?]?=|\|\||:(?!:)(?=[\s"'~<[|>&!$\w]|$))[ \t]*/
const argument = /^["'>]{1,4}[)\]]?[ \t]{0,40}(?:,|\|\|)[ \t\n]*(?=["'<~])/
const blank = /^[ \t]+(?=\S)/

/** What stands behind the names of secrets, in any language. */
export function namedValues(text: string, isCode: boolean): readonly Range[] {
  const known = new Map<string, boolean>()
  const found: Range[] = []
  for (const { 0: word, index } of text.matchAll(names)) {
    const hushed = known.get(word) ?? isHushed(word.replace(/^[@-]+/, ''))
    known.set(word, hushed)
    if (!hushed || index < (found.at(-1)?.end ?? 0)) continue
    const end = index + word.length
    const rest = text.slice(end, end + 200)
    const before = separators.exec(rest) ?? argument.exec(rest) ?? (takesBlank(text, index) ? blank.exec(rest) : null)
    if (!before) continue
    const at = end + before[0].length
    found.push(...(isCode && !isFlagLike(text, index) ? literalsFrom(text, at) : wordsFrom(text, at)))
  }
  return found
}

/** `--token S`, `ENV TOKEN S`, `password S` of a netrc, `export -x TOKEN S`. */
function takesBlank(text: string, at: number): boolean {
  const before = lineBefore(text, at)
  return /(^|[\s"'[(,])--?[\w-]*$|^\s*(ENV|ARG|LABEL|set|setx|setenv)\s+$|^\s*(machine|login|default|password|account)\b.*$|^\s*$/i.test(
    before,
  )
}

const isFlagLike = (text: string, at: number): boolean =>
  /["'\s=]-?-?$/.test(text.slice(Math.max(0, at - 3), at)) && text[at - 1] === '-'

const scheme = /^(?:bearer|basic|token|digest|apikey)[ \t]+/i

/** The word at an offset: to its closing quote, and to the next blank in any case. */
function wordsFrom(text: string, at: number): readonly Range[] {
  const block = blockAt(text, at)
  if (block) return [block]
  const skipped = scheme.exec(text.slice(at, at + 20).replace(/^["']/, ''))
  const from = skipped ? at + (/["']/.test(text[at] ?? '') ? 1 : 0) + skipped[0].length : at
  const quote = /["'`]/.test(text[from] ?? '') ? (text[from] ?? '') : ''
  const start = from + quote.length
  const command = /^\$\$?\(\s*(?:(?:echo|printf)\s+)?/.exec(text.slice(start, start + 80))?.[0]
  // A program gives the value; only what it is told to print stands here.
  if (command !== undefined) return /[a-z]/.test(command) ? wordsFrom(text, start + command.length) : []
  const line = lineEnd(text, start)
  let end = start
  if (quote !== '') {
    end = closing(text, start, quote, line)
  }
  while (end < line && !/\s/.test(text[end] ?? '')) end += 1
  const last = start + trailing(text.slice(start, end), end - start)
  return hidden(text, start, last)
}

/** The value without the reference that it is the default of: `${TOKEN:-S}`. */
function hidden(text: string, start: number, end: number): readonly Range[] {
  const value = text.slice(start, end)
  // What stands behind `:?` is a message.
  if (/^\$\$?\{\w+:?(\?|$)/.test(value)) return []
  const fallback = /^\$\{\w+:?[-+=]/.exec(value)
  if (fallback) return hidden(text, start + fallback[0].length, value.endsWith('}') ? end - 1 : end)
  if (/^[a-z][\w+.-]*:\/\//i.test(value)) return []
  return isWorthHiding(value) ? [{ start, end }] : []
}

const longest = 8000

/** Where the line at an offset ends, and after eight thousand characters in any case. */
function lineEnd(text: string, at: number): number {
  const here = text.slice(at, at + longest)
  const end = here.indexOf('\n')
  return at + (end === -1 ? here.length : end)
}

const lineBefore = (text: string, at: number): string => {
  const here = text.slice(Math.max(0, at - 300), at)
  return here.slice(here.lastIndexOf('\n') + 1)
}

function closing(text: string, from: number, quote: string, most: number): number {
  for (let at = from; at < most; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === quote) return at
  }
  return most
}

const longestBlock = 65_536

/** A block scalar of YAML (YAML 1.2, 8.1): the lines below that stand further in. */
function blockAt(text: string, at: number): Range | undefined {
  const head = /^(?:[!&][\w!-]+[ \t]+)?[|>][-+\d]{0,2}[ \t]*(?:#[^\n]*)?(?=\r?\n|$)/.exec(text.slice(at, at + 200))
  if (!head) return undefined
  const line = lineBefore(text, at)
  const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0
  let end = lineEnd(text, at)
  const start = end + 1
  while (end < text.length && end - start < longestBlock) {
    const next = text.slice(end + 1, lineEnd(text, end + 1))
    const isInside = next.trim() === '' || next.length - next.trimStart().length > indent
    if (!isInside) break
    end = lineEnd(text, end + 1)
  }
  return start < end ? { start, end } : undefined
}

const literal =
  /"""[\s\S]*?"""|'''[\s\S]*?'''|~[a-zA-Z]{1,4}(?:"""[\s\S]*?"""|\((?:\\.|[^)\\])*\)|\[(?:\\.|[^\]\\])*\]|\{(?:\\.|[^}\\])*\}|<(?:\\.|[^>\\])*>|\|(?:\\.|[^|\\])*\||\/(?:\\.|[^/\\])*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|"(?:\\[\s\S]|[^"\\])*(?:"|$)|'(?:\\[\s\S]|[^'\\])*(?:'|$)/g
/** The literals of the expression at an offset of a program. */
function literalsFrom(text: string, at: number): readonly Range[] {
  const region = expressionAt(text, at)
  return [...region.matchAll(literal)].flatMap((found) => {
    const [whole] = found
    const before = region.slice(0, found.index)
    if (/\braise\b[^"']*$/.test(before)) return []
    const head = /^(~[a-zA-Z]{1,4}(?:"""|.)|"""|'''|["'])/.exec(whole)?.[0].length ?? 0
    const tail = whole.length > head ? (/("""|'''|["')\]}>|/])$/.exec(whole)?.[0].length ?? 0) : 0
    const start = at + found.index + head
    return hidden(text, start, at + found.index + whole.length - tail)
  })
}

/** To the end of the line, and on where an operator or an open bracket goes on. */
function expressionAt(text: string, at: number): string {
  let end = lineEnd(text, at)
  for (let lines = 0; lines < 8 && end < text.length && end - at < longest; lines += 1) {
    const here = text.slice(at, end)
    const next = text.slice(end + 1, lineEnd(text, end + 1))
    const goesOn =
      /(<>|\|\||\+\+|\|>|[=(,[{<]|->|:|"""|\\)[ \t\r]*$/.test(here) || /^\s*(<>|\|\||\|>|\+\+|["'~<)])/.test(next)
    if (!goesOn || (/,[ \t\r]*$/.test(here) && /^\s*:?\w+[:,]/.test(next))) break
    end = lineEnd(text, end + 1)
  }
  const open = /"""(?:(?!""")[\s\S])*$/.test(text.slice(at, end))
    ? text.indexOf('"""', text.lastIndexOf('"""', end) + 3)
    : -1
  return text.slice(at, open === -1 || open - at > longest ? end : open + 3)
}
