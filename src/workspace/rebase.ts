import type { Said } from '../masking/shown.ts'
import type { CheckedContainer } from '../model/project/looked.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Source, Span } from '../text/source.ts'

/** `analysis` with every path put through `rename`; a source stays one source. */
export function rebase<Found extends Said>(analysis: Found, rename: (path: string) => string): Found {
  const renamed = new Map<Source, Source>()
  const sourceOf = (source: Source): Source => {
    const known = renamed.get(source) ?? { ...source, path: rename(source.path) }
    renamed.set(source, known)
    return known
  }
  const spanOf = ({ source, start, end }: Span): Span => ({ source: sourceOf(source), start, end })
  const diagnosticOf = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    span: spanOf(diagnostic.span),
    related: diagnostic.related.map(({ span, text }) => ({ span: spanOf(span), text })),
    fixes: diagnostic.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map(({ span, text }) => ({ span: spanOf(span), text })),
    })),
  })
  const containerOf = ({ compose, dockerfile, ...rest }: CheckedContainer): CheckedContainer => ({
    ...rest,
    ...(compose === undefined ? {} : { compose: rename(compose) }),
    ...(dockerfile === undefined ? {} : { dockerfile: rename(dockerfile) }),
  })
  return {
    ...analysis,
    diagnostics: analysis.diagnostics.map(diagnosticOf),
    suppressed: (analysis.suppressed ?? []).map((one) => ({ ...one, diagnostic: diagnosticOf(one.diagnostic) })),
    read: analysis.read.map(rename),
    looked: { ...analysis.looked, checked: analysis.looked.checked.map(containerOf) },
  }
}
