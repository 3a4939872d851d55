import type { Tree } from './files/tree.ts'
import type { ElixirFile } from './languages/elixir/ast.ts'
import type { Project } from './model/project.ts'
import { elixirSources, type ReadOptions, readProject } from './model/read.ts'
import { rules as allRules } from './rules/index.ts'
import type { Rule } from './rules/rule.ts'
import type { Diagnostic, Finding, Problem } from './text/diagnostic.ts'
import type { Source, Span } from './text/source.ts'

export interface AnalyzeOptions extends ReadOptions {
  /** Ids of the rules to ask; all where absent. */
  readonly rules?: readonly string[]
  /** Ids of rules not to ask. */
  readonly ignore?: readonly string[]
}

/** What `analyze` gives. */
export interface Analysis {
  /** By path and place. */
  readonly diagnostics: readonly Diagnostic[]
  /** Paths of the files that had a part, sorted. */
  readonly read: readonly string[]
  /** What could not be seen, and why a file is taken for production or not. */
  readonly notes: readonly string[]
  /** Ranges whose text must not leave the tool. */
  readonly secrets: readonly Span[]
  /** Rules that threw: a defect of ours. */
  readonly failures: readonly { readonly rule: string; readonly message: string }[]
}

/** Finds what will break in production. Pure but for loading the Elixir grammar where the tree has Elixir files. */
export async function analyze(tree: Tree, options: AnalyzeOptions = {}): Promise<Analysis> {
  const { project, problems } = readProject(tree, await readElixir(tree.sources), options)
  const chosen = allRules.filter(
    (rule) => (options.rules?.includes(rule.id) ?? true) && !options.ignore?.includes(rule.id),
  )
  const failures: { rule: string; message: string }[] = []
  const found = chosen.flatMap((rule) => {
    try {
      return check(rule, project)
    } catch (error) {
      failures.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) })
      return []
    }
  })
  const syntax =
    options.rules === undefined
      ? problems.filter((problem) => !options.ignore?.includes(ruleOf(problem))).map(syntaxDiagnostic)
      : []
  return {
    diagnostics: sorted([...syntax, ...found]),
    read: tree.sources.map((source) => source.path),
    notes: project.notes,
    secrets: project.secrets,
    failures,
  }
}

/** Parses the Elixir files of `sources` that rules ask for; loads the grammar only where there is one. */
export async function readElixir(sources: readonly Source[]): Promise<readonly ElixirFile[]> {
  const wanted = elixirSources(sources)
  if (wanted.length === 0) return []
  const [{ loadElixir }, { parseElixir }] = await Promise.all([
    import('./languages/elixir/grammar.ts'),
    import('./languages/elixir/parse.ts'),
  ])
  await loadElixir()
  return wanted.map(parseElixir)
}

/** The diagnostics of one rule, each once although several services may show it. */
function check(rule: Rule, project: Project): readonly Diagnostic[] {
  const once = new Map<string, Diagnostic>()
  for (const finding of rule.check(project)) {
    const key = `${finding.span.source.path}:${finding.span.start}:${finding.span.end}`
    if (!once.has(key)) once.set(key, diagnosticOf(rule, finding))
  }
  return [...once.values()]
}

const diagnosticOf = (rule: Rule, finding: Finding): Diagnostic => ({
  rule: rule.id,
  gotcha: rule.gotcha,
  severity: rule.severity,
  certainty: 'certain',
  related: [],
  fixes: [],
  ...finding,
})

const ruleOf = (problem: Problem): string => {
  const { path } = problem.span.source
  if (/\.exs?$|mix\.lock$/.test(path)) return 'elixir-syntax'
  if (/\.ya?ml$/.test(path)) return 'compose-syntax'
  return /(^|\/)\.?[^/]*env[^/]*$/i.test(path) ? 'env-syntax' : 'dockerfile-syntax'
}

const syntaxDiagnostic = (problem: Problem): Diagnostic => ({
  rule: ruleOf(problem),
  gotcha: 'syntax',
  severity: 'error',
  certainty: 'certain',
  message: problem.message,
  span: problem.span,
  related: problem.related ?? [],
  fixes: [],
})

function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      compare(a.span.source.path, b.span.source.path) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.rule, b.rule),
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
