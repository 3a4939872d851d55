import { expect, describe, test } from 'vitest'
import { readdirSync, readFileSync, cpSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { cli } from '../cli/cli.ts'
for (const base of ['compose', 'compose-own']) describe(base, () => {
  test.each(readdirSync('test/recorded/'+base))('%s', async (id) => {
    const dir = join(mkdtempSync('/tmp/dg-'), id)
    cpSync(join('test/recorded', base, id), dir, { recursive: true })
    const call = JSON.parse(readFileSync(join(dir, 'case.json'), 'utf8'))
    const expected = JSON.parse(readFileSync(join(dir, 'expected.json'), 'utf8'))
    const args = ['env', '--format', 'json', '--from-environment', '--show-secrets']
    for (const f of call.files ?? []) args.push('-f', f)
    for (const f of call.env_files ?? []) args.push('--env-file', f)
    for (const f of call.profiles ?? []) args.push('--profile', f)
    if (call.project_directory) args.push('--project-directory', call.project_directory)
    const r = await cli(join(dir, call.cwd ?? ''), args, { env: call.env ?? {} })
    const json = JSON.parse(r.stdout)
    if (expected.error !== null) { expect(json.errors.length, expected.error).toBeGreaterThan(0); expect(r.code).not.toBe(0); return }
    expect(json.errors).toEqual([])
    const got = Object.fromEntries(json.services.map((s: any) => [s.name, s.environment]))
    const want = Object.fromEntries(Object.entries(expected.services).map(([n, s]: any) => [n, s.environment ?? {}]))
    expect(got).toEqual(want)
    expect(r.code).toBe(0)
  })
})
