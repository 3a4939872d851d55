import type { Tree } from './files/tree.ts'
import type { ElixirFile } from './languages/elixir/syntax/ast.ts'
import { readPlatforms } from './languages/platforms/read.ts'
import type { Masking } from './masking/masking.ts'
import { maskingOfProject } from './masking/project.ts'
import { type Looked, lookedOf } from './model/project/looked.ts'
import { partsOf } from './model/project/parts.ts'
import { notesOf, type Project } from './model/project/project.ts'
import { elixirSources, type Reading, type ReadOptions, readProject } from './model/project/read.ts'
import { rules as allRules } from './rules/index.ts'
import { findingsIn } from './rules/misspelt.ts'
import type { Rule } from './rules/rule.ts'
import { suppress } from './settings/ignores/suppress.ts'
import { type Asked, isAsked, isPreview, withSeverity } from './settings/policy.ts'
import { shippingOf } from './settings/settings.ts'
import { during, duringAll } from './text/clock.ts'
import type { Diagnostic, Finding, Label, Suppressed, SyntaxProblem } from './text/diagnostic.ts'
import { byPlace, isBroken } from './text/order.ts'
import type { Source, Span } from './text/source.ts'

export interface AnalyzeOptions extends ReadOptions, Asked {
  /** Whether to report what comments and settings ignore. */
  readonly noIgnores?: boolean
}

/** What `analyze` gives. */
export interface Analysis {
  /** By path and place. */
  readonly diagnostics: readonly Diagnostic[]
  /** Findings that comments, settings or a baseline take out, in no order; none where absent. */
  readonly suppressed?: readonly Suppressed[]
  /** Paths of the files that had a part, sorted. */
  readonly read: readonly string[]
  /** What could not be seen, and why a file is taken for production or not. */
  readonly notes: readonly string[]
  /** Ranges whose text must not leave the tool. */
  readonly secrets: readonly Span[]
  /** Masks them, and whatever else in the project may be secret. */
  readonly masking: Masking
  /** Rules that threw: a defect of ours. */
  readonly failures: readonly { readonly rule: string; readonly message: string }[]
  /** What was checked, and what not. */
  readonly looked: Looked
}

/**
 * Finds what will break in production, in files that were read. Pure but for loading the Elixir grammar where the tree has
 * Elixir files. Nothing in it is masked yet: `showFindings` does that. A rule that throws is one of the `failures`.
 *
 * @example
 * const { diagnostics } = await analyze(await discover(memoryHost({ Dockerfile: 'FROM elixir\nRUN mix release\n' })))
 */
export async function analyze(tree: Tree, options: AnalyzeOptions = {}): Promise<Analysis> {
  return judge(await readTree(tree, options), options)
}

/** Puts the model of a tree together; loads the Elixir grammar where the tree has Elixir files. */
export async function readTree(tree: Tree, options: AnalyzeOptions = {}): Promise<Reading> {
  const { settings } = options
  const shipping = settings ? { shipping: shippingOf(settings) } : {}
  const elixir = await readElixir(tree.sources)
  const platforms = await duringAll('model', () => readPlatforms(tree))
  return during('model', () => readProject(tree, elixir, { ...shipping, platforms, ...options }))
}

/** Asks the rules about a project that has been read; `ask` is how. */
export function judge(
  { project, problems }: Reading,
  options: AnalyzeOptions = {},
  ask: (rule: Rule, part: Project) => Iterable<Finding> = (rule, part) => rule.check(part),
): Analysis {
  const chosen = allRules.filter(({ id }) => isAsked(id, options))
  const failures: { rule: string; message: string }[] = []
  const parts = partsOf(project)
  const found = chosen.flatMap((rule) => {
    try {
      return check(
        rule,
        during(`rule ${rule.id}`, () => parts.flatMap((part) => findingsIn(part, (one) => ask(rule, one)))),
        isPreview(rule, options),
      )
    } catch (error) {
      failures.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) })
      return []
    }
  })
  const { rules: _, ...always } = options
  const syntax = problems
    .map(syntaxDiagnostic)
    .filter((found) => isAsked(found.rule, isBroken(found) ? always : options))
  const all = [...syntax, ...found].map((diagnostic) => withSeverity(writable(diagnostic, project), options))
  const { kept, suppressed } = options.noIgnores
    ? { kept: all, suppressed: [] }
    : suppress(all, project, options, new Set(failures.map(({ rule }) => rule)))
  return {
    diagnostics: byPlace(kept),
    suppressed,
    read: project.tree.sources.flatMap(({ path, rest }) => (rest === undefined ? [path] : [])),
    notes: notesOf(project),
    secrets: project.secrets,
    masking: maskingOfProject(project),
    failures,
    looked: lookedOf(project),
  }
}

/** Without repairs of what stands in no file as it was read: a Dockerfile that Compose puts together. */
function writable(diagnostic: Diagnostic, { tree }: Reading['project']): Diagnostic {
  const stands = ({ span: { source } }: Diagnostic['fixes'][number]['edits'][number]) =>
    tree.sources.every(({ path, text }) => path !== source.path || text === source.text)
  const fixes = diagnostic.fixes.filter(({ edits }) => edits.every(stands))
  if (fixes.length === diagnostic.fixes.length) return diagnostic
  return {
    ...diagnostic,
    fixes,
    ...(fixes.length === 0 ? { noFix: 'the text to change stands in no file by itself' } : {}),
  }
}

/** Parses the Elixir files of `sources` that rules ask for; loads the grammar only where there is one. */
export async function readElixir(sources: readonly Source[]): Promise<readonly ElixirFile[]> {
  const wanted = elixirSources(sources)
  if (wanted.length === 0) return []
  const [{ loadElixir }, { parseElixir }] = await Promise.all([
    import('./languages/elixir/syntax/grammar.ts'),
    import('./languages/elixir/syntax/parse.ts'),
  ])
  await loadElixir()
  return wanted.map(parseElixir)
}

/** The diagnostics of one rule, each once although several services may show it. */
function check(rule: Rule, findings: Iterable<Finding>, preview: boolean): readonly Diagnostic[] {
  const once = new Map<string, Diagnostic>()
  for (const finding of findings) {
    const key = `${finding.span.source.path}:${finding.span.start}:${finding.span.end}`
    if (!once.has(key)) once.set(key, { ...diagnosticOf(rule, finding), ...(preview ? { preview } : {}) })
  }
  return [...once.values()]
}

/** The diagnostic of a finding. An error needs a proof: what is likely is a warning at most. */
function diagnosticOf(rule: Rule, finding: Finding): Diagnostic {
  const { noFix = rule.noFix, ...said } = finding
  const { severity = rule.severity, certainty = 'certain', fixes = [] } = said
  return {
    why: rule.incident,
    remedy: rule.remedy,
    gotcha: rule.gotcha,
    ...said,
    ...(fixes.length === 0 && noFix ? { noFix } : {}),
    rule: rule.id,
    severity: severity === 'error' && certainty === 'likely' ? 'warning' : severity,
    certainty,
    fixes,
    related: eachOnce(finding.related ?? []),
  }
}

/** A trail that comes by the same way twice, such as the script that two steps stand in, tells of it once. */
const eachOnce = (trail: readonly Label[]): readonly Label[] => [
  ...new Map(trail.map((label) => [`${label.span.source.path}:${label.span.start}:${label.text}`, label])).values(),
]

/** Who reads a language. */
const readers: Readonly<Record<SyntaxProblem['language'], string>> = {
  dockerfile: 'Docker',
  compose: 'Compose',
  env: 'Compose',
  elixir: 'Elixir',
  shell: 'the shell',
}

function syntaxDiagnostic({
  language,
  message,
  span,
  bound,
  readElsewhere,
  certainty,
  related,
}: SyntaxProblem): Diagnostic {
  const isDoubtful = bound === true || certainty === 'likely'
  return {
    rule: `${language}-syntax`,
    gotcha: 'syntax',
    severity: isDoubtful ? 'info' : readElsewhere ? 'warning' : 'error',
    certainty: isDoubtful || readElsewhere ? 'likely' : 'certain',
    message,
    span,
    related: related ?? [],
    fixes: [],
    why: '',
    remedy: isDoubtful ? '' : `Write it as ${readers[language]} reads it`,
  }
}
