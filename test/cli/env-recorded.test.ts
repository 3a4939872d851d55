import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonEnvironments } from '../../src/report/env/json.ts'
import { cli, folderOf } from './cli.ts'

interface RecordedCase {
  readonly call: {
    readonly files?: readonly string[]
    readonly env_files?: readonly string[]
    readonly profiles?: readonly string[]
    readonly project_directory?: string
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string>>
  }
  readonly expected: {
    readonly error: string | null
    readonly services: Readonly<Record<string, { readonly environment: object | null }>>
  }
}

/** A copy of a recorded project, away from the repository around it, and how Compose was called in it. */
function recorded(folder: string, id: string): RecordedCase & { readonly root: string } {
  const root = join(folderOf({}), id)
  mkdirSync(root)
  cpSync(join('test/recorded', folder, id), root, { recursive: true })
  const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
  return { root, call: read('case.json'), expected: read('expected.json') }
}

const flagsOf = ({ files = [], env_files = [], profiles = [], project_directory }: RecordedCase['call']) => [
  ...files.flatMap((file) => ['-f', file]),
  ...env_files.flatMap((file) => ['--env-file', file]),
  ...profiles.flatMap((profile) => ['--profile', profile]),
  ...(project_directory === undefined ? [] : ['--project-directory', project_directory]),
]

const cases = ['compose', 'compose-own'].flatMap((folder) =>
  readdirSync(join('test/recorded', folder)).map((id) => [folder, id] as const),
)

describe('`env --from-environment` and Compose agree', () => {
  test.each(cases)('%s/%s', async (folder, id) => {
    const { root, call, expected } = recorded(folder, id)
    const argv = ['env', '--format', 'json', '--from-environment', '--show-secrets', ...flagsOf(call)]
    const { code, stdout } = await cli(join(root, call.cwd ?? ''), argv, { env: call.env ?? {} })
    const json: JsonEnvironments = JSON.parse(stdout)
    if (expected.error !== null) {
      expect(json.errors.length, expected.error).toBeGreaterThan(0)
      expect([1, 2]).toContain(code)
      return
    }
    expect(json.errors).toEqual([])
    expect(code).toBe(0)
    expect(Object.fromEntries(json.services.map(({ name, environment }) => [name, environment]))).toEqual(
      Object.fromEntries(Object.entries(expected.services).map(([name, service]) => [name, service.environment ?? {}])),
    )
  })
})
