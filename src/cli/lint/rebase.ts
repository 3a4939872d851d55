import type { Analysis } from '../../analyze.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { shownSource } from '../../text/outside.ts'
import type { Source, Span } from '../../text/source.ts'

/** `analysis` with every path put through `rename`, and every message through `say`; a source stays one source. */
export function rebase(
  analysis: Analysis,
  rename: (path: string) => string,
  say: (message: string) => string = (message) => message,
): Analysis {
  const renamed = new Map<Source, Source>()
  const sourceOf = (source: Source): Source => {
    const known = renamed.get(source) ?? { ...shownSource(source), path: rename(source.path) }
    renamed.set(source, known)
    return known
  }
  const spanOf = ({ source, start, end }: Span): Span => ({ source: sourceOf(source), start, end })
  const diagnosticOf = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    message: say(diagnostic.message),
    span: spanOf(diagnostic.span),
    related: diagnostic.related.map(({ span, text }) => ({ span: spanOf(span), text: say(text) })),
    fixes: diagnostic.fixes.map((fix) => ({
      ...fix,
      title: say(fix.title),
      edits: fix.edits.map(({ span, text }) => ({ span: spanOf(span), text })),
    })),
  })
  return {
    ...analysis,
    diagnostics: analysis.diagnostics.map(diagnosticOf),
    suppressed: (analysis.suppressed ?? []).map((one) => ({ ...one, diagnostic: diagnosticOf(one.diagnostic) })),
    notes: analysis.notes.map(say),
    read: analysis.read.map(rename),
    secrets: analysis.secrets.map(spanOf),
  }
}
