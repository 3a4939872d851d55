import { gotchas, severities } from '../../text/diagnostic.ts'
import type { JsonFinding, JsonFix, JsonPlace, JsonReport, JsonSuppressed } from '../formats/json.ts'
import { docsOf } from '../headings.ts'
import { countAt, isThere, items, type JsonCursor, Misshapen, maybeText, oneOf, textAt, under } from './cursor.ts'

/** Reads what `--format json` has written. Throws `Misshapen`. */
export function readJson(at: JsonCursor): JsonReport {
  ofVersion(at)
  if (!isThere(under(at, 'summary'))) throw new Misshapen(at.path, 'the report has no `summary`')
  return {
    version: 1,
    findings: items(under(at, 'findings')).map(findingAt),
    suppressed: items(under(at, 'suppressed')).map(suppressedAt),
    summary: summaryAt(under(at, 'summary')),
  }
}

/** Reads what `--format ndjson` has written, a value for each line. Throws `Misshapen`, whose path begins with the line. */
export function readNdjson(lines: readonly JsonCursor[]): JsonReport {
  const last = lines.at(-1)
  if (last === undefined || under(last, 'kind').value !== 'summary')
    throw new Misshapen(last?.path ?? [], 'the report ends before its summary: it is not whole')
  const findings: JsonFinding[] = []
  const suppressed: JsonSuppressed[] = []
  for (const line of lines) {
    ofVersion(line)
    const kind = oneOf(under(line, 'kind'), ['finding', 'suppressed', 'summary'])
    if (kind === 'finding') findings.push(findingAt(line))
    else if (kind === 'suppressed') suppressed.push(suppressedAt(line))
    else if (line !== last) throw new Misshapen(line.path, 'the summary stands before the end')
  }
  return { version: 1, findings, suppressed, summary: summaryAt(last) }
}

function ofVersion(at: JsonCursor): void {
  const version = under(at, 'version')
  if (version.value !== 1)
    throw new Misshapen(
      isThere(version) ? version.path : at.path,
      isThere(version)
        ? `this report is of version ${JSON.stringify(version.value)}, and this docker-gotchas reads version 1`
        : 'this is no report of docker-gotchas: it has no `version`',
    )
}

function findingAt(at: JsonCursor): JsonFinding {
  const rule = textAt(under(at, 'rule'))
  const noFix = maybeText(under(at, 'noFix'))
  return {
    rule,
    gotcha: oneOf(under(at, 'gotcha'), gotchas),
    severity: oneOf(under(at, 'severity'), severities),
    certainty: oneOf(under(at, 'certainty'), ['certain', 'likely']),
    message: textAt(under(at, 'message')),
    ...(under(at, 'preview').value === true ? { preview: true as const } : {}),
    ...placeAt(at),
    related: items(under(at, 'related')).map((one) => ({ ...placeAt(one), message: textAt(under(one, 'message')) })),
    fixes: items(under(at, 'fixes')).map(fixAt),
    ...(noFix === undefined ? {} : { noFix }),
    why: maybeText(under(at, 'why')) ?? '',
    remedy: maybeText(under(at, 'remedy')) ?? '',
    docs: docsOf(rule),
    fingerprint: maybeText(under(at, 'fingerprint')) ?? '',
  }
}

function suppressedAt(at: JsonCursor): JsonSuppressed {
  const reason = maybeText(under(at, 'reason'))
  const by = oneOf(under(at, 'by'), ['comment', 'settings', 'baseline'])
  return { ...findingAt(at), by, ...(reason === undefined ? {} : { reason }) }
}

const fixAt = (at: JsonCursor): JsonFix => ({
  title: textAt(under(at, 'title')),
  safety: oneOf(under(at, 'safety'), ['safe', 'unsafe']),
  edits: items(under(at, 'edits')).map((edit) => ({ ...placeAt(edit), text: textAt(under(edit, 'text')) })),
})

function placeAt(at: JsonCursor): JsonPlace {
  const code = maybeText(under(at, 'code'))
  return {
    file: textAt(under(at, 'file')),
    line: countAt(under(at, 'line'), 1),
    column: countAt(under(at, 'column'), 1),
    endLine: countAt(under(at, 'endLine'), 1),
    endColumn: countAt(under(at, 'endColumn'), 1),
    ...(code === undefined ? {} : { code }),
  }
}

/** The summary; its counts are counted again. */
function summaryAt(at: JsonCursor): JsonReport['summary'] {
  const nothing = maybeText(under(at, 'nothingChecked'))
  const shard = shardAt(under(at, 'shard'))
  return {
    errors: 0,
    warnings: 0,
    infos: 0,
    ...saidAt(at),
    ...(nothing === undefined ? {} : { nothingChecked: nothing }),
    ...(shard ? { shard } : {}),
    failures: items(under(at, 'failures')).map((one) => ({
      rule: textAt(under(one, 'rule')),
      message: textAt(under(one, 'message')),
    })),
  }
}

/** What is said beside the findings, in JSON and in the properties of SARIF. */
export const saidAt = (at: JsonCursor): Pick<JsonReport['summary'], 'files' | 'checked' | 'leftOut' | 'notes'> => ({
  files: items(under(at, 'files')).map(textAt),
  checked: items(under(at, 'checked')).map(containerAt),
  leftOut: items(under(at, 'leftOut')).map((one) => ({
    what: textAt(under(one, 'what')),
    reason: textAt(under(one, 'reason')),
  })),
  notes: items(under(at, 'notes')).map(textAt),
})

function containerAt(at: JsonCursor) {
  const names = ['service', 'compose', 'dockerfile', 'stage', 'image'].flatMap((key) => {
    const text = maybeText(under(at, key))
    return text === undefined ? [] : [[key, text]]
  })
  const unfollowed = items(under(at, 'unfollowed')).map(textAt)
  return { ...Object.fromEntries(names), ...(unfollowed.length > 0 ? { unfollowed } : {}) }
}

/** A shard, if there is one. */
export const shardAt = (at: JsonCursor): JsonReport['summary']['shard'] =>
  isThere(at)
    ? {
        index: countAt(under(at, 'index'), 1),
        of: countAt(under(at, 'of'), 1),
        projects: countAt(under(at, 'projects')),
      }
    : undefined
