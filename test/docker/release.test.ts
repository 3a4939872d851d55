import { describe, expect, test } from 'vitest'
import type { JsonBoots } from '../../src/report/boot/json.ts'
import { docker, folderOf, gotchas, hasDocker, imageOf, offline } from './docker.ts'
import { shop } from './shop.ts'

const given = { PHX_HOST: 'shop.acme-tools.org', SECRET_KEY_BASE: 'x'.repeat(64), PHX_SERVER: 'true' }

/** What the release is told and whether it starts. */
const environments: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['all that it asks for', given],
  ['another port', { ...given, PORT: '8080' }],
  ['no host', { SECRET_KEY_BASE: given.SECRET_KEY_BASE }],
  ['no secret', { PHX_HOST: given.PHX_HOST }],
  ['a port that is no number', { ...given, PORT: 'http' }],
  ['nothing', {}],
]

const shown = 'e = Application.fetch_env!(:shop, ShopWeb.Endpoint); IO.puts("#{e[:url][:host]} #{e[:http][:port]}")'

describe.skipIf(!hasDocker)('what boot says of a start is what the real release does, with', () => {
  test.each(environments)('%s', (_, env) => {
    const flags = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`])
    const real = docker(['run', '--rm', offline, ...flags, imageOf(shop), '/app/bin/shop', 'eval', shown])
    const { stdout } = gotchas(['boot', '--format', 'json', '--only-given', ...flags, '.'], { cwd: folderOf(shop) })
    const report: JsonBoots = JSON.parse(stdout)
    const [said] = report.services
    expect(said?.verdict).toBe(real.code === 0 ? 'boots' : 'crashes')
    if (real.code === 0) expect(`${env.PHX_HOST} ${said?.port}`).toBe(real.stdout.trim())
  })
})
