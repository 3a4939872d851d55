// Draws the page of `docker-gotchas graph` for the README, docs/graph.png. Needs `npm run build`, and Chromium (CHROME_PATH or in
// PATH). The other picture, docs/lint.svg, is written by test/picture.test.ts.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'
import { $, which } from 'zx'

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
  // Away from all that has a tip.
  await page.mouse.move(1, 1)
  await page.screenshot({ path: 'docs/graph.png' })
} finally {
  await browser.close()
  await rm(folder, { recursive: true })
}
