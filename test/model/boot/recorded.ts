import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What a real release did, in one version. */
export interface Observed {
  readonly boots?: boolean
  readonly http_listening?: boolean
  readonly port?: number | null
  readonly url?: string
  readonly logger_level?: string
  readonly static_path?: string
  readonly 'server?'?: boolean
  readonly debug_query_params_logged?: boolean
  readonly command?: string
  readonly exit_code?: number
}

export interface BootCase {
  readonly id: string
  readonly what: string
  readonly files: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly observed: Readonly<Record<string, Observed>>
}

export interface BuildCase {
  readonly id: string
  readonly what: string
  readonly toolchain: string
  readonly changed: string
  readonly env: Readonly<Record<string, string>>
  readonly observed: Observed
}

const root = 'test/recorded/boot'
const read = (path: string) => readFileSync(join(root, path), 'utf8')

export const bootCases: readonly BootCase[] = JSON.parse(read('cases.json'))
export const buildCases: readonly BuildCase[] = JSON.parse(read('builds.json'))

const base = Object.fromEntries(
  readdirSync(join(root, 'base'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(join(root, 'base'), path), readFileSync(path, 'utf8')]),
)

/** Of the recorded app, what the records mention and `base/` leaves out. */
const left = {
  'lib/my_app/feature.ex': `defmodule MyApp.Feature do
  @flag Application.compile_env(:my_app, :feature_flag, :off)
  def flag, do: @flag
end
`,
  'assets/css/app.css': 'body { color: red }\n',
  'assets/js/app.js': 'console.log(1)\n',
}

const versions: Readonly<Record<string, { readonly phoenix: string; readonly elixir: string }>> = {
  '1.14': { phoenix: '1.7.24', elixir: '1.14.0' },
  '1.18': { phoenix: '1.8.3', elixir: '1.18.4' },
}

/** The recorded app as it was built with a version of Elixir. */
export function appFiles(version: string): Readonly<Record<string, string>> {
  const { phoenix = '', elixir = '' } = versions[version] ?? {}
  return {
    ...base,
    ...left,
    '.tool-versions': `elixir ${elixir}\n`,
    'mix.lock': `%{
  "bandit": {:hex, :bandit, "1.8.0", "", [:mix], [], "hexpm", ""},
  "phoenix": {:hex, :phoenix, "${phoenix}", "", [:mix], [], "hexpm", ""},
}
`,
  }
}

/** `files` with a unified diff of the recorder applied; a file that it deletes is gone. */
export function applyDiff(files: Readonly<Record<string, string>>, diff: string): Readonly<Record<string, string>> {
  const changed: Record<string, string> = { ...files }
  const parts = diff.split(/^(?=--- a\/)/m).filter((part) => part.startsWith('--- a/'))
  for (const part of parts) {
    const [first = '', second = '', ...lines] = part.split('\n')
    const path = first.slice('--- a/'.length)
    if (second.includes('/dev/null')) {
      delete changed[path]
      continue
    }
    changed[path] = patched(changed[path] ?? '', lines)
  }
  return changed
}

/** Hunks by their lines and not by their numbers. */
function patched(text: string, lines: readonly string[]): string {
  const hunks: { before: string[]; after: string[] }[] = []
  for (const line of lines) {
    if (line.startsWith('@@')) hunks.push({ before: [], after: [] })
    const hunk = hunks.at(-1)
    if (hunk === undefined || line.startsWith('@@')) continue
    if (line.startsWith('-') || line.startsWith(' ')) hunk.before.push(line.slice(1))
    if (line.startsWith('+') || line.startsWith(' ')) hunk.after.push(line.slice(1))
  }
  return hunks.reduce((result, { before, after }) => {
    const old = before.length === 0 ? '' : `${before.join('\n')}\n`
    const now = after.length === 0 ? '' : `${after.join('\n')}\n`
    if (!result.includes(old)) throw new Error(`the diff does not fit: ${old}`)
    return old === '' ? now + result : result.replace(old, () => now)
  }, text)
}
