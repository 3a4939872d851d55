import { type Gotcha, gotchas, type Severity } from '../../text/diagnostic.ts'
import type { JsonFinding, JsonFix, JsonPlace, JsonReport, JsonSuppressed } from '../formats/json.ts'
import { docsOf } from '../headings.ts'
import { countAt, isThere, items, type JsonCursor, Misshapen, maybeText, oneOf, textAt, under } from './cursor.ts'
import { saidAt, shardAt } from './json.ts'

const severityOf = { error: 'error', warning: 'warning', note: 'info' } as const satisfies Record<string, Severity>
const levels = ['error', 'warning', 'note'] as const

/** Reads what `--format sarif` has written: a report for each run. Fixes that are unsafe are not in it. Throws `Misshapen`. */
export function readSarif(at: JsonCursor): readonly JsonReport[] {
  const version = under(at, 'version')
  if (version.value !== '2.1.0')
    throw new Misshapen(version.path, `this is SARIF of version ${JSON.stringify(version.value)}, and 2.1.0 is read`)
  return items(under(at, 'runs')).map(runAt)
}

function runAt(run: JsonCursor): JsonReport {
  const driver = under(under(run, 'tool'), 'driver')
  const name = under(driver, 'name')
  if (name.value !== 'docker-gotchas')
    throw new Misshapen(name.path, `this is SARIF of ${JSON.stringify(name.value)}, and not of docker-gotchas`)
  const gotchaOf = new Map(items(under(driver, 'rules')).map((rule) => [textAt(under(rule, 'id')), gotchaAt(rule)]))
  const results = items(under(run, 'results')).map((result) => resultAt(result, gotchaOf))
  const properties = under(run, 'properties')
  const shard = shardAt(under(properties, 'shard'))
  const told = items(under(run, 'invocations')).flatMap((one) => items(under(one, 'toolExecutionNotifications')))
  const nothing = told.find((one) => under(one, 'level').value === 'warning')
  return {
    version: 1,
    findings: results.flatMap((one) => ('by' in one ? [] : [one])),
    suppressed: results.flatMap((one) => ('by' in one ? [one] : [])),
    summary: {
      errors: 0,
      warnings: 0,
      infos: 0,
      ...saidAt(properties),
      ...(nothing ? { nothingChecked: messageAt(nothing).replace(/^nothing was checked: /, '') } : {}),
      ...(shard ? { shard } : {}),
      failures: told.flatMap((one) => (under(one, 'level').value === 'error' ? [failureOf(messageAt(one))] : [])),
    },
  }
}

const messageAt = (at: JsonCursor): string => textAt(under(under(at, 'message'), 'text'))

function failureOf(text: string): { readonly rule: string; readonly message: string } {
  const [rule = '', ...rest] = text.split(': ')
  return { rule, message: rest.join(': ') }
}

function gotchaAt(rule: JsonCursor): Gotcha {
  const tags = items(under(under(rule, 'properties'), 'tags')).map(({ value }) => value)
  return gotchas.find((gotcha) => tags.includes(gotcha)) ?? 'image'
}

function resultAt(result: JsonCursor, gotchaOf: ReadonlyMap<string, Gotcha>): JsonFinding | JsonSuppressed {
  const rule = textAt(under(result, 'ruleId'))
  const [place] = items(under(result, 'locations'))
  if (place === undefined) throw new Misshapen(result.path, 'a result has no place')
  const properties = under(result, 'properties')
  const [suppression] = items(under(result, 'suppressions'))
  const finding: JsonFinding = {
    rule,
    gotcha: gotchaOf.get(rule) ?? 'image',
    severity: severityOf[oneOf(under(result, 'level'), levels)],
    certainty: oneOf(under(properties, 'certainty'), ['certain', 'likely']),
    message: messageAt(result),
    ...(under(properties, 'preview').value === true ? { preview: true as const } : {}),
    ...placeAt(place),
    related: items(under(result, 'relatedLocations')).map((one) => ({ ...placeAt(one), message: messageAt(one) })),
    fixes: items(under(result, 'fixes')).map(fixAt),
    why: maybeText(under(properties, 'why')) ?? '',
    remedy: maybeText(under(properties, 'remedy')) ?? '',
    docs: docsOf(rule),
    fingerprint: maybeText(under(under(result, 'partialFingerprints'), 'ruleAndText/v1')) ?? '',
  }
  return suppression === undefined ? finding : { ...finding, ...suppressedBy(suppression) }
}

/** What keeps a result quiet; a baseline says so in its own words. */
function suppressedBy(suppression: JsonCursor): Pick<JsonSuppressed, 'by' | 'reason'> {
  const why = maybeText(under(suppression, 'justification'))
  if (under(suppression, 'kind').value === 'inSource')
    return { by: 'comment', ...(why === undefined ? {} : { reason: why }) }
  if (why === 'it stands in the baseline') return { by: 'baseline' }
  return { by: 'settings', ...(why === undefined ? {} : { reason: why }) }
}

const placeAt = (location: JsonCursor): JsonPlace => {
  const place = under(location, 'physicalLocation')
  return { file: fileAt(under(place, 'artifactLocation')), ...regionAt(under(place, 'region')) }
}

function fileAt(artifact: JsonCursor): string {
  const uri = textAt(under(artifact, 'uri'))
  try {
    return decodeURIComponent(uri)
  } catch {
    throw new Misshapen(under(artifact, 'uri').path, '`uri` is no address of a file')
  }
}

const regionAt = (region: JsonCursor): Omit<JsonPlace, 'file'> => ({
  line: countAt(under(region, 'startLine'), 1),
  column: countAt(under(region, 'startColumn'), 1),
  endLine: countAt(under(region, 'endLine'), 1),
  endColumn: countAt(under(region, 'endColumn'), 1),
})

const fixAt = (fix: JsonCursor): JsonFix => ({
  title: textAt(under(under(fix, 'description'), 'text')),
  safety: 'safe',
  edits: items(under(fix, 'artifactChanges')).flatMap((change) =>
    items(under(change, 'replacements')).map((one) => ({
      file: fileAt(under(change, 'artifactLocation')),
      ...regionAt(under(one, 'deletedRegion')),
      text: maybeText(under(under(one, 'insertedContent'), 'text')) ?? '',
    })),
  ),
})

/** Whether a value is meant to be SARIF. */
export const isSarif = (at: JsonCursor): boolean => isThere(under(at, 'runs'))
