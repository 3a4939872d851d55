import type { BootPages } from '../../masking/boots.ts'
import type { Shown } from '../../masking/shown.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { positionAt } from '../../text/source.ts'
import { type BootOptions, placeName, startedOf, titleOf } from '../boot/boot.ts'
import { contractRows } from '../boot/contract.ts'
import { reportFinding } from '../finding.ts'
import type { Graph } from '../graph/graph.ts'
import { headings } from '../headings.ts'
import { byGotcha } from '../order.ts'
import { paletteProperties } from '../picture/palette.ts'
import { pictureCss, pictureOf } from '../picture/svg.ts'
import type { Report } from '../report.ts'
import { headOf } from '../said.ts'
import { placeOf } from '../terminal/place.ts'
import { lookedLines, totals } from '../totals.ts'
import { codeIn, htmlText } from './html-text.ts'

/** What the page shows beside the findings. */
export interface Chain {
  /** What the project is called. */
  readonly title: string
  /** The build, to be drawn; undefined where there is none. */
  readonly graph: Shown<Graph> | undefined
  /** What the containers do when they start; undefined where that cannot be said. */
  readonly boots: Shown<BootPages> | undefined
  /** How a path of `boots` is shown. */
  readonly shown: (path: string) => string
}

/** Nothing is loaded and nothing runs. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

const css = `*{box-sizing:border-box}
body{margin:0 auto;max-width:1400px;padding:16px 24px;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
h1{font-size:24px;margin:0}h2{font-size:19px;margin:32px 0 8px;border-bottom:1px solid var(--border)}h3{font-size:16px;margin:20px 0 8px}
p{margin:4px 0}.dim{color:var(--dim)}
code,pre{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;overflow-wrap:anywhere}
pre{overflow-x:auto;margin:8px 0 0;padding:8px 12px;background:var(--head);border-radius:6px;overflow-wrap:normal}
details{border:1px solid var(--border);border-left:4px solid var(--error);border-radius:6px;padding:8px 12px;margin:0 0 8px}
details.warning{border-left-color:var(--warning)}details.info{border-left-color:var(--info)}
summary{cursor:pointer}summary b{color:var(--error)}.warning summary b{color:var(--warning)}.info summary b{color:var(--info)}
details:target{box-shadow:0 0 0 2px var(--text)}
table{border-collapse:collapse;margin:8px 0}th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--border)}
.picture{overflow-x:auto}.picture svg{display:block;height:auto}
@media print{details{break-inside:avoid}}`

/** The report as one page that needs no other file: the findings by gotcha, the picture of the chain, and what each service does at its start. */
export async function reportHtml(report: Report, chain?: Chain): Promise<string> {
  const title = htmlText(chain?.title ?? 'project')
  const anchors = anchorsIn(chain?.graph)
  const groups = byGotcha(report.diagnostics).map(
    ({ gotcha, diagnostics }) =>
      `<section>\n<h2>${headings[gotcha]}</h2>\n${diagnostics.map((one) => finding(one, report, anchors)).join('\n')}\n</section>`,
  )
  const said = [...lookedLines(report), ...report.notes].map((line) => `<p class="dim">${codeIn(line)}</p>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · docker-gotchas</title>
<link rel="icon" href="data:,">
<style>${paletteProperties()}
${pictureCss}
${css}</style>
</head>
<body>
<h1>${title}: ${totals(report)}</h1>
${said.join('\n')}
${groups.join('\n')}
${chain?.boots ? bootsOf(chain.boots, chain.shown) : ''}
${chain?.graph ? `<section>\n<h2>The build</h2>\n<div class="picture" tabindex="0">${await pictureOf(chain.graph, chain.title)}</div>\n</section>` : ''}
<p class="dim">docker-gotchas ${htmlText(report.version)}</p>
</body>
</html>
`
}

type Anchors = ReadonlyMap<string, string>

const keyOf = (rule: string, file: string, line: number, column: number) => JSON.stringify([rule, file, line, column])

/** The findings that the picture links to, by what they are. */
const anchorsIn = (graph: Graph | undefined): Anchors =>
  new Map(
    graph?.findings.map(({ rule, file, line, column }, index) => [keyOf(rule, file, line, column), `finding-${index}`]),
  )

function finding(diagnostic: Diagnostic, report: Report, anchors: Anchors): string {
  const { severity, rule, span } = diagnostic
  const { line, column } = positionAt(span.source, span.start)
  const id = anchors.get(keyOf(rule, span.source.path, line, column))
  const shown = reportFinding(diagnostic, { ...report, colour: false, width: 120 })
  return `<details open class="${severity}"${id === undefined ? '' : ` id="${id}"`}>
<summary><b>${severity}</b> ${codeIn(headOf(diagnostic))} <span class="dim"><code>${htmlText(rule)}</code> · <code>${htmlText(placeOf(span))}</code></span></summary>
<pre>${htmlText(shown)}</pre>
</details>`
}

const signs = { good: '✓', bad: '✗', doubt: '?', plain: '' } as const

function bootsOf(boots: Shown<BootPages>, shown: Chain['shown']): string {
  const options: BootOptions = { colour: false, width: 120, shown }
  const pages = startedOf(boots.pages).map((page) => {
    const facts = page.facts.map(({ mark, label, text, at }) =>
      row([`${signs[mark]} ${label}`, codeIn(text), at ? `<code>${htmlText(placeName(at, options))}</code>` : '']),
    )
    const reads = contractRows(page.variables.filter(({ during }) => during === 'start')).map(
      ({ mark, name, text, at }) =>
        row([
          `${signs[mark]} <code>${htmlText(name)}</code>`,
          codeIn(text),
          at ? `<code>${htmlText(placeName(at.span, options))}</code>` : '',
        ]),
    )
    return `<h3>${codeIn(titleOf(page, options))}</h3>\n<table>\n${[...facts, ...reads].join('\n')}\n</table>`
  })
  return `<section>\n<h2>What each service does when it starts</h2>\n${pages.join('\n')}\n</section>`
}

const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
