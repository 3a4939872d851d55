import type { Shown } from '../../masking/shown.ts'
import type { DrawOptions, Graph, GraphFinding } from '../graph/graph.ts'
import { docsOf, headings } from '../headings.ts'
import { escaped } from './escape.ts'
import { pageScript } from './page-script.ts'
import { pageCss } from './page-style.ts'
import { pageZoom } from './page-zoom.ts'
import { pictureOf } from './svg.ts'

/** Nothing is loaded: neither from the network nor from files. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

/** The graph as one page that needs no other file: the picture, and beside it what was found. It works without scripts. */
export async function graphHtml(graph: Shown<Graph>, { title }: DrawOptions): Promise<string> {
  const picture = await pictureOf(graph, title)
  const name = escaped(title)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · docker-gotchas graph</title>
<link rel="icon" href="data:,">
<style>${pageCss()}</style>
</head>
<body>
<header>
<h1>${name}</h1>
<p>${escaped(summaryOf(graph))}</p>
<span id="zoom" role="group" aria-label="Size of the picture" hidden>
<button type="button" data-zoom="0.8" aria-label="Smaller">−</button>
<button type="button" data-zoom="fit">Fit</button>
<button type="button" data-zoom="1.25" aria-label="Larger">+</button>
</span>
<button type="button" id="theme" hidden>Dark</button>
</header>
<div class="columns">
<main aria-label="The picture" tabindex="0">
${picture}
</main>
<aside aria-label="Findings">
<h2>${graph.findings.length === 0 ? 'Nothing found' : `Findings (${graph.findings.length})`}</h2>
<ol>
${graph.findings.map((finding, index) => item(finding, index, picture.includes(`id="at-${index}"`))).join('\n')}
</ol>
${notesOf(graph)}</aside>
</div>
<div id="tip" role="tooltip" hidden></div>
<script>${pageScript};
${pageZoom}</script>
</body>
</html>
`
}

function summaryOf({ stages, steps, containers, findings }: Graph): string {
  const count = (severity: GraphFinding['severity']) => findings.filter((one) => one.severity === severity).length
  const numbers = [
    [stages.length, 'stage', 'stages'],
    [steps.length, 'step', 'steps'],
    [containers.length, 'container', 'containers'],
    [count('error'), 'error', 'errors'],
    [count('warning'), 'warning', 'warnings'],
  ] as const
  return numbers.map(([number, one, many]) => `${number} ${number === 1 ? one : many}`).join(' · ')
}

function item(finding: GraphFinding, index: number, isDrawn: boolean): string {
  const { severity, certainty, gotcha, rule, message, why, todo, file, line, related } = finding
  const place = `${escaped(file)}:${line}`
  const trail = related.slice(0, 8).map((label) => {
    return `<li><code>${escaped(label.file)}:${label.line}</code> ${prose(label.text)}</li>`
  })
  const name = `<span class="rule">${escaped(rule)}</span>`
  return `<li id="finding-${index}" class="${severity}" data-finding="${index}">
<p class="head"><b>${severity}${certainty === 'likely' ? ' (likely)' : ''}</b> ${isDrawn ? `<a href="#at-${index}">${name}</a>` : name}</p>
<p>${prose(message)}</p>
<p class="place"><code>${place}</code> · ${escaped(headings[gotcha])} · <span title="${escaped(docsOf(rule))}">docker-gotchas explain ${escaped(rule)}</span></p>
${why === '' ? '' : `<p class="why"><b>Why</b> ${prose(why)}</p>\n`}${todo.map((text) => `<p class="todo"><b>Fix</b> ${prose(text)}</p>\n`).join('')}${trail.length === 0 ? '' : `<ol class="trail">${trail.join('')}</ol>`}</li>`
}

/** A sentence with its code as code. */
const prose = (text: string): string => escaped(text).replace(/`([^`]*)`/g, '<code>$1</code>')

const notesOf = ({ notes }: Graph): string =>
  notes.length === 0
    ? ''
    : `<h2>Notes</h2>\n<ul class="notes">${notes.map((note) => `<li>${prose(note)}</li>`).join('')}</ul>\n`
