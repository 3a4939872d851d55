import { posix } from 'node:path'
import { type JustCall, type Justfile, parseJustfile, type Recipe } from '../../languages/just/parse.ts'
import { unknownText } from '../../languages/make/expand.ts'
import { parseShellText } from '../../languages/shell/parse.ts'
import { interpreterOf, isShell, optionsOf } from '../../languages/shell/shebang.ts'
import { type Known, known, unknown } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { locate } from '../stage-files/locate.ts'
import type { Arg } from './arg.ts'
import { deeper, deepestFollow, environmentIn, type Frame, startedBy, step, stepInto } from './frame.ts'
import { runScript } from './run.ts'

/** The texts of variables and parameters. */
type JustValues = ReadonlyMap<string, Known<string>>

interface JustRun {
  readonly justfile: Justfile
  readonly variables: JustValues
  readonly done: Set<string>
  readonly at: Span
}

/** Executes `just RECIPE ARGUMENTS` (just manual). */
export function followJust(argv: readonly Arg[], frame: Frame, at: Span): void {
  const { words, options, given } = readCall(argv.slice(1).map((arg) => arg.text ?? unknownText))
  const shell = startedBy(frame.shell)
  const named = options.get('file')
  const candidates = named === undefined ? ['justfile', 'Justfile', '.justfile'] : [named]
  const folders = named === undefined ? foldersAbove(shell.cwd.path) : [shell.cwd.path]
  const paths = folders.flatMap((folder) => candidates.map((file) => posix.resolve(folder, file)))
  const path = paths.find((one) => sourceAt(one, frame) !== undefined)
  const source = path === undefined ? undefined : sourceAt(path, frame)
  if (path === undefined || source === undefined) {
    step(frame, { kind: 'unknown', text: 'just', why: 'its file is not here' }, at)
    return
  }
  stepInto(shell, options.get('folder') ?? posix.dirname(path))
  const justfile = parseJustfile(source)
  const inner: Frame = { ...frame, shell }
  const run: JustRun = { justfile, variables: variablesOf(justfile, given, inner), done: new Set(), at }
  const [first = justfile.recipes[0]?.name ?? '', ...rest] = words
  for (let name: string | undefined = first, left: readonly string[] = rest; name !== undefined; ) {
    const recipe = recipeNamed(name, justfile)
    const taken = recipe?.parameters.some(({ many }) => many) ? left.length : (recipe?.parameters.length ?? left.length)
    call({ name, args: left.slice(0, taken).map((word) => JSON.stringify(word)) }, run.variables, inner, run)
    ;[name, ...left] = left.slice(taken)
  }
}

function readCall(args: readonly string[]) {
  const words: string[] = []
  const options = new Map<string, string>()
  const given = new Map<string, string>()
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? ''
    const assigned = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(word)
    const [, option = word, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? []
    if (option === '--set') given.set(args[++index] ?? '', args[++index] ?? '')
    else if (/^(-f|--justfile)$/.test(option)) options.set('file', value ?? args[++index] ?? '')
    else if (/^(-d|--working-directory)$/.test(option)) options.set('folder', value ?? args[++index] ?? '')
    else if (words.length === 0 && assigned) given.set(assigned[1] ?? '', assigned[2] ?? '')
    else if (words.length > 0 || !word.startsWith('-')) words.push(word)
  }
  return { words, options, given }
}

function foldersAbove(folder: string): readonly string[] {
  return folder === '/' ? ['/'] : [folder, ...foldersAbove(posix.dirname(folder))]
}

function sourceAt(path: string, frame: Frame): Source | undefined {
  const { origin } = locate(frame.draft, path)
  return origin.kind === 'context' ? frame.world.sourceAt(origin.path) : undefined
}

function variablesOf(justfile: Justfile, given: ReadonlyMap<string, string>, frame: Frame): JustValues {
  const values = new Map<string, Known<string>>()
  for (const { name, value } of justfile.variables) {
    const own = given.get(name)
    values.set(name, own === undefined ? evaluate(value, values, frame) : known(own))
  }
  return values
}

/** The text of an expression: strings, names, `+`, `/` and `env(…)`. */
function evaluate(expression: string, values: JustValues, frame: Frame): Known<string> {
  const text = expression.trim()
  const pieces = text.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z_][\w-]*(?:\([^()]*\))?|[+/]/g) ?? []
  if (withoutBlanks(pieces.join('')) !== withoutBlanks(text)) return notFollowed
  let result = ''
  for (const piece of pieces) {
    if (piece === '+') continue
    const part = piece === '/' ? known('/') : termOf(piece, values, frame)
    if (part.kind !== 'known') return part
    result += part.value
  }
  return known(result)
}

const notFollowed = unknown('just puts it together')

/** An expression without what stands between its words. */
const withoutBlanks = (expression: string): string => expression.replace(/("[^"]*"|'[^']*')|\s/g, '$1')

const escaped: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function termOf(piece: string, values: JustValues, frame: Frame): Known<string> {
  if (piece.startsWith("'")) return known(piece.slice(1, -1))
  if (piece.startsWith('"')) {
    return known(piece.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => escaped[sign] ?? sign))
  }
  const asked = /^env(?:_var|_var_or_default)?\(\s*['"](\w+)['"]\s*(?:,\s*(?!\s)([\s\S]*?)(?<!\s)\s*)?\)$/.exec(piece)
  if (!asked) return values.get(piece) ?? notFollowed
  const value = environmentIn(frame)(asked[1] ?? '')
  return value.kind === 'unset' && asked[2] !== undefined ? evaluate(asked[2], values, frame) : value
}

const recipeNamed = (name: string, justfile: Justfile): Recipe | undefined =>
  byName(justfile).get(justfile.aliases.get(name) ?? name)

const byName = oncePer(({ recipes }: Justfile) => new Map(recipes.map((recipe) => [recipe.name, recipe])))

/** The text, where it is known. */
const textsOf = (value: Known<string>): readonly string[] => (value.kind === 'known' ? [value.value] : [])

/** Runs a recipe: what it needs before, its lines, what it needs after. Values of arguments are those of the caller. */
function call({ name, args }: JustCall, outer: JustValues, frame: Frame, run: JustRun): void {
  const recipe = recipeNamed(name, run.justfile)
  const key = JSON.stringify([recipe?.name, args])
  if (recipe === undefined || frame.depth > deepestFollow) {
    const text = `just ${name}`
    if (recipe) {
      step(frame, { kind: 'unknown', text, why: 'the recipes are nested too deep', bound: true }, run.at)
      return
    }
    const near = nearest(name, [...byName(run.justfile).keys()])
    const lost = { what: 'recipe', name, near, file: 'the justfile' } as const
    step(frame, { kind: 'unknown', text, why: `the justfile has no recipe \`${name}\`` }, run.at, lost)
    if (near !== undefined)
      call({ name: near, args }, outer, deeper(frame, { span: run.at, text: `means \`${near}\`` }), run)
    return
  }
  if (run.done.has(key)) return
  run.done.add(key)
  const inner = deeper(frame, { span: recipe.span, text: `the recipe \`${recipe.name}\`` })
  const values = new Map(run.variables)
  for (const [index, { fallback, many, name: parameter }] of recipe.parameters.entries()) {
    const words = many ? args.slice(index) : args.slice(index, index + 1)
    const texts = words.map((word) => evaluate(word, outer, frame))
    const own = texts.find(({ kind }) => kind !== 'known') ?? known(texts.flatMap(textsOf).join(' '))
    const fallen = many && !fallback ? known('') : evaluate(fallback ?? '?', values, frame)
    values.set(parameter, words.length > 0 ? own : fallen)
  }
  for (const needed of recipe.before) call(needed, values, inner, run)
  cook(recipe, values, inner, run)
  for (const needed of recipe.after) call(needed, values, inner, run)
}

function cook(recipe: Recipe, values: JustValues, frame: Frame, run: JustRun): void {
  const exportsAll = run.justfile.settings.get('export') === 'true'
  const exported = new Set(
    [...run.justfile.variables, ...recipe.parameters].flatMap((one) => (exportsAll || one.exported ? one.name : [])),
  )
  const shell = () => {
    const made = startedBy(frame.shell)
    for (const name of exported) {
      const [text] = textsOf(values.get(name) ?? notFollowed)
      made.variables.set(name, text === undefined ? notFollowed : known(text))
    }
    return made
  }
  const fill = (text: string) =>
    text.replace(/\{\{\{\{|\{\{((?:(?!\{\{|\}\}).)*)\}\}/g, (whole, expression) =>
      expression === undefined ? whole.slice(2) : (textsOf(evaluate(expression, values, frame))[0] ?? unknownText),
    )
  const [first] = recipe.lines
  if (first?.text.trimStart().startsWith('#!')) {
    const [interpreter = '', ...flags] = interpreterOf(first.text.trim().slice(2))
    const text = recipe.lines.map((line) => fill(line.text.trim())).join('\n')
    if (isShell(interpreter)) {
      runScript(parseShellText(text, first.span, optionsOf(flags)), { ...frame, shell: shell() })
    } else {
      const why = `\`${interpreter}\` is no shell that is read here`
      step(frame, { kind: 'unknown', text: `just ${recipe.name}`, why }, first.span)
    }
    return
  }
  for (const line of recipe.lines) {
    const written = line.text.trimStart()
    const prefix = /^[@-]*/.exec(written)?.[0] ?? ''
    const inner = { ...frame, shell: shell(), mayFail: frame.mayFail || prefix.includes('-') }
    const at = span(line.span.source, line.span.end - written.length + prefix.length, line.span.end)
    runScript(parseShellText(fill(written.slice(prefix.length)), at), inner)
  }
}
