import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { exit } from '../src/cli/io/exit.ts'
import { gotchas } from '../src/text/diagnostic.ts'
import { cli } from './cli/cli.ts'
import { samples } from './projects.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const names = samples.map(({ name }) => name)

const lint = (...args: readonly string[]) => cli(root, ['lint', ...args])

interface Finding {
  readonly gotcha: string
  readonly rule: string
  readonly file: string
  readonly line: number
  readonly related: readonly { readonly file: string; readonly line: number }[]
}

const findings = async (...args: readonly string[]): Promise<readonly Finding[]> =>
  JSON.parse((await lint('--format', 'json', ...args)).stdout).findings

it.each(names)('samples/%s.txt is what lint prints of it', async (name) => {
  const { stdout, stderr } = await lint(`samples/${name}`)
  expect(stderr).toBe('')
  await expect(stdout).toMatchFileSnapshot(`../samples/${name}.txt`)
})

describe('first-deploy', () => {
  const at = (path: string, line: number) => `samples/first-deploy/${path}:${line}`

  it('makes each of the seven mistakes once, at its line and with its trail', async () => {
    const found = await findings('samples/first-deploy')
    const places = Object.fromEntries(found.map((one) => [one.gotcha, `${one.file}:${one.line}`]))
    expect(found.map((one) => one.gotcha).sort()).toEqual(gotchas.filter((one) => !/image|syntax/.test(one)).sort())
    expect(places).toEqual({
      'runtime-config': at('config/prod.exs', 7),
      migrations: at('docker/entrypoint.sh', 5),
      'host-and-server': at('Dockerfile', 12),
      assets: at('Dockerfile', 27),
      secrets: at('Dockerfile', 39),
      health: at('lib/shop_web/controllers/health_controller.ex', 4),
      'log-level': at('compose.yaml', 9),
    })
    const trail = (gotcha: string) =>
      found.find((one) => one.gotcha === gotcha)?.related.map((one) => `${one.file}:${one.line}`)
    expect(trail('runtime-config')).toContain(at('Dockerfile', 27))
    expect(trail('migrations')).toContain(at('Dockerfile', 47))
    expect(trail('host-and-server')).toEqual(
      expect.arrayContaining([at('docker/entrypoint.sh', 7), at('config/runtime.exs', 3)]),
    )
    expect(trail('assets')).toEqual(expect.arrayContaining([at('Dockerfile', 28), at('mix.exs', 46)]))
    expect(trail('health')).toContain(at('compose.yaml', 11))
    expect(trail('log-level')).toContain(at('config/runtime.exs', 34))
  })

  it('prints no secret in any format', async () => {
    for (const format of ['tty', 'json', 'sarif']) {
      const { stdout } = await lint('--format', format, 'samples/first-deploy')
      expect(stdout).not.toContain('wLxvP0bTnTGm')
    }
  })

  it.each(['Dockerfile', 'compose.yaml', 'config/runtime.exs'])('finds the same from its %s', async (file) => {
    const all = await findings('samples/first-deploy')
    expect(await findings(`samples/first-deploy/${file}`)).toEqual(all)
  })
})

it.each(['mended-shop', 'umbrella', 'api-only', 'blog-on-alpine', 'store-of-two-apps'])('%s is clean', async (name) => {
  const { code, stdout } = await lint('--format', 'json', `samples/${name}`)
  expect(JSON.parse(stdout).findings).toEqual([])
  expect(code).toBe(exit.clean)
})
