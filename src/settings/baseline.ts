import { loadYaml } from '../languages/yaml/load.ts'
import { valueAt, type YamlNode } from '../languages/yaml/node.ts'
import type { Shown } from '../masking/shown.ts'
import type { Diagnostic, Problem, Suppressed } from '../text/diagnostic.ts'
import { fingerprints } from '../text/fingerprint.ts'
import { jsonText } from '../text/neutral.ts'
import { type Source, type Span, span } from '../text/source.ts'
import { jsonErrorAt } from './json-error.ts'

/** One finding of a baseline. */
export interface BaselineEntry {
  readonly rule: string
  /** Relative to the folder of the baseline, with `/`. */
  readonly file: string
  readonly fingerprint: string
}

/** A baseline that was read, and why it is none. */
export interface BaselineReading {
  readonly entries: readonly BaselineEntry[]
  readonly problem: Problem | undefined
}

/** Findings that may be shown: secrets are no part of a baseline. */
export type ShownFindings = Shown<{ readonly diagnostics: readonly Diagnostic[] }>

const tool = 'docker-gotchas'
const version = 1

/** The text of a baseline with these findings. `fileOf` is the path of a file from the folder of the baseline. */
export function baselineText(found: ShownFindings, fileOf: (path: string) => string): string {
  const findings = [...entriesOf(found, fileOf).values()].toSorted(
    (one, other) =>
      compare(one.file, other.file) || compare(one.rule, other.rule) || compare(one.fingerprint, other.fingerprint),
  )
  return jsonText({ tool, version, findings })
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function entriesOf(found: ShownFindings, fileOf: (path: string) => string): ReadonlyMap<Diagnostic, BaselineEntry> {
  const prints = fingerprints(found.diagnostics, fileOf)
  return new Map(
    found.diagnostics.map((diagnostic) => {
      const { rule, span: at } = diagnostic
      return [diagnostic, { rule, file: fileOf(at.source.path), fingerprint: prints.get(diagnostic) ?? '' }]
    }),
  )
}

/** Reads a baseline; one that is broken, of a newer version or of another tool gives a problem with its place. */
export function readBaseline(source: Source): BaselineReading {
  const refuse = (at: Span, message: string): BaselineReading => ({ entries: [], problem: { span: at, message } })
  let json: unknown
  try {
    json = JSON.parse(source.text.replace(/^\ufeff/, ''))
  } catch {
    const at = jsonErrorAt(source.text)
    return refuse(span(source, at, at + 1), 'here the baseline stops being JSON')
  }
  const root = () => loadYaml(source).documents[0]?.root
  const place = (node: YamlNode | undefined) => node?.span ?? span(source, 0, 0)
  const under = (node: YamlNode | undefined, key: string) => (node?.kind === 'map' ? valueAt(node, key) : undefined)
  if (!isRecord(json) || json.tool !== tool) return refuse(span(source, 0, 1), 'this is no baseline of docker-gotchas')
  if (json.version !== version) {
    const told = typeof json.version === 'number' && json.version > version
    const message = told
      ? `this baseline is of version ${json.version}, which is newer than this docker-gotchas`
      : `the \`version\` of this baseline is not ${version}`
    return refuse(place(under(root(), 'version')), message)
  }
  const { findings } = json
  if (!Array.isArray(findings))
    return refuse(place(under(root(), 'findings')), 'the `findings` of a baseline are a list')
  const entries = findings.map(entryOf)
  const wrong = entries.indexOf(undefined)
  if (wrong >= 0) {
    const list = under(root(), 'findings')
    const node = list?.kind === 'list' ? list.items[wrong] : undefined
    return refuse(place(node), 'a finding of a baseline has a `rule`, a `file` and a `fingerprint`')
  }
  return { entries: entries.flatMap((entry) => entry ?? []), problem: undefined }
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

function entryOf(json: unknown): BaselineEntry | undefined {
  if (!isRecord(json)) return undefined
  const { rule, file, fingerprint } = json
  if (typeof rule !== 'string' || typeof file !== 'string' || typeof fingerprint !== 'string') return undefined
  return { rule, file, fingerprint }
}

/** What a baseline leaves of findings, what it takes out, and its entries that no finding matches. */
export interface Matched {
  readonly kept: readonly Diagnostic[]
  readonly suppressed: readonly Suppressed[]
  readonly unmatched: readonly BaselineEntry[]
}

/** Takes out the findings that were there before. `fileOf` as for `baselineText`. */
export function matchBaseline(
  found: ShownFindings,
  entries: readonly BaselineEntry[],
  fileOf: (path: string) => string,
): Matched {
  const known = new Map(entries.map((entry) => [keyOf(entry), entry]))
  const matched = new Set<string>()
  const kept: Diagnostic[] = []
  const suppressed: Suppressed[] = []
  for (const [diagnostic, entry] of entriesOf(found, fileOf)) {
    const key = keyOf(entry)
    if (known.has(key)) {
      matched.add(key)
      suppressed.push({ diagnostic, by: 'baseline', reason: undefined })
    } else kept.push(diagnostic)
  }
  return { kept, suppressed, unmatched: [...known].flatMap(([key, entry]) => (matched.has(key) ? [] : [entry])) }
}

const keyOf = ({ rule, file, fingerprint }: BaselineEntry): string => JSON.stringify([rule, file, fingerprint])
