import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { treeOf } from '../src/files/tree.ts'
import { fixTree } from '../src/fix.ts'
import { folderOf } from './cli/cli.ts'
import { examples, type SmallProject, samples, someCases } from './projects.ts'

const hasElixir = spawnSync('elixir', ['--version']).status === 0

/** A value that fits what a variable is likely to be read as. */
function valueFor(name: string): string {
  if (/PORT|SIZE|COUNT|TIMEOUT|LIMIT/.test(name)) return '4000'
  if (/LEVEL/.test(name)) return 'info'
  return /^PHX_SERVER$|ENABLE|IPV6|SSL/.test(name) ? 'true' : 'x'.repeat(64)
}

const isElixir = (path: string) => /^(config|lib|apps)\/.*\.exs?$|^mix\.exs$/.test(path)

/** The texts of a project that Elixir reads, before and after all its fixes; undefined where none of them changes. */
async function mended({ texts }: SmallProject) {
  const { changes } = await fixTree(treeOf(texts), { unsafe: true })
  if (!changes.some(({ path }) => isElixir(path))) return undefined
  const only = (all: Readonly<Record<string, string>>) => Object.entries(all).filter(([path]) => isElixir(path))
  return {
    before: only(texts),
    after: only({ ...texts, ...Object.fromEntries(changes.map(({ path, after }) => [path, after])) }),
    changed: changes.map(({ path }) => path),
  }
}

it.skipIf(!hasElixir)(
  'what fix writes is Elixir, and config scripts that worked still do',
  { timeout: 600_000 },
  async () => {
    const folder = folderOf({})
    const changed = new Map<string, readonly string[]>()
    for (const [number, project] of [...examples, ...someCases, ...samples].entries()) {
      const one = await mended(project)
      if (one === undefined) continue
      changed.set(String(number), one.changed)
      const files = [
        ...one.before.map(([path, text]) => ['before', path, text]),
        ...one.after.map(([path, text]) => ['after', path, text]),
      ]
      for (const [side = '', path = '', text = ''] of files) {
        mkdirSync(dirname(join(folder, `${number}`, side, path)), { recursive: true })
        writeFileSync(join(folder, `${number}`, side, path), text)
      }
      const names = new Set(files.flatMap(([, , text = '']) => text.match(/(?<=env!?\(\s*")\w+/g) ?? []))
      writeFileSync(join(folder, `${number}`, 'env'), [...names].map((name) => `${name}=${valueFor(name)}\n`).join(''))
    }
    const { stdout, stderr, status } = spawnSync('elixir', ['scripts/prove-fixes.exs', folder], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const proofs = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
    const worse = proofs.filter(([number = '', path = '', before, after]) =>
      changed.get(number)?.includes(path)
        ? after === 'broken' || (after === 'stops' && before !== 'stops')
        : after !== before,
    )
    expect(worse).toEqual([])
    expect(
      proofs.filter(([, path, before, after]) => path?.startsWith('config/') && before === 'stops' && after === 'works')
        .length,
    ).toBeGreaterThan(0)
  },
)
