import type { Tree } from './files/tree.ts'
import type { ElixirFile } from './languages/elixir/syntax/ast.ts'
import { readPlatforms } from './languages/platforms/read.ts'
import type { Masking } from './masking/masking.ts'
import { maskingOfProject } from './masking/project.ts'
import { type Looked, lookedOf } from './model/project/looked.ts'
import { partsOf } from './model/project/parts.ts'
import { notesOf, type Project } from './model/project/project.ts'
import { elixirSources, type Reading, type ReadOptions, readingOf } from './model/project/read.ts'
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
import { allSteps, inStep, type Steps } from './text/steps.ts'

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
  const work = await workOn(tree, options)
  return during('model', () => allSteps(work))
}

/** The steps in which the model of a tree is put together. */
async function workOn(tree: Tree, options: AnalyzeOptions): Promise<Steps<Reading>> {
  const { settings } = options
  const shipping = settings ? { shipping: shippingOf(settings) } : {}
  const elixir = await readElixir(tree.sources)
  const platforms = await duringAll('model', () => readPlatforms(tree))
  return readingOf(tree, elixir, { ...shipping, platforms, ...options })
}

/** How a rule is asked. */
type Ask = (rule: Rule, part: Project) => Iterable<Finding>

/** Asks the rules about a project that has been read; `ask` is how. */
export function judge(reading: Reading, options: AnalyzeOptions = {}, ask?: Ask): Analysis {
  const trial = trialOf(reading, options)
  askRules([trial], ask)
  return verdictOf(trial)
}

/** What `analyze` gives of several trees, in their order. It is done side by side, which takes less than one after the other. */
export async function analyzeAll(subjects: readonly Subject[]): Promise<readonly Analysis[]> {
  const works: Steps<Trial>[] = []
  for (const { tree, options } of subjects) works.push(trying(await workOn(tree, options), options))
  const trials = during('model', () => inStep(works))
  askRules(trials)
  return trials.map(verdictOf)
}

/** A tree, and how it is to be analyzed. */
export interface Subject {
  readonly tree: Tree
  readonly options: AnalyzeOptions
}

function* trying(work: Steps<Reading>, options: AnalyzeOptions): Steps<Trial> {
  return trialOf(yield* work, options)
}

/** A project that has been read, and what the rules have said of it so far. */
interface Trial {
  readonly reading: Reading
  readonly options: AnalyzeOptions
  readonly parts: readonly Project[]
  readonly diagnostics: Diagnostic[]
  readonly failures: { readonly rule: string; readonly message: string }[]
}

/** Of a project of which no rule was asked yet. */
const trialOf = (reading: Reading, options: AnalyzeOptions): Trial => ({
  reading,
  options,
  parts: partsOf(reading.project),
  diagnostics: [],
  failures: [],
})

/**
 * Asks each rule about all the projects before the next one: a processor then has at hand what it runs, and a hundred small
 * projects take two thirds of the time.
 */
function askRules(trials: readonly Trial[], ask: Ask = (rule, part) => rule.check(part)): void {
  for (const rule of allRules)
    for (const { options, parts, diagnostics, failures } of trials) {
      if (!isAsked(rule.id, options)) continue
      try {
        const found = during(`rule ${rule.id}`, () =>
          parts.flatMap((part) => findingsIn(part, (one) => ask(rule, one))),
        )
        if (found.length > 0) diagnostics.push(...eachPlace(rule, found, isPreview(rule, options)))
      } catch (error) {
        failures.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) })
      }
    }
}

/** What is to be said of a project of which all rules were asked. */
function verdictOf({ reading: { project, problems }, options, diagnostics, failures }: Trial): Analysis {
  const { rules: _, ...always } = options
  const syntax = problems
    .map(syntaxDiagnostic)
    .filter((found) => isAsked(found.rule, isBroken(found) ? always : options))
  const all = [...syntax, ...diagnostics].map((diagnostic) => withSeverity(writable(diagnostic, project), options))
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
function eachPlace(rule: Rule, findings: readonly Finding[], preview: boolean): readonly Diagnostic[] {
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
