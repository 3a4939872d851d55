import { posix } from 'node:path'
import { parseShellText } from '../../languages/shell/parse.ts'
import { type Span, span } from '../../text/source.ts'
import { locate } from './files.ts'
import { type Arg, deeper, deepestFollow, type Frame, step, subshell, write } from './frame.ts'
import { optionOf, positionals } from './mix-effects.ts'
import { runScript } from './run.ts'

const installers = /^(ci|install|i|add|clean-install)$/
const bundlerPrograms =
  /^(vite|webpack|webpack-cli|esbuild|tailwindcss|rollup|parcel|brunch|gulp|postcss|sass|svelte-kit|next|ng)$/
const buildNames = /^(build|deploy|production|prod|compile|bundle|release)\b/

/** Executes npm, yarn, pnpm, bun and npx: installs, scripts of package.json, and bundlers. */
export function followNode(argv: readonly Arg[], frame: Frame, at: Span): void {
  const texts = argv.map((arg) => arg.text ?? '')
  const program = posix.basename(texts[0] ?? '')
  const folder = optionOf(texts, '--prefix', '--cwd', '-C', '--dir')
  const shell = subshell(frame.shell)
  if (folder !== undefined) shell.cwd = posix.resolve(shell.cwd, folder)
  const inner = { ...frame, shell }
  const words = positionals(texts.slice(1), ['--prefix', '--cwd', '-C', '--dir'])
  const made = step(inner, { kind: 'program', name: program, argv: argv.map((arg) => arg.text) }, at)
  const verb = words[0] ?? (program === 'yarn' ? 'install' : '')
  if (program !== 'npx' && installers.test(verb)) {
    write(inner, posix.join(shell.cwd, 'node_modules'), { kind: 'packages', step: made })
    return
  }
  const name =
    verb === 'run' || verb === 'run-script' ? words[1] : program === 'npx' || verb === 'exec' ? undefined : verb
  const script = name === undefined ? undefined : scriptOf(name, inner)
  if (script && frame.depth < deepestFollow) {
    const label = { span: script.at, text: `the script \`${name}\` of package.json` }
    runScript(parseShellText(script.text, script.at), deeper(inner, label))
  }
  const bundles =
    script === undefined &&
    (buildNames.test(name ?? '') || bundlerPrograms.test(words.find((word) => word !== 'exec') ?? ''))
  if (bundles || (script && buildNames.test(name ?? ''))) writeBundle(made, inner)
}

/** Executes a bundler that is called by its own name. */
export function followBundler(argv: readonly Arg[], frame: Frame, at: Span): void {
  const made = step(frame, { kind: 'program', name: argv[0]?.text ?? '', argv: argv.map((arg) => arg.text) }, at)
  writeBundle(made, frame)
}

/** Whether a program bundles JavaScript or CSS. */
export const isBundler = (program: string): boolean => bundlerPrograms.test(program)

function writeBundle(made: ReturnType<typeof step>, frame: Frame): void {
  const { cwd } = frame.shell
  const outputs = ['../priv/static/assets', 'priv/static/assets', 'dist', 'build', 'public']
  for (const output of outputs) write(frame, posix.resolve(cwd, output), { kind: 'bundle', step: made })
}

function scriptOf(name: string, frame: Frame): { readonly text: string; readonly at: Span } | undefined {
  const { origin } = locate(frame.draft, posix.join(frame.shell.cwd, 'package.json'))
  const source = origin.kind === 'context' ? frame.world.sourceAt(origin.path) : undefined
  if (source === undefined) return undefined
  try {
    const text: unknown = JSON.parse(source.text)?.scripts?.[name]
    if (typeof text !== 'string') return undefined
    const value = source.text.indexOf(JSON.stringify(text), source.text.indexOf(`"${name}"`) + name.length + 2)
    return {
      text,
      at: value === -1 ? span(source, 0, 0) : span(source, value + 1, value + JSON.stringify(text).length - 1),
    }
  } catch {
    return undefined
  }
}
