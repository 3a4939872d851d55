import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Ajv from 'ajv'
import { expect, test } from 'vitest'
import { cli, folderOf, leaking, leaks } from '../cli/cli.ts'
import { samples } from '../projects.ts'

/** The schema with nothing allowed that it does not name: what is printed must all be in it. */
const strictly = (schema: unknown): unknown =>
  Array.isArray(schema)
    ? schema.map(strictly)
    : typeof schema === 'object' && schema !== null
      ? {
          ...Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strictly(value)])),
          ...('properties' in schema && 'type' in schema ? { additionalProperties: false } : {}),
        }
      : schema

const compiled = (name: string) =>
  new Ajv({ allErrors: true }).compile(Object(strictly(JSON.parse(readFileSync(`docs/${name}.schema.json`, 'utf8')))))

const isReport = compiled('report')
const isBaseline = compiled('baseline')

test.each(samples.map(({ name }) => name))('what lint prints of samples/%s is what the schema says', async (name) => {
  for (const args of [[], ['--preview'], ['--rule', 'secret-in-layer']]) {
    const { stdout } = await cli(resolve('.'), [
      'lint',
      '--format',
      'json',
      '--allow-empty',
      `samples/${name}`,
      ...args,
    ])
    isReport(JSON.parse(stdout))
    expect(isReport.errors ?? []).toEqual([])
  }
})

test('so are a project in which nothing was checked, and one with findings that are kept quiet', async () => {
  const known = folderOf(leaking)
  await cli(known, ['lint', ...leaks, '--write-baseline', 'known.json'])
  for (const [folder, args] of [
    [folderOf({ 'a.txt': '' }), []],
    [known, ['--baseline', 'known.json']],
    [known, ['--stats', '--shard', '1/1']],
  ] as const) {
    const { stdout } = await cli(folder, ['lint', '--format', 'json', ...args])
    isReport(JSON.parse(stdout))
    expect(isReport.errors ?? []).toEqual([])
  }
  isBaseline(JSON.parse(readFileSync(`${known}/known.json`, 'utf8')))
  expect(isBaseline.errors ?? []).toEqual([])
})

test('a report that lacks something is none', () => {
  expect(isReport({ version: 1, findings: [{ rule: 'x' }], summary: {} })).toBe(false)
  expect(isBaseline({ tool: 'other', version: 1, findings: [] })).toBe(false)
})
