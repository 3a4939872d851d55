import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isLeftOpen, nameOf, normal, parseJson, recordedIn, unmodelled } from '../languages/elixir/compare.ts'
import { expectedOf } from '../model/boot/cases.ts'
import { appFiles, bootCases } from '../model/boot/recorded.ts'
import { cli, folderOf } from './cli.ts'

const flags = (name: string, values: Readonly<Record<string, string>> | undefined) =>
  Object.entries(values ?? {}).flatMap(([key, value]) => [`--${name}`, `${key}=${value}`])

const boot = async (folder: string, args: readonly string[]) => {
  const { stdout, stderr, code } = await cli(folder, ['boot', '--format', 'json', '--only-given', ...args])
  expect(stderr).toBe('')
  return { code, service: parseJson(stdout).services[0] }
}

describe('`boot` of a folder that holds nothing but `config/`', () => {
  const cases = ['config', 'config-own']
    .flatMap((folder) => recordedIn(join('test/recorded', folder)))
    .filter(({ expected }) => expected.final !== null)
    .map((one) => [`${one.folder.split('/').at(-2)}/${nameOf(one)}`, one] as const)

  test.each(cases)('%s', async (_, one) => {
    const { folder, scenario, expected, elixir } = one
    const root = folderOf({ '.tool-versions': `elixir ${elixir}\n` })
    cpSync(join(folder, 'config'), join(root, 'config'), { recursive: true })
    const target = scenario.target === undefined ? {} : { MIX_TARGET: scenario.target }
    const { service } = await boot(root, [
      '--show-secrets',
      ...flags('env', scenario.runtime),
      ...flags('build-env', { ...scenario.build, ...target }),
      ...(scenario.mix_env === undefined ? [] : ['--mix-env', scenario.mix_env]),
    ])
    const final: { ok?: boolean; config?: unknown } = Object(expected.final)
    if (unmodelled.has(nameOf(one))) {
      const answer = { ok: true, config: normal(service.config) }
      expect(isLeftOpen(answer, final.ok ? { ok: true, config: normal(final.config) } : final)).toBe(true)
    } else if (final.ok) expect(normal(service.config)).toEqual(normal(final.config))
    else expect({ verdict: service.verdict, config: service.config }).toEqual({ verdict: 'crashes', config: null })
  })
})

describe('`boot` of the recorded app', () => {
  const cases = bootCases.flatMap((one) =>
    Object.entries(one.observed).flatMap(([version, what]) =>
      what.command === undefined && !one.id.includes('overlay')
        ? [[`${one.id} ${version}`, { ...one, version, what }] as const]
        : [],
    ),
  )
  test.each(cases)('%s', async (_, { files, env, version, what }) => {
    const root = folderOf({})
    for (const [path, text] of Object.entries({ ...appFiles(version), ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { service, code } = await boot(root, flags('env', env))
    const { url, logger_level, ...expected } = { url: null, logger_level: null, ...expectedOf(what) }
    expect(service).toMatchObject({
      name: null,
      verdict: expected.boots ? 'boots' : 'crashes',
      listens: expected.http_listening,
      port: expected.port,
      url: what.boots ? url : null,
      ...(what.boots ? { logLevel: logger_level, crash: null } : {}),
    })
    expect(code).toBe(what.boots && what.http_listening ? 0 : 1)
    expect(JSON.stringify(service)).not.toContain('pgpass')
  })
})
