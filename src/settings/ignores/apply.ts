import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import type { Diagnostic, Suppressed } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/nearest.ts'
import { placeName, type Source, type Span } from '../../text/source.ts'
import { knownIds, type Remark } from '../ids.ts'
import { type FileIgnores, type Ignore, ignoresOf } from './reach.ts'

/** The findings that comments leave, those that they ignore, and what is to be said of the comments. */
export interface Ignored {
  readonly kept: readonly Diagnostic[]
  readonly suppressed: readonly Suppressed[]
  readonly remarks: readonly Diagnostic[]
}

/** What is known of the files and rules beside the comments themselves. */
export interface IgnoreContext {
  readonly sources: readonly Source[]
  readonly elixir: ReadonlyMap<string, ElixirFile>
  /** Whether a rule was asked about a file: an ignore that hits nothing is reported only then. */
  readonly wasAsked: (id: string, path: string) => boolean
}

/** Takes out the findings that comments in the files ignore. */
export function applyIgnores(
  diagnostics: readonly Diagnostic[],
  { sources, elixir, wasAsked }: IgnoreContext,
): Ignored {
  const files = new Map(sources.map((source) => [source.path, ignoresOf(source, elixir.get(source.path))]))
  const used = new Set<Span>()
  const kept: Diagnostic[] = []
  const suppressed: Suppressed[] = []
  for (const diagnostic of diagnostics) {
    const hit = files.get(diagnostic.span.source.path)?.ignores.flatMap((ignore) => hits(ignore, diagnostic)) ?? []
    for (const { at } of hit) used.add(at)
    const [first] = hit
    if (first) suppressed.push({ diagnostic, by: 'comment', reason: first.reason })
    else kept.push(diagnostic)
  }
  const isUnused = (id: string, at: Span) => !used.has(at) && wasAsked(id, at.source.path)
  return { kept, suppressed, remarks: [...files.values()].flatMap((file) => remarksOn(file, isUnused)) }
}

function hits(ignore: Ignore, { rule, span: { start } }: Diagnostic) {
  const { ids, reach, reason } = ignore
  if (start < reach.start || start > reach.end) return []
  return ids.flatMap(({ id, span }) => (id === rule ? [{ at: span, reason }] : []))
}

function remarksOn(
  { ignores, malformed, late }: FileIgnores,
  isUnused: (id: string, at: Span) => boolean,
): readonly Diagnostic[] {
  return [
    ...malformed.map((span) =>
      remark('ignore-malformed', span, 'this ignores nothing: it is not `# docker-gotchas ignore=RULE -- reason`'),
    ),
    ...late.map((span) =>
      remark('ignore-malformed', span, 'this ignores nothing: `global ignore=` counts at the top of a file only'),
    ),
    ...ignores.flatMap(({ ids, comment, reason, reach, global }) => [
      ...ids.flatMap(({ id, span }): readonly Diagnostic[] => {
        if (!knownIds.includes(id))
          return [remark('ignore-unknown-rule', span, `there is no rule \`${id}\`${didYouMean(id, knownIds)}`)]
        if (!isUnused(id, span)) return []
        const where = global ? `in ${span.source.path}` : `at ${placeName(reach)}`
        return [remark('ignore-unused', span, `\`${id}\` reports nothing ${where} that this could ignore`)]
      }),
      ...(reason === undefined
        ? [remark('ignore-without-reason', comment, 'this does not say why: ` -- ` and a reason are missing')]
        : []),
    ]),
  ]
}

const remark = (rule: Remark, span: Span, message: string): Diagnostic => ({
  rule,
  gotcha: 'syntax',
  severity: 'info',
  certainty: 'certain',
  message,
  span,
  related: [],
  fixes: [],
  why: '',
  remedy: '',
})
