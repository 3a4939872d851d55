import { maskingOf } from '../../src/masking/masking.ts'
import { showFindings } from '../../src/masking/shown.ts'
import type { Looked } from '../../src/model/project/looked.ts'
import type { Report, RuleFacts } from '../../src/report/report.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { type Source, type Span, span } from '../../src/text/source.ts'

const lookedAtShop: Looked = {
  checked: [{ service: 'web', compose: 'compose.yaml', dockerfile: 'Dockerfile', stage: 'final' }],
  leftOut: [],
  nothing: undefined,
}

/** The first `needle` in `source`. */
export function at(source: Source, needle: string): Span {
  const start = source.text.indexOf(needle)
  if (start === -1) throw new Error(`${needle} is not in ${source.path}`)
  return span(source, start, start + needle.length)
}

export const source = (path: string, text: string): Source => ({ path, text })

export const rule: RuleFacts = {
  id: 'assets-after-release',
  gotcha: 'assets',
  severity: 'error',
  summary: '`mix assets.deploy` runs after `mix release`',
  incident: 'The app boots and every page is unstyled HTML.',
  remedy: 'Move `mix assets.deploy` above `mix release`',
  why: 'A release is a copy of `priv/static` as it is at that moment.',
  links: ['https://hexdocs.pm/phoenix/releases.html'],
}

export function finding(at: Span, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    rule: rule.id,
    gotcha: rule.gotcha,
    severity: rule.severity,
    certainty: 'certain',
    message: rule.summary,
    span: at,
    related: [],
    fixes: [],
    why: '',
    remedy: '',
    ...more,
  }
}

export function report(
  diagnostics: readonly Diagnostic[],
  more: Partial<Report> = {},
  secrets: readonly Span[] = [],
): Report {
  const read = [...new Set(diagnostics.map((diagnostic) => diagnostic.span.source.path))]
  const { suppressed = [], notes = [], failures = [], looked = lookedAtShop, ...rest } = more
  const sources = secrets.map((secret) => secret.source)
  return {
    ...showFindings({ diagnostics, suppressed, read, notes, failures, looked }, maskingOf({ sources, spans: secrets })),
    rules: [rule],
    version: '0.0.0',
    colour: false,
    width: 80,
    ...rest,
  }
}
