import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, folderOf } from '../cli/cli.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const chromium =
  process.env.CHROME_PATH ??
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path))

const samples = fileURLToPath(new URL('../../samples/', import.meta.url))

describe.skipIf(chromium === undefined)('the page in a browser', () => {
  let browser: Browser
  let page: Page
  const said: string[] = []

  beforeAll(async () => {
    browser = await puppeteer.launch({ executablePath: chromium ?? '', args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(() => browser?.close())

  /** Opens the page of a project; `said` is what the console says and which requests leave the page. */
  async function open(folder: string, { scripts = true, theme = 'light' } = {}): Promise<void> {
    const { stdout } = await cli(folder, ['graph', '--format', 'html'])
    const file = join(folderOf({}), 'graph.html')
    writeFileSync(file, stdout)
    page = await browser.newPage()
    said.length = 0
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(String(error)))
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url()) || !request.isNavigationRequest()) said.push(request.url())
    })
    await page.setJavaScriptEnabled(scripts)
    await page.setViewport({ width: 1280, height: 900 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
    await page.goto(pathToFileURL(file).href)
  }

  const first = join(samples, 'first-deploy')
  const at = (rule: string) => `svg a[aria-label*="${rule}"]`
  const tip = () => page.$eval('#tip', (element) => (element.hasAttribute('hidden') ? '' : (element.textContent ?? '')))
  const lit = () => page.$$eval('aside li.on .rule', (all) => all.map((element) => element.textContent))
  /** What an expression is in the page. It is a text, so that the tests need no types of a browser. */
  const inPage = (expression: string): Promise<unknown> => page.evaluate(expression)
  const styleOf = (selector: string, property: string) =>
    inPage(`getComputedStyle(document.querySelector('${selector}')).${property}`)
  const background = () => styleOf('body', 'backgroundColor')
  const fillOf = (selector: string) => styleOf(selector, 'fill')

  it('loads nothing and has no errors', async () => {
    await open(first)
    expect(said).toEqual([])
    expect(await page.$$eval('svg a.finding', (all) => all.length)).toBe(
      await page.$$eval('aside li[data-finding]', (all) => all.length),
    )
  })

  it('shows a finding on hover', async () => {
    await open(first)
    await page.hover(at('copies `priv/static` before'))
    expect(await tip()).toMatch(/^error: `mix release` copies/)
    expect(await lit()).toEqual(['assets-after-release'])
    await page.hover('h1')
    expect(await tip()).toBe('')
    expect(await lit()).toEqual([])
  })

  it('keeps it on click, until Escape', async () => {
    await open(first)
    await page.click(at('logs at `:debug`'))
    await page.hover('h1')
    expect(await lit()).toEqual(['log-level-debug'])
    await page.keyboard.press('Escape')
    expect(await lit()).toEqual([])
  })

  it('shows it to the keyboard', async () => {
    await open(first)
    const seen: string[] = []
    for (let presses = 0; presses < 9; presses += 1) {
      await page.keyboard.press('Tab')
      seen.push(await tip())
    }
    const errors = seen.filter((text) => text.startsWith('error: '))
    expect(new Set(errors).size).toBeGreaterThanOrEqual(3)
    await page.keyboard.press('Enter')
    expect(await lit()).toHaveLength(1)
    const outline = await styleOf('svg a:focus rect', 'strokeWidth')
    expect(outline).toBe('2px')
  })

  it('says why and what to do, and numbers the trail', async () => {
    await open(first)
    const entries = await page.$$eval('aside li[data-finding]', (all) =>
      all.map((one) => ['.why', '.todo', '.trail li'].map((part) => one.querySelectorAll(part).length)),
    )
    expect(entries.length).toBeGreaterThan(0)
    for (const [why = 0, todo = 0] of entries) expect([why, todo > 0]).toEqual([1, true])
    expect(Math.max(...entries.map(([, , trail = 0]) => trail))).toBeGreaterThan(1)
    const [above, below] = await page.$$eval('aside .trail:has(li + li) li', (all) =>
      all.map((one) => one.getBoundingClientRect().top),
    )
    expect((below ?? 0) - (above ?? 0)).toBeGreaterThan(10)
  })

  it('fits a wide picture beside the list, and makes it larger and smaller', async () => {
    await open(first)
    await page.setViewport({ width: 1600, height: 900 })
    await page.reload()
    const widths = () =>
      page.$eval('main', (main) => [main.querySelector('svg')?.clientWidth ?? 0, main.clientWidth] as const)
    const [fitted, room] = await widths()
    expect(fitted).toBeLessThanOrEqual(room)
    const picture = await page.$eval('main svg', (svg) => svg.getBoundingClientRect().right)
    const list = await page.$eval('aside', (aside) => aside.getBoundingClientRect().left)
    expect(picture).toBeLessThanOrEqual(list)
    await page.click('[data-zoom="1.25"]')
    expect((await widths())[0]).toBeGreaterThan(fitted)
    await page.keyboard.press('0')
    expect((await widths())[0]).toBe(fitted)
    await page.click('[data-zoom="0.8"]')
    expect((await widths())[0]).toBeLessThan(fitted)
    await page.click('[data-zoom="fit"]')
    expect((await widths())[0]).toBe(fitted)
  })

  it('leads from the list to the step', async () => {
    await open(first)
    await page.click('aside li[data-finding]:last-child a')
    const { top, bottom } = await page.$eval('svg a.on', (element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return { top, bottom }
    })
    expect(top).toBeGreaterThan(0)
    expect(bottom).toBeLessThan(900)
  })

  it('is dark where the system is, and as the button says', async () => {
    await open(first, { theme: 'dark' })
    expect(await background()).toBe('rgb(13, 17, 23)')
    expect(await fillOf('svg .f-page')).toBe('rgb(13, 17, 23)')
    await page.click('#theme')
    expect(await background()).toBe('rgb(255, 255, 255)')
    expect(await fillOf('svg .f-page')).toBe('rgb(255, 255, 255)')
    expect(await page.$eval('#theme', (button) => button.textContent)).toBe('Dark')
    await page.click('#theme')
    expect(await background()).toBe('rgb(13, 17, 23)')
  })

  it.each(['light', 'dark'])('can be read in the %s', async (theme) => {
    await open(first, { theme })
    const weakest = await inPage(`(() => {
      const light = (colour) => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).map((part) => {
          const value = part / 255
          return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      }
      const page = light(getComputedStyle(document.body).backgroundColor)
      const contrasts = [...document.querySelectorAll('svg text, aside p, aside li, header p')].map((element) => {
        const style = getComputedStyle(element)
        const own = light(element instanceof SVGElement ? style.fill : style.color)
        return (Math.max(own, page) + 0.05) / (Math.min(own, page) + 0.05)
      })
      return Math.min(...contrasts)
    })()`)
    expect(weakest).toBeGreaterThan(4.5)
  })

  it('is light on paper, whatever the screen is', async () => {
    await open(first, { theme: 'dark' })
    await page.emulateMediaType('print')
    expect(await background()).toBe('rgb(255, 255, 255)')
    expect(await fillOf('svg .f-box')).toBe('rgb(255, 255, 255)')
    expect(await inPage('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280)
    expect(await styleOf('#theme', 'display')).toBe('none')
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(1000)
  })

  it('works without scripts', async () => {
    await open(first, { scripts: false })
    expect(await page.$('#theme[hidden]')).not.toBeNull()
    const link = await page.$(`${at('copies `priv/static` before')}`)
    expect(await link?.evaluate((element) => element.querySelector('title')?.textContent)).toMatch(/^error: /)
    await link?.click()
    expect(await page.$eval('aside li:target .rule', (element) => element.textContent)).toBe('assets-after-release')
  })

  it('fits a narrow screen', async () => {
    await open(first)
    await page.setViewport({ width: 400, height: 800 })
    expect(await inPage('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400)
  })

  it('says of what is fine that nothing was found', async () => {
    await open(join(samples, 'umbrella'))
    expect(await page.$eval('aside h2', (element) => element.textContent)).toBe('Nothing found')
    expect(said).toEqual([])
  })

  it('runs nothing of the project, and its picture is well-formed', async () => {
    const folder = folderOf({
      Dockerfile: `FROM elixir AS a\nENV A="</script><img src=x onerror=alert(1)>" B='<svg onload=alert(1)>'\nRUN echo "&amp; ]]> \ufffe" && mix release\nCMD ["</style><script>alert(2)</script>"]\n`,
    })
    await open(folder)
    expect(said).toEqual([])
    expect(await page.$$eval('script', (all) => all.length)).toBe(1)
    const { stdout } = await cli(folder, ['graph', '--format', 'svg'])
    const problem = await inPage(
      `new DOMParser().parseFromString(${JSON.stringify(stdout)}, 'image/svg+xml').querySelector('parsererror')?.textContent ?? ''`,
    )
    expect(problem).toBe('')
  })

  it('keeps every text inside of its box', async () => {
    await open(first)
    const outside = await page.$$eval('svg g[id]', (boxes) =>
      boxes.flatMap((box) => {
        const frame = box.querySelector('rect')?.getBoundingClientRect()
        const texts = [...box.querySelectorAll('text')]
        return frame === undefined
          ? []
          : texts.filter((text) => text.getBoundingClientRect().right > frame.right + 1).map((text) => text.textContent)
      }),
    )
    expect(outside).toEqual([])
  })
})
