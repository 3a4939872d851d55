import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { type ConfigRun, evaluateConfig } from '../../../src/languages/elixir/config/run.ts'
import { mergeConfigs } from '../../../src/languages/elixir/evaluate/config-merge.ts'
import type { ConfigInput } from '../../../src/languages/elixir/evaluate/input.ts'
import { toTerm } from '../../../src/languages/elixir/values/term.ts'
import { list, type Value } from '../../../src/languages/elixir/values/value.ts'
import { known, unset } from '../../../src/text/known.ts'
import type { Source } from '../../../src/text/source.ts'

/** One recorded scenario: what is given and what Elixir made of it. */
export interface Recorded {
  readonly folder: string
  readonly elixir: string
  readonly scenario: Scenario
  readonly expected: Record<string, unknown>
}

interface Scenario {
  readonly name: string
  readonly mix_env?: string
  readonly target?: string
  readonly build?: Record<string, string>
  readonly runtime?: Record<string, string>
}

/** JSON; integers that are too large for it become texts. */
export const parseJson = (text: string) =>
  JSON.parse(text.replaceAll(/(?<=[[\s:,])-?\d{16,}(?=\s*[\],}])/g, (number) => `"big ${number}"`))

export const readJson = (path: string) => parseJson(readFileSync(path, 'utf8'))

/** Every scenario of every case in `root`, once for each version of Elixir that it was recorded with. */
export function recordedIn(root: string): readonly Recorded[] {
  return readdirSync(root)
    .sort()
    .flatMap((id) => {
      const folder = join(root, id)
      if (!existsSync(join(folder, 'env.json'))) return []
      const scenarios: readonly Scenario[] = readJson(join(folder, 'env.json')).scenarios
      return ['expected.json', 'expected-1.18.json'].flatMap((file) => {
        if (!existsSync(join(folder, file))) return []
        const recorded = readJson(join(folder, file))
        return scenarios.map((scenario) => ({
          folder,
          elixir: String(recorded.elixir),
          scenario,
          expected: recorded.scenarios[scenario.name],
        }))
      })
    })
}

/** Case, scenario and version of Elixir. */
export const nameOf = ({ folder, scenario, elixir }: Recorded): string =>
  `${basename(folder)} ${scenario.name} ${elixir}`

/** By `nameOf`, what calls functions that no project's configuration does: it is left open in part. */
export const unmodelled = new Set([
  'access_and_tap only 1.14.0',
  'argument_errors date 1.14.0',
  'datetimes none 1.14.0',
  'datetimes bad 1.14.0',
  'inspect_forms only 1.14.0',
  'list_append_ops none 1.14.0',
  'list_append_ops x 1.14.0',
  'numeric_env none 1.14.0',
  'regex_use none 1.14.0',
  'regex_use other 1.14.0',
  'sigils_heredocs none 1.14.0',
  'sigils_heredocs set 1.14.0',
  'string_more none 1.14.0',
  'struct_in_config only 1.14.0',
  'version_guard only 1.14.0',
])

/** What we make of a recorded scenario, in the form of the record. */
export function replay({ folder, elixir, scenario }: Recorded): Record<string, unknown> {
  const files = sourcesIn(join(folder, 'config'), folder)
  const shared = {
    configEnv: scenario.mix_env ?? 'prod',
    configTarget: scenario.target ?? 'host',
    otherModules: 'absent',
    elixirVersion: elixir,
  } as const
  const at = (root: string) => (path: string) => {
    const source = path.startsWith(`${root}/`) ? files.get(path.slice(root.length + 1)) : undefined
    return source ? known(source) : unset()
  }
  const entry = files.get('config/config.exs')
  const build =
    entry &&
    evaluateConfig({
      ...shared,
      entry,
      kind: 'build',
      directory: '/DIR/config',
      workingDirectory: '/DIR',
      file: at('/DIR'),
      glob: (pattern) => known(globIn(files, pattern.slice('/DIR/'.length)).map((path) => `/DIR/${path}`)),
      environment: environmentOf(scenario.build ?? {}),
      mixAvailable: true,
    })
  const script = files.get('config/runtime.exs')
  const compiled = build?.outcome.kind === 'ok' ? build.config : list([])
  const runtime =
    script &&
    evaluateConfig({
      ...shared,
      entry: script,
      kind: 'runtime',
      directory: '/REL/releases/0.1.0',
      workingDirectory: '/REL',
      file: (path) => (path === '/REL/releases/0.1.0/runtime.exs' ? known(script) : unset()),
      environment: environmentOf(scenario.runtime ?? {}),
      mixAvailable: false,
      compiled,
    })
  const failed = [build, runtime].some((run) => run !== undefined && run.outcome.kind !== 'ok')
  const final = !build && !runtime ? null : mergeConfigs(build?.config ?? list([]), runtime?.config ?? list([]))
  return {
    build: shown(build, elixir),
    imported: build?.outcome.kind === 'ok' ? build.imported.map((path) => relative('/DIR', path)).sort() : [],
    runtime: shown(runtime, elixir),
    final: failed ? { ok: false } : final && { ok: true, config: comparable(final, elixir) },
  }
}

/** A recorded scenario in the form in which `replay` answers, without what is not to be compared. */
export function expectedOf({ expected }: Recorded): Record<string, unknown> {
  const phase = (given: unknown): unknown => {
    if (!isRecord(given)) return given
    if (given.ok === true) return { ok: true, config: normal(given.config) }
    return isRecord(given.error) ? { ok: false, error: comparableError(given.error) } : { ok: false }
  }
  return {
    build: phase(expected.build),
    imported: expected.imported,
    runtime: phase(expected.runtime),
    final: phase(expected.final),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function shown(run: ConfigRun | undefined, elixir: string): unknown {
  if (!run) return null
  if (run.outcome.kind === 'ok') return { ok: true, config: comparable(run.config, elixir) }
  if (run.outcome.kind === 'unknown') return { unknown: run.outcome.why }
  return { ok: false, error: comparableError({ ...run.outcome.error }) }
}

const compileTime = new Set(['CompileError', 'SyntaxError', 'TokenMissingError'])

/** Kind, type and message; errors of the compiler may stand for each other and word themselves as they like. */
export function comparableError({ kind, type, message }: Record<string, unknown>): unknown {
  const name = type || null
  if (compileTime.has(String(name))) return { kind, type: 'CompileError' }
  const plain = String(message).replaceAll('/DIR', 'DIR').replaceAll('/REL', 'REL').slice(0, 600)
  return { kind, type: name, message: plain.replaceAll(/#Function<[^>]*>/g, '#Function<…>') }
}

const comparable = (value: Value, elixir: string): unknown =>
  normal(JSON.parse(JSON.stringify(toTerm(value, elixir), bigAsText)))

const bigAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? `big ${value}` : value)

/** Keyword lists without regard to order; of double keys the first counts. */
export function normal(term: unknown): unknown {
  if (Array.isArray(term)) return term.map(normal)
  if (!isRecord(term)) return term
  if (Array.isArray(term.kw)) {
    const first = new Map<string, unknown>()
    for (const [key, value] of term.kw) if (!first.has(key)) first.set(key, normal(value))
    return { kw: [...first].sort(([one], [other]) => (one < other ? -1 : 1)) }
  }
  if (typeof term.inspect === 'string')
    return { ...term, inspect: term.inspect.replaceAll(/#Function<[^>]*>/g, '#Function<…>') }
  return Object.fromEntries(Object.entries(term).map(([key, value]) => [key, normal(value)]))
}

/**
 * Whether an answer is what was recorded but for parts that it leaves unknown, of which there is at least one. What stops
 * in Elixir may go on with something unknown.
 */
export const isLeftOpen = (answer: unknown, recorded: unknown): boolean =>
  holdsUnknown(answer) && agrees(answer, recorded)

const holdsUnknown = (answer: unknown): boolean => /"unknown":/.test(JSON.stringify(answer))

function agrees(answer: unknown, recorded: unknown): boolean {
  if (isRecord(answer) && typeof answer.unknown === 'string') return true
  if (isRecord(recorded) && recorded.ok === false && isRecord(answer) && answer.ok === true) return holdsUnknown(answer)
  if (Array.isArray(answer) && Array.isArray(recorded))
    return answer.length === recorded.length && answer.every((part, at) => agrees(part, recorded[at]))
  if (!isRecord(answer) || !isRecord(recorded)) return answer === recorded
  const keys = Object.keys(answer)
  return keys.length === Object.keys(recorded).length && keys.every((key) => agrees(answer[key], recorded[key]))
}

export function environmentOf(variables: Record<string, string>): ConfigInput['environment'] {
  const all = new Map(Object.entries(variables))
  return {
    all,
    get: (name) => {
      const value = all.get(name)
      return value === undefined ? unset() : known(value)
    },
  }
}

function sourcesIn(folder: string, root: string): ReadonlyMap<string, Source> {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const full = join(entry.parentPath, entry.name)
      const path = relative(root, full)
      return [path, { path, text: readFileSync(full, 'utf8') }]
    }),
  )
}

const globIn = (files: ReadonlyMap<string, Source>, pattern: string): readonly string[] => {
  const expression = new RegExp(
    `^${pattern
      .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')}$`,
  )
  return [...files.keys()].filter((path) => expression.test(path)).sort()
}
