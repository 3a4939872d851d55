import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { Change } from '../src/fix.ts'
import { folderOf } from './cli/cli.ts'
import type { SmallProject } from './projects.ts'

/** A value that fits what a variable is likely to be read as. */
function valueFor(name: string): string {
  if (/PORT|SIZE|COUNT|TIMEOUT|LIMIT/.test(name)) return '4000'
  if (/LEVEL/.test(name)) return 'info'
  return /^PHX_SERVER$|ENABLE|IPV6|SSL/.test(name) ? 'true' : 'x'.repeat(64)
}

const isElixir = (path: string) => /^(config|lib|apps)\/.*\.exs?$|^mix\.exs$/.test(path)

/** Writes the Elixir files of a project before and after its fixes, and the variables that they read. */
function write(folder: string, { texts }: SmallProject, changes: readonly Change[]): void {
  const after = { ...texts, ...Object.fromEntries(changes.map((change) => [change.path, change.after])) }
  const files = Object.entries({ before: texts, after }).flatMap(([side, all]) =>
    Object.entries(all)
      .filter(([path]) => isElixir(path))
      .map(([path, text]) => [join(folder, side, path), text] as const),
  )
  for (const [file, text] of files) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const names = new Set(files.flatMap(([, text]) => text.match(/(?<=env!?\(\s*")\w+/g) ?? []))
  writeFileSync(join(folder, 'env'), [...names].map((name) => `${name}=${valueFor(name)}\n`).join(''))
}

/**
 * What one process of the real Elixir says of projects and of what fixes changed in them, where it changed Elixir: which
 * files got worse, and which config scripts stopped and now work.
 */
export function provedBy(mended: ReadonlyMap<SmallProject, readonly Change[]>) {
  const folder = folderOf({})
  const changed = [...mended].filter(([, changes]) => changes.some(({ path }) => isElixir(path)))
  for (const [number, [project, changes]] of changed.entries()) write(join(folder, String(number)), project, changes)
  const { stdout, stderr, status } = spawnSync('elixir', ['scripts/prove-fixes.exs', folder], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const proofs = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  return {
    worse: proofs.filter(([number, path, before, after]) =>
      changed[Number(number)]?.[1].some((change) => change.path === path)
        ? after === 'broken' || (after === 'stops' && before !== 'stops')
        : after !== before,
    ),
    better: proofs.filter(
      ([, path, before, after]) => path?.startsWith('config/') && before === 'stops' && after === 'works',
    ),
  }
}
