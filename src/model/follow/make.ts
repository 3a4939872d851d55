import { posix } from 'node:path'
import { unknownText } from '../../languages/make/expand.ts'
import { type MakeLine, type MakeRule, parseMakefile } from '../../languages/make/parse.ts'
import { parseShellText } from '../../languages/shell/parse.ts'
import { optionsOf } from '../../languages/shell/shebang.ts'
import { known, unknown } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { locate } from '../stage-files/locate.ts'
import type { Arg } from './arg.ts'
import { deeper, deepestFollow, type Frame, startedBy, step, stepInto } from './frame.ts'
import { readMakeCall } from './make-call.ts'
import { assign, expand, type Makefile, readMakefile } from './makefile.ts'
import { runScript } from './run.ts'

/** Executes `make TARGET`: what it depends on, then its own recipe (GNU make manual). */
export function followMake(argv: readonly Arg[], frame: Frame, at: Span): void {
  const call = readMakeCall(argv.slice(1).map((arg) => arg.text ?? unknownText))
  if (call.asks) return
  const shell = startedBy(frame.shell)
  stepInto(shell, ...call.folders)
  const inner: Frame = { ...frame, shell, mayFail: frame.mayFail || call.mayFail }
  const files = call.file === undefined ? ['GNUmakefile', 'makefile', 'Makefile'] : [call.file]
  const source = files.map((file) => sourceAt(file, inner)).find((found) => found !== undefined)
  if (source === undefined) {
    step(inner, { kind: 'unknown', text: 'make', why: 'its file is not here' }, at)
    return
  }
  const makefile: Makefile = {
    rules: [],
    variables: new Map(call.variables.map(([name, value]) => [name, { value, fixed: true }])),
    exported: new Set(call.variables.map(([name]) => name)),
    allExported: false,
    frame: inner,
    filesAt: (pattern) => sourcesAt(pattern, inner),
  }
  readMakefile(parseMakefile(source), makefile)
  const plan = planOf(makefile)
  const goal = makefile.variables.get('.DEFAULT_GOAL')?.value ?? firstTarget(makefile)
  for (const name of call.goals.length > 0 ? call.goals : [goal ?? '']) {
    if (!make(name, inner, plan)) {
      const why = `the Makefile has no rule for \`${name}\``
      const near = nearest(name, [...plan.rulesFor.keys()])
      const isWhole = !/^\s*-?s?include\s/m.test(source.text) && name !== '' && !name.includes(unknownText)
      const lost = { what: 'target', name, near, file: source.path } as const
      step(inner, { kind: 'unknown', text: `make ${name}`, why }, at, isWhole ? lost : undefined)
      if (near !== undefined) make(near, inner, plan)
    }
  }
}

const firstTarget = ({ rules }: Makefile) =>
  rules.flatMap(({ targets }) => targets).find((target) => !target.startsWith('.') && !target.includes('%'))

type ExpandedRule = Makefile['rules'][number]

/** A Makefile as it is asked for its targets. */
interface MakePlan {
  readonly makefile: Makefile
  /** By target, in the order of the file. */
  readonly rulesFor: ReadonlyMap<string, readonly ExpandedRule[]>
  /** Those with a `%` in a target. */
  readonly patterns: readonly ExpandedRule[]
  readonly phony: ReadonlySet<string>
  readonly oneShell: boolean
  /** The targets that are brought up to date, or begun. */
  readonly done: Set<string>
}

function planOf(makefile: Makefile): MakePlan {
  const rulesFor = new Map<string, ExpandedRule[]>()
  for (const rule of makefile.rules) {
    for (const target of new Set(rule.targets)) {
      const rules = rulesFor.get(target)
      if (rules) rules.push(rule)
      else rulesFor.set(target, [rule])
    }
  }
  return {
    makefile,
    rulesFor,
    patterns: makefile.rules.filter(({ targets }) => targets.some((target) => target.includes('%'))),
    phony: new Set((rulesFor.get('.PHONY') ?? []).flatMap(({ prerequisites }) => prerequisites)),
    oneShell: rulesFor.has('.ONESHELL'),
    done: new Set(),
  }
}

/** Brings a target up to date; false where there is neither a rule nor a file for it. */
function make(name: string, frame: Frame, plan: MakePlan): boolean {
  const { done, makefile, patterns, phony } = plan
  if (done.has(name)) return true
  done.add(name)
  const named = plan.rulesFor.get(name) ?? []
  const cooked = named.some(({ recipe }) => recipe.length > 0)
  const pattern = cooked ? undefined : patterns.find(({ targets }) => targets.some((one) => stem(one, name)))
  const rules = pattern ? [...named, pattern] : named
  const last = rules.findLast(({ recipe }) => recipe.length > 0) ?? rules[0]
  if (last === undefined) return isThere(name, frame)
  if (frame.depth > deepestFollow) {
    step(frame, { kind: 'unknown', text: `make ${name}`, why: 'the rules are nested too deep', bound: true }, last.span)
    return true
  }
  for (const { variable } of rules) if (variable) assign(variable, makefile)
  const needs = rules.flatMap(({ prerequisites, targets }) => {
    const part = targets.map((target) => stem(target, name)).find((found) => found !== undefined)
    return part === undefined ? prerequisites : prerequisites.map((need) => need.replace('%', part))
  })
  const isUpToDate = needs.length === 0 && !phony.has(name) && isThere(name, frame)
  const runs = isUpToDate ? 'maybe' : frame.runs
  const inner = deeper(frame, { span: last.span, text: `the target \`${name}\`` }, { runs })
  for (const need of needs) make(need, inner, plan)
  const own = new Map([
    ['@', name],
    ['<', needs[0] ?? ''],
    ['^', needs.join(' ')],
  ])
  cook(last.recipe, own, inner, plan)
  return true
}

/** What `%` of a pattern such as `%.css` stands for in `name`. */
function stem(pattern: string, name: string): string | undefined {
  const [before, after] = pattern.split('%')
  if (before === undefined || after === undefined || name.length < before.length + after.length) return undefined
  return name.startsWith(before) && name.endsWith(after)
    ? name.slice(before.length, name.length - after.length)
    : undefined
}

function cook(recipe: MakeRule['recipe'], own: ReadonlyMap<string, string>, frame: Frame, plan: MakePlan): void {
  const { makefile } = plan
  const flags = expand('$(.SHELLFLAGS)', makefile).split(/\s+/)
  for (const line of linesOf(recipe, plan)) {
    const written = line.text.trimStart()
    const prefix = /^[@+\-\s]*/.exec(written)?.[0] ?? ''
    const text = expand(written.slice(prefix.length), makefile, own)
    const { source, start, end } = line.span
    const at = span(source, start + line.text.length - written.length + prefix.length, end)
    const inner = { ...frame, shell: shellOf(frame, makefile), mayFail: frame.mayFail || prefix.includes('-') }
    runScript(parseShellText(text, at, optionsOf(flags)), inner)
  }
}

/** Each line has a shell of its own, unless `.ONESHELL` is a target. */
function linesOf(recipe: readonly MakeLine[], { oneShell }: MakePlan): readonly MakeLine[] {
  const [first] = recipe
  if (!first || !oneShell) return recipe
  return [{ text: recipe.map(({ text }) => text).join('\n'), span: first.span }]
}

function shellOf(frame: Frame, makefile: Makefile): Frame['shell'] {
  const shell = startedBy(frame.shell)
  for (const name of makefile.variables.keys()) {
    if (!makefile.allExported && !makefile.exported.has(name)) continue
    const value = expand(`$(${name})`, makefile)
    shell.variables.set(name, value.includes('$') ? unknown(`make puts \`${name}\` together`) : known(value))
  }
  return shell
}

const isThere = (path: string, frame: Frame): boolean => {
  const { origin } = locate(frame.draft, posix.resolve(frame.shell.cwd.path, path))
  return origin.kind !== 'absent' && origin.kind !== 'removed'
}

function sourceAt(path: string, frame: Frame): Source | undefined {
  const { origin } = locate(frame.draft, posix.resolve(frame.shell.cwd.path, path))
  return origin.kind === 'context' ? frame.world.sourceAt(origin.path) : undefined
}

/** The files of a pattern of `include`: `ops/*.mk`. */
function sourcesAt(pattern: string, frame: Frame): readonly Source[] {
  const star = pattern.indexOf('*')
  if (star === -1) return [sourceAt(pattern, frame) ?? []].flat()
  const folder = pattern.slice(0, star).replace(/(?<![^/])[^/]*$/, '')
  const { origin } = locate(frame.draft, posix.resolve(frame.shell.cwd.path, folder))
  if (origin.kind !== 'context') return []
  const suffix = pattern.slice(star + 1)
  return frame.context
    .filesUnder(origin.path)
    .filter((path) => posix.dirname(path) === (origin.path || '.') && path.endsWith(suffix))
    .flatMap((path) => frame.world.sourceAt(path) ?? [])
}
