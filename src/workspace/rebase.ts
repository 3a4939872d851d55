import type { Said } from '../masking/shown.ts'
import type { CheckedContainer } from '../model/project/looked.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Source, Span } from '../text/source.ts'

/** `analysis` with every path put through `rename`, also where a sentence names a file that was read; a source stays one source. */
export function rebase<Found extends Said>(analysis: Found, rename: (path: string) => string): Found {
  const renamed = new Map<Source, Source>()
  const sourceOf = (source: Source): Source => {
    const there = renamed.get(source) ?? { ...source, path: rename(source.path) }
    renamed.set(source, there)
    return there
  }
  const known = new Set(analysis.read)
  const textOf = (text: string): string =>
    text.replace(/`([^`\s]+)`/g, (whole, path: string) => (known.has(path) ? `\`${rename(path)}\`` : whole))
  const spanOf = ({ source, start, end }: Span): Span => ({ source: sourceOf(source), start, end })
  const diagnosticOf = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    message: textOf(diagnostic.message),
    span: spanOf(diagnostic.span),
    related: diagnostic.related.map(({ span, text }) => ({ span: spanOf(span), text: textOf(text) })),
    fixes: diagnostic.fixes.map((fix) => ({
      ...fix,
      title: textOf(fix.title),
      edits: fix.edits.map(({ span, text }) => ({ span: spanOf(span), text })),
    })),
  })
  const containerOf = (one: CheckedContainer): CheckedContainer => ({
    ...one,
    ...(one.compose === undefined ? {} : { compose: rename(one.compose) }),
    ...(one.dockerfile === undefined ? {} : { dockerfile: rename(one.dockerfile) }),
  })
  return {
    ...analysis,
    diagnostics: analysis.diagnostics.map(diagnosticOf),
    suppressed: (analysis.suppressed ?? []).map((one) => ({ ...one, diagnostic: diagnosticOf(one.diagnostic) })),
    read: analysis.read.map(rename),
    notes: analysis.notes.map(textOf),
    looked: {
      ...analysis.looked,
      checked: analysis.looked.checked.map(containerOf),
      leftOut: analysis.looked.leftOut.map((one) => ({ ...one, what: textOf(one.what), reason: textOf(one.reason) })),
    },
  }
}
