// Draws the pictures of the README: what `docker-gotchas lint samples/first-deploy` prints as docs/lint.svg, and the page of
// `docker-gotchas graph` as docs/graph.png. Needs `npm run build`, and Chromium for the second one (CHROME_PATH or in PATH).
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'
import { $, which } from 'zx'

const esc = String.fromCharCode(27)
const palette = {
  1: '#f0f6fc',
  2: '#8b949e',
  36: '#79c0ff',
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#a5d6ff',
}
const command = 'docker-gotchas lint samples/first-deploy'
const { stdout } = await $({
  nothrow: true,
  quiet: true,
  env: { ...process.env, FORCE_COLOR: '1', COLUMNS: '110' },
})`node dist/cli.js lint samples/first-deploy`

const lines = [`${esc}[1m$ ${command}${esc}[0m`, '', ...stdout.trimEnd().split('\n')]
const [width, height, step] = [1000, lines.length * 18 + 32, 18]
const xml = (text) => text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char])

function spansOf(line) {
  let style = ''
  return line
    .split(new RegExp(`(${esc}\\[[\\d;]*m)`))
    .map((part) => {
      const codes = part.startsWith(esc) ? part.slice(2, -1) : undefined
      if (codes === undefined) return part === '' ? '' : `<tspan${style}>${xml(part)}</tspan>`
      const colour = codes
        .split(';')
        .map((code) => palette[code])
        .filter(Boolean)
        .at(-1)
      const bold = codes.split(';').includes('1') ? ' font-weight="bold"' : ''
      style = codes === '0' || colour === undefined ? '' : ` fill="${colour}"${bold}`
      return ''
    })
    .join('')
}

const rows = lines.map(
  (line, index) => `<text x="16" y="${32 + index * step}" xml:space="preserve">${spansOf(line)}</text>`,
)
await writeFile(
  'docs/lint.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What ${command} prints">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#c9d1d9">
${rows.join('\n')}
</g>
</svg>
`,
)

const executablePath =
  process.env.CHROME_PATH ?? (await which('chromium', { nothrow: true })) ?? (await which('google-chrome'))
const folder = await mkdtemp(join(tmpdir(), 'docker-gotchas-'))
const file = join(folder, 'graph.html')
await $({ quiet: true })`node dist/cli.js graph samples/first-deploy --format html -o ${file}`
const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.setViewport({ width: 1120, height: 760 })
  await page.goto(pathToFileURL(file).href)
  await page.click('svg a[aria-label*="copies `priv/static` before"]')
  await page.screenshot({ path: 'docs/graph.png' })
} finally {
  await browser.close()
  await rm(folder, { recursive: true })
}
