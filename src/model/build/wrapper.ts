import { parseShellScript, parseShellText } from '../../languages/shell/parse.ts'
import { optionsOf } from '../../languages/shell/shebang.ts'
import { wrappingOf } from '../../languages/shell/wrapper.ts'
import { known, unset } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import { type Arg, type Frame, step, subshell } from './frame.ts'
import { runScript } from './run.ts'
import { callScript } from './script-file.ts'

/** What is left of a command after its wrappers are off. */
interface Unwrapped {
  readonly argv: readonly Arg[]
  readonly frame: Frame
}

/**
 * Takes `env X=y`, `exec`, `tini --`, `gosu USER` and the like off a command. What a shell is given to run is executed
 * on the spot and gives undefined; `input` is the here-document that it reads, if there is one.
 */
export function unwrapped(
  argv: readonly Arg[],
  frame: Frame,
  at: Span,
  input: Span | undefined,
): Unwrapped | undefined {
  const wrapping = wrappingOf(argv.map((arg) => arg.text))
  if (wrapping === undefined) return { argv, frame }
  const { starts, variables, flags } = wrapping
  const shell = subshell(frame.shell)
  for (const name of wrapping.unset) shell.variables.set(name, unset())
  for (const { name, word, offset } of variables) {
    const arg = argv[word]
    const trail = arg ? [{ span: arg.span, text: `\`${name}\` is set here` }] : []
    shell.variables.set(name, known(arg?.text?.slice(offset) ?? '', trail))
  }
  const inner: Frame = { ...frame, shell: { ...shell, args: [] }, depth: frame.depth + 1 }
  if (starts.kind === 'command') {
    const rest = argv.slice(starts.first)
    if (rest.length === 0) return undefined
    return unwrapped(rest, { ...inner, shell: { ...shell, args: frame.shell.args }, depth: frame.depth }, at, input)
  }
  if (starts.kind === 'file') {
    const frameOfCall = starts.sourced ? frame : inner
    callScript(argv[starts.file], argv.slice(starts.first), frameOfCall, at, starts.sourced)
  } else if (starts.kind === 'input') {
    if (input) runScript(parseShellScript(input, optionsOf(flags)), inner)
  } else {
    const text = argv[starts.text]
    const args = argv.slice(starts.first)
    if (text?.text === undefined) {
      step(frame, { kind: 'unknown', text: `${wrapping.name} -c …`, why: 'the script is not known' }, at)
    } else {
      runScript(parseShellText(text.text, text.span, optionsOf(flags)), { ...inner, shell: { ...inner.shell, args } })
    }
  }
  return undefined
}
