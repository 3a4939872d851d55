import { span } from '../../text/source.ts'
import { readHeredocOpening } from './heredocs.ts'
import { gapsIn, isBlank, type Joined, lineEnds, spanIn } from './lines.ts'
import type { CommandLine, Heredoc, Omission, ShellForm, Word } from './parts.ts'
import { jsonStringsOf, type LineToken } from './tokens.ts'

/** The word that `token` is. */
export const wordOf = (line: Joined, token: LineToken): Word => ({
  text: token.text,
  span: spanIn(line, token.from, token.to),
})

/** Reads `[from, to)` as what RUN, CMD and ENTRYPOINT run; `invalid` where it is an array of other things than strings. */
export function readCommandLine(
  line: Joined,
  from: number,
  to: number,
  heredocs: readonly Heredoc[],
): CommandLine | 'invalid' {
  const argv = jsonStringsOf(line.text, from, to)
  if (argv === 'invalid') return argv
  const at = spanIn(line, from, to)
  if (argv) return { form: 'exec', argv: argv.map((token) => wordOf(line, token)), span: at }
  const only =
    heredocs.length > 0 && readHeredocOpening(line.text.slice(from, to)) !== undefined ? heredocs[0] : undefined
  if (only) return bodyAsScript(only, line.whole)
  const omitted = gapsIn(line, from, to).map(({ span: gap, at: index }): Omission => {
    const joinsWord = !isBlank(line.text[index - 1] ?? ' ') && !isBlank(line.text[index] ?? ' ')
    return { ...gap, joinsWord }
  })
  const last = heredocs.at(-1)
  const end = Math.max(at.end, last?.endSpan?.end ?? last?.bodySpan.end ?? 0)
  const script = span(line.source, at.start, end)
  return { form: 'shell', script, omitted, span: script }
}

function bodyAsScript(heredoc: Heredoc, text: string): ShellForm {
  const { source, start, end } = heredoc.bodySpan
  const form = { form: 'shell', script: heredoc.bodySpan, omitted: [], span: heredoc.bodySpan } as const
  let from = start
  while (heredoc.stripTabs && from < end && text[from] === '\t') from++
  if (from >= end || !text.startsWith('#!', from)) return form
  const at = span(source, from, Math.min(end, lineEnds(text, from).end))
  return { ...form, interpreter: { text: text.slice(at.start + 2, at.end).trim(), span: at } }
}
