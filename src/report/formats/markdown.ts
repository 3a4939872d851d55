import { pictureOf, unprintable } from '../../text/neutral.ts'
import { reportFinding } from '../finding.ts'
import { headings } from '../headings.ts'
import { byGotcha } from '../order.ts'
import type { Report } from '../report.ts'
import { headOf } from '../said.ts'
import { placeOf } from '../terminal/place.ts'
import { lookedLines, totals } from '../totals.ts'

const signs = { error: '🔴', warning: '🟡', info: '🔵' } as const

/** GitHub takes a comment of 65,536 characters. */
const room = 60_000

const width = 100

/**
 * The report as Markdown, for a comment or the summary of a job: a table, then each finding with its code, folded away. What
 * a project says stands in elements of code only, in which nobody is mentioned and nothing is a link.
 */
export function reportMarkdown(report: Report): string {
  const groups = byGotcha(report.diagnostics)
  const all = groups.flatMap(({ diagnostics }) => diagnostics)
  const rows = all.map((diagnostic) => {
    const { severity, gotcha, span } = diagnostic
    return `| ${signs[severity]} ${severity} | ${headings[gotcha]} | ${code(placeOf(span))} | ${prose(headOf(diagnostic))} |`
  })
  const head = [
    `### docker-gotchas: ${totals(report)}`,
    '',
    ...(rows.length === 0 ? [] : ['| Severity | Gotcha | Where | What |', '| --- | --- | --- | --- |']),
  ]
  const tail = [...lookedLines(report), ...report.notes.map((note) => `note: ${note}`)].map(
    (line) => `- ${prose(line)}`,
  )
  const details = all.map((diagnostic) => {
    const shown = reportFinding(diagnostic, { ...report, colour: false, width })
    return `<details><summary>${prose(diagnostic.rule)} ${code(placeOf(diagnostic.span))}</summary>\n<pre>${text(shown)}</pre>\n</details>\n`
  })
  const shortRows = fitting(rows, room / 2)
  const left = rows.length - shortRows.length
  const more = left > 0 ? [`| | | | and ${left} more |`] : []
  const table = [...head, ...shortRows, ...more, ''].join('\n')
  return `${[table, ...fitting(details, room - table.length - tail.join('\n').length), tail.join('\n')].join('\n').trimEnd()}\n`
}

/** As many of the first parts as fit. */
function fitting(parts: readonly string[], most: number): readonly string[] {
  let used = 0
  const past = parts.findIndex((part) => {
    used += part.length + 1
    return used > most
  })
  return past === -1 ? parts : parts.slice(0, past)
}

/** A text as it stands in an element, in which no character is one of Markdown and nothing looks like an address. */
const text = (shown: string): string =>
  shown
    .replace(unprintable, (one) => (one === '\n' ? one : pictureOf(one)))
    .replace(/[^\p{L}\p{N}\p{So}\s.,;/()='"?!%+·…–—-]|(?<=www)\./giu, (one) => `&#${one.codePointAt(0)};`)

const code = (shown: string): string => `<code>${text(shown.replace(/\s+/g, ' '))}</code>`

const plainWord = /^[\p{L}\p{N}.,;()'"?!–—-]*$/u

/** A sentence with its code as code, and with every word as code that Markdown or GitHub could take for more. */
export const prose = (sentence: string): string =>
  sentence
    .split(/(`[^`]*`)/)
    .map((part) =>
      /^`.*`$/s.test(part)
        ? code(part.slice(1, -1))
        : part
            .split(/(\s+)/)
            .map((word) => (/^\s+$/.test(word) ? ' ' : isPlain(word) ? word : code(word)))
            .join(''),
    )
    .join('')

const isPlain = (word: string): boolean =>
  plainWord.test(word.replace(/:$/, '')) && !/^www\.|^[-.]|^\d+[.)]/i.test(word)
