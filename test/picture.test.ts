import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { isPaint, paintedParts } from '../src/report/terminal/colour.ts'
import { cli } from './cli/ran.ts'

const palette: Readonly<Record<string, string>> = {
  1: '#f0f6fc',
  2: '#8b949e',
  36: '#79c0ff',
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#a5d6ff',
}
const command = 'docker-gotchas lint samples/first-deploy'
const [width, step] = [1000, 18]

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** One line of a terminal as the text of a picture. */
function spansOf(line: string): string {
  let style = ''
  return paintedParts(line)
    .map((part) => {
      const codes = isPaint(part) ? part.slice(2, -1).split(';') : undefined
      if (codes === undefined) return part === '' ? '' : `<tspan${style}>${xml(part)}</tspan>`
      const colour = codes.flatMap((code) => palette[code] ?? []).at(-1)
      style = colour === undefined ? '' : ` fill="${colour}"${codes.includes('1') ? ' font-weight="bold"' : ''}`
      return ''
    })
    .join('')
}

function pictureOf(lines: readonly string[]): string {
  const height = lines.length * step + 32
  const rows = lines.map(
    (line, index) => `<text x="16" y="${32 + index * step}" xml:space="preserve">${spansOf(line)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What ${command} prints">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#c9d1d9">
${rows.join('\n')}
</g>
</svg>
`
}

it('docs/lint.svg is what lint prints of samples/first-deploy', async () => {
  const env = { FORCE_COLOR: '1', COLUMNS: '110' }
  const { stdout } = await cli(resolve('.'), ['lint', 'samples/first-deploy'], { env })
  const lines = [`\u001b[1m$ ${command}\u001b[0m`, '', ...stdout.trimEnd().split('\n')]
  await expect(pictureOf(lines)).toMatchFileSnapshot('../docs/lint.svg')
})
