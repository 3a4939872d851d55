import { posix } from 'node:path'
import { parseShellText } from '../../languages/shell/parse.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { locate } from '../stage-files/locate.ts'
import type { Lost } from '../stage-files/step.ts'
import type { Arg } from './arg.ts'
import { deeper, deepestFollow, type Frame, step, stepInto, subshell, write } from './frame.ts'
import { optionOf, positionals } from './mix-effects.ts'
import { runScript } from './run.ts'

const installers = /^(ci|install|i|add|clean-install)$/
const bundlerPrograms =
  /^(vite|webpack|webpack-cli|esbuild|tailwindcss|rollup|parcel|brunch|gulp|postcss|sass|svelte-kit|next|ng)$/
const buildNames = /^(build|deploy|production|prod|compile|bundle|release)\b/
/** Options with which a script need not be there, or is looked for elsewhere. */
const optional = /^(--if-present|--workspaces|-ws|-r|--recursive)$/
const folderOptions = ['--prefix', '--cwd', '-C', '--dir']
const workspaceOptions = ['-w', '--workspace', '--filter', '-F']

/** Executes npm, yarn, pnpm, bun and npx: installs, scripts of package.json, and bundlers. */
export function followNode(argv: readonly Arg[], frame: Frame, at: Span): void {
  const texts = argv.map((arg) => arg.text ?? '')
  const program = posix.basename(texts[0] ?? '')
  const shell = subshell(frame.shell)
  stepInto(shell, optionOf(texts, ...folderOptions) ?? '')
  const given = positionals(texts.slice(1), [...folderOptions, ...workspaceOptions])
  const inWorkspace = program === 'yarn' && given[0] === 'workspace'
  const workspace = inWorkspace ? given[1] : optionOf(texts, ...workspaceOptions)
  const words = inWorkspace ? given.slice(2) : given
  const folder = workspace === undefined ? shell.cwd.path : workspaceIn(workspace, { ...frame, shell })
  if (folder !== undefined) stepInto(shell, folder)
  const inner = { ...frame, shell }
  const [verb = program === 'yarn' ? 'install' : '', ...rest] = words
  const isRun = /^run(-script)?$/.test(verb)
  const lost =
    lostPackage(verb, program, texts, inner) ??
    (isRun && /^p?npm$/.test(program) && !texts.some((text) => optional.test(text))
      ? lostScript(rest[0], inner)
      : undefined)
  const made = step(inner, { kind: 'program', name: program, argv: argv.map((arg) => arg.text) }, at, lost)
  const starts = /^(npx|bunx)$/.test(program)
  if (!starts && installers.test(verb)) {
    write(inner, posix.join(shell.cwd.path, 'node_modules'), { kind: 'packages', step: made })
  } else if (starts || /^(exec|dlx|x)$/.test(verb)) {
    if (bundlerPrograms.test((starts ? verb : rest[0]) ?? '')) writeBundle(made, inner)
  } else if (folder === undefined) {
    // Its package is not in view: the scripts here are those of another one.
    if (words.some((word) => buildNames.test(word))) writeBundle(made, inner)
  } else {
    runNamed(
      (lost?.what === 'script' ? lost.near : undefined) ?? (isRun ? (rest[0] ?? '') : verb),
      program,
      inner,
      made,
      at,
    )
  }
}

/**
 * That the file is not there without which npm ends: what `npm ci` installs from, or what `npm run` reads its scripts from (npm
 * help ci; npm help folders: the nearest package.json above counts), where the build context has one for the folder.
 */
function lostPackage(verb: string, program: string, texts: readonly string[], frame: Frame): Lost | undefined {
  const { draft, shell, context } = frame
  const name = needed.get(verb)
  if (program !== 'npm' || name === undefined || shell.cwd.doubt || texts.some((text) => elsewhere.test(text)))
    return undefined
  const isAbsent = (...path: readonly string[]) =>
    /^(absent|removed)$/.test(locate(draft, posix.join(...path)).origin.kind)
  const above = shell.cwd.path.split('/').map((_, at, parts) => parts.slice(0, parts.length - at).join('/') || '/')
  const folder = above.find((one) => !isAbsent(one, 'package.json') || !isAbsent(one, 'node_modules')) ?? shell.cwd.path
  const inFolder = posix.join(folder, name)
  if (!isAbsent(inFolder) || !isAbsent(folder, 'npm-shrinkwrap.json')) return undefined
  const tail = `/${posix.basename(folder)}/${name}`
  const isHere = context
    .filesUnder(context.root)
    .some((path) => `/${path}`.endsWith(tail) || posix.relative(context.root, path) === name)
  return isHere ? { what: 'file', name: inFolder } : undefined
}

/** By the command of npm. */
const needed: ReadonlyMap<string, string> = new Map([
  ['ci', 'package-lock.json'],
  ['clean-install', 'package-lock.json'],
  ['run', 'package.json'],
  ['run-script', 'package.json'],
])

const elsewhere = /^(-g|--global|--location|--if-present|-w|--workspace)/

/** That package.json has no script of a name. */
function lostScript(name: string | undefined, frame: Frame) {
  const source = packageAt(frame.shell.cwd.path, frame)
  const names = source ? Object.keys(scriptsOf(source)) : []
  if (!name || source === undefined || names.includes(name) || !isJson(source.text)) return undefined
  return { what: 'script', name, near: nearest(name, names), file: source.path } as const
}

/** Executes the script `name` of package.json, with what comes before and after it. */
function runNamed(name: string, program: string, frame: Frame, made: ReturnType<typeof step>, at: Span): void {
  const script = scriptOf(name, frame)
  if (frame.depth >= deepestFollow) {
    step(
      frame,
      { kind: 'unknown', text: `${program} ${name}`, why: 'the commands are nested too deep', bound: true },
      at,
    )
  } else if (script) {
    for (const part of [`pre${name}`, name, `post${name}`]) {
      const found = part === name ? script : scriptOf(part, frame)
      if (!found || (part !== name && program === 'pnpm')) continue
      const label = { span: found.at, text: `the script \`${part}\` of package.json` }
      runScript(parseShellText(found.text, found.at), deeper(frame, label, { shell: subshell(frame.shell) }))
    }
  }
  if (buildNames.test(name) || (!script && bundlerPrograms.test(name))) writeBundle(made, frame)
}

/** Executes a bundler that is called by its own name. */
export function followBundler(argv: readonly Arg[], frame: Frame, at: Span): void {
  const name = posix.basename(argv[0]?.text ?? '')
  const made = step(frame, { kind: 'program', name, argv: argv.map((arg) => arg.text) }, at)
  writeBundle(made, frame)
}

/** Executes `npm-run-all A B`, `run-s` and `run-p`: scripts of package.json. */
export function followRunAll(argv: readonly Arg[], frame: Frame, at: Span): void {
  const made = step(frame, { kind: 'program', name: argv[0]?.text ?? '', argv: argv.map((arg) => arg.text) }, at)
  const names = positionals(
    argv.slice(1).map((arg) => arg.text ?? ''),
    [],
  )
  for (const name of names) runNamed(name, 'npm', { ...frame, depth: frame.depth + 1 }, made, at)
}

/** Whether a program bundles JavaScript or CSS. */
export const isBundler = (program: string): boolean => bundlerPrograms.test(program)

function writeBundle(made: ReturnType<typeof step>, frame: Frame): void {
  const cwd = frame.shell.cwd.path
  const outputs = ['../priv/static/assets', 'priv/static/assets', 'dist', 'build', 'public']
  for (const output of outputs) write(frame, posix.resolve(cwd, output), { kind: 'bundle', step: made })
}

/** The folder of a workspace, by its path or by the last part of its name. */
function workspaceIn(name: string, frame: Frame): string | undefined {
  const short = name.replace(/^@[^/]*\//, '').replace(/^\.\.\.|\.\.\.$/g, '')
  const folders = [name, short, `packages/${short}`, `apps/${short}`]
  return folders.map((folder) => posix.resolve(frame.shell.cwd.path, folder)).find((folder) => packageAt(folder, frame))
}

function packageAt(folder: string, frame: Frame): Source | undefined {
  const { origin } = locate(frame.draft, posix.join(folder, 'package.json'))
  return origin.kind === 'context' ? frame.world.sourceAt(origin.path) : undefined
}

function scriptOf(name: string, frame: Frame): { readonly text: string; readonly at: Span } | undefined {
  const source = packageAt(frame.shell.cwd.path, frame)
  if (source === undefined) return undefined
  const text = scriptsOf(source)[name]
  if (typeof text !== 'string') return undefined
  const written = JSON.stringify(text)
  const value = source.text.indexOf(written, source.text.indexOf(`"${name}"`) + name.length + 2)
  return { text, at: value === -1 ? span(source, 0, 0) : span(source, value + 1, value + written.length - 1) }
}

const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

const scriptsOf = oncePer(({ text }: Source): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text)?.scripts ?? {}
  } catch {
    return {}
  }
})
