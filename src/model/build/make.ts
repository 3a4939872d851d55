import { posix } from 'node:path'
import { parseShellText } from '../../languages/shell/parse.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { locate } from './files.ts'
import { type Arg, deeper, deepestFollow, type Frame, step, subshell } from './frame.ts'
import { runScript } from './run.ts'

/** Executes `make TARGET`: the targets that it depends on, then its own recipe. */
export const followMake = (argv: readonly Arg[], frame: Frame, at: Span): void =>
  followRecipes('make', ['GNUmakefile', 'makefile', 'Makefile'], argv, frame, at)

/** Executes `just RECIPE`. */
export const followJust = (argv: readonly Arg[], frame: Frame, at: Span): void =>
  followRecipes('just', ['justfile', 'Justfile', '.justfile'], argv, frame, at)

function followRecipes(program: string, files: readonly string[], argv: readonly Arg[], frame: Frame, at: Span): void {
  const texts = argv.slice(1).map((arg) => arg.text ?? '')
  const into = texts.indexOf('-C')
  const shell = subshell(frame.shell)
  if (into !== -1) shell.cwd = posix.resolve(shell.cwd, texts[into + 1] ?? '')
  const named = texts[texts.indexOf('-f') + 1]
  const candidates = texts.includes('-f') && named !== undefined ? [named] : files
  const source = candidates
    .map((file) => fileAt(posix.resolve(shell.cwd, file), frame))
    .find((one) => one !== undefined)
  if (source === undefined) {
    step(frame, { kind: 'unknown', text: `${program} ${texts.join(' ')}`, why: 'its file is not in view' }, at)
    return
  }
  const recipes = recipesOf(source)
  const goals = texts.filter(
    (text, index) => !/^-|=/.test(text) && texts[index - 1] !== '-C' && texts[index - 1] !== '-f',
  )
  const done = new Set<string>()
  const run = (name: string, inner: Frame) => {
    const recipe = recipes.find((one) => one.name === name)
    if (recipe === undefined || done.has(name) || inner.depth > deepestFollow) return
    done.add(name)
    const label = { span: recipe.at, text: `the target \`${name}\`` }
    for (const needed of recipe.needs) run(needed, deeper(inner, label))
    const at = deeper(inner, label)
    for (const line of recipe.lines) runScript(parseShellText(line.text, line.at), { ...at, shell: subshell(shell) })
  }
  const first = recipes.find((recipe) => !recipe.name.startsWith('.'))
  for (const goal of goals.length > 0 ? goals : [first?.name ?? '']) run(goal, { ...frame, shell })
}

function fileAt(path: string, frame: Frame): Source | undefined {
  const { origin } = locate(frame.draft, path)
  return origin.kind === 'context' ? frame.world.sourceAt(origin.path) : undefined
}

interface Recipe {
  readonly name: string
  readonly needs: readonly string[]
  readonly at: Span
  readonly lines: readonly { readonly text: string; readonly at: Span }[]
}

/** The rules of a simple Makefile or justfile: `name: needs`, then indented lines. Variables of Make are filled in. */
function recipesOf(source: Source): readonly Recipe[] {
  const recipes: (Recipe & { readonly lines: { text: string; at: Span }[] })[] = []
  const variables = new Map<string, string>()
  for (const line of source.text.matchAll(/(?:[^\n\\]|\\(?:\r?\n|.)|\\$)*(?:\n|$)/g)) {
    const text = line[0].replace(/\r?\n$/, '')
    const assigned = /^(?:export\s+)?([A-Za-z_]\w*)\s*[:?]?:?=\s*(.*)$/.exec(text)
    const rule = /^@?([^\s:#=][^:#=]*?)\s*:(?!=)\s*([^#=]*)$/.exec(text)
    if (/^\s+\S/.test(text)) {
      const skipped = text.length - text.trimStart().replace(/^[@+-]+/, '').length
      const body = text
        .slice(skipped)
        .replace(/\$\$/g, '$')
        .replace(/\$[({](\w+)[)}]|\{\{\s*(\w+)\s*\}\}/g, (whole, a, b) => variables.get(a ?? b) ?? whole)
      recipes.at(-1)?.lines.push({ text: body, at: span(source, line.index + skipped, line.index + text.length) })
    } else if (assigned?.[1] !== undefined) {
      variables.set(assigned[1], (assigned[2] ?? '').replace(/^"(.*)"$/, '$1'))
    } else if (rule?.[1] !== undefined) {
      const needs = (rule[2] ?? '').split(/\s+/).filter((word) => word !== '' && word !== '|')
      const at = span(source, line.index, line.index + text.length)
      for (const name of rule[1].split(/\s+/).slice(0, 1)) recipes.push({ name, needs, at, lines: [] })
    }
    if (line[0] === '') break
  }
  return recipes
}
