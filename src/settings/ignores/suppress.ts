import { isComposeFile, isDockerfile } from '../../files/names.ts'
import type { Project } from '../../model/project/project.ts'
import type { Diagnostic, Suppressed } from '../../text/diagnostic.ts'
import { matcherOf } from '../paths.ts'
import { type Asked, isAsked, withSeverity } from '../policy.ts'
import { noSettings, pathIn, type Settings } from '../settings.ts'
import { applyIgnores } from './apply.ts'

/**
 * The findings that comments in the files and the settings leave, with what is to be said of the comments themselves,
 * and the findings that they take out. `failed` are rules that threw: that they report nothing says nothing.
 */
export function suppress(
  diagnostics: readonly Diagnostic[],
  project: Project,
  asked: Asked,
  failed: ReadonlySet<string>,
): { readonly kept: readonly Diagnostic[]; readonly suppressed: readonly Suppressed[] } {
  const lookedAt = seenIn(project)
  const byComments = applyIgnores(diagnostics, {
    sources: project.tree.sources.filter(
      ({ path, text }) => text.includes('docker-gotchas') && !/(^|\/)\.docker-gotchas\.ya?ml$/.test(path),
    ),
    elixir: project.elixir,
    wasAsked: (id, path) => isAsked(id, asked) && !failed.has(id) && lookedAt(path),
  })
  const remarks = byComments.remarks
    .filter(({ rule }) => isAsked(rule, asked))
    .map((remark) => withSeverity(remark, asked))
  const bySettings = byPaths([...byComments.kept, ...remarks], asked.settings ?? noSettings)
  return { kept: bySettings.kept, suppressed: [...byComments.suppressed, ...bySettings.suppressed] }
}

/** Whether rules have seen a file. Dockerfiles and compose files that are not for production are not looked at. */
function seenIn({ deployments, services }: Project): (path: string) => boolean {
  const spans = services.flatMap(({ span, declared, build, health }) => [
    span,
    ...declared.map((variable) => variable.span),
    ...(build ? [build.span] : []),
    ...(health ? [health.span] : []),
  ])
  const seen = new Set([
    ...spans.map(({ source }) => source.path),
    ...deployments.flatMap(({ dockerfile }) => dockerfile?.source.path ?? []),
  ])
  return (path) => (!isDockerfile(path) && !isComposeFile(path)) || seen.has(path)
}

/** The findings that the settings leave, and those that they ignore by their paths. */
export function byPaths(
  diagnostics: readonly Diagnostic[],
  settings: Settings,
): { readonly kept: readonly Diagnostic[]; readonly suppressed: readonly Suppressed[] } {
  const ignores = settings.ignore.map((ignore) => ({ ...ignore, isIn: matcherOf(ignore.paths) }))
  const kept: Diagnostic[] = []
  const suppressed: Suppressed[] = []
  for (const diagnostic of diagnostics) {
    const path = pathIn(settings, diagnostic.span.source.path)
    const found = ignores.find(({ rules, isIn }) => rules.includes(diagnostic.rule) && isIn(path))
    if (found) suppressed.push({ diagnostic, by: 'settings', reason: found.reason })
    else kept.push(diagnostic)
  }
  return { kept, suppressed }
}
