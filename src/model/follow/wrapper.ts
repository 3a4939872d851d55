import { parseShellScript, parseShellText } from '../../languages/shell/parse.ts'
import { isShell, optionsOf } from '../../languages/shell/shebang.ts'
import { isOtherUser } from '../../languages/shell/user-of.ts'
import { wrappingOf } from '../../languages/shell/wrapper.ts'
import { known, unknown, unset } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import { moved } from '../stage-files/paths.ts'
import { type Arg, textOfArgs } from './arg.ts'
import { deepestFollow, type Frame, inProcess, startedBy, step, subshell } from './frame.ts'
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
  if (frame.depth > deepestFollow) {
    step(frame, { kind: 'unknown', text: textOfArgs(argv), why: 'the commands are nested too deep', bound: true }, at)
    return undefined
  }
  const texts = argv.map(({ text }) => text)
  const wrapping = wrappingOf(texts)
  if (wrapping === undefined) return { argv, frame }
  const { starts, variables, flags } = wrapping
  if (wrapping.name === 'eval' && starts.kind === 'script') return runText(argv, starts, frame, flags)
  const asOther = isOtherUser(wrapping.name, texts)
  const outer = { ...frame, ...(wrapping.clears ? { env: nothing } : {}), ...(asOther ? { otherUser: true } : {}) }
  const shell = wrapping.clears ? { ...startedBy(frame.shell), variables: new Map() } : subshell(frame.shell)
  for (const name of wrapping.unset) shell.variables.set(name, unset())
  for (const { name, word, offset } of variables) {
    const arg = argv[word]
    const trail = arg ? [{ span: arg.span, text: `\`${name}\` is set here` }] : []
    shell.variables.set(name, known(arg?.text?.slice(offset) ?? '', trail))
    shell.local.delete(name)
  }
  if (wrapping.folder) {
    const folder = argv[wrapping.folder.word]?.text?.slice(wrapping.folder.offset)
    shell.cwd = moved(shell.cwd, folder === undefined ? unknown('the folder is not known') : known(folder))
  }
  if (starts.kind === 'command') {
    const rest = argv.slice(starts.first)
    const starters = [...(frame.starters ?? []), ...argv.slice(0, 1)]
    const inside = { ...outer, shell, starters, depth: frame.depth + 1 }
    return rest.length === 0 ? undefined : unwrapped(rest, inside, at, input)
  }
  const started = { ...outer, shell: startedBy(shell), depth: frame.depth + 1 }
  if (starts.kind === 'file') {
    const frameOfCall = starts.sourced ? frame : started
    callScript(argv[starts.file], argv.slice(starts.first), frameOfCall, at, {
      ...starts,
      flags,
      interpreter: wrapping.name,
    })
    return undefined
  }
  const process = isShell(wrapping.name) ? { shell: wrapping.name, span: at, file: undefined } : undefined
  const inner: Frame = { ...started, ...inProcess(frame, process) }
  if (starts.kind === 'input') {
    if (input) runScript(parseShellScript(input, optionsOf(flags)), inner)
    // `curl … | bash`: an installer, most likely. A shell alone is one for people.
    else if (argv.length > 1 || frame.then === 'beside')
      step(frame, { kind: 'program', name: wrapping.name, argv: texts }, at)
  } else {
    runText(argv, starts, { ...inner, shell: startedBy(shell, argv.slice(starts.first)) }, flags)
  }
  return undefined
}

const nothing = () => unset()

function runText(
  argv: readonly Arg[],
  starts: { readonly kind: string; readonly text?: number },
  frame: Frame,
  flags: readonly string[],
): undefined {
  const [name] = argv
  const text = argv[starts.text ?? argv.length]
  if (text?.text !== undefined) {
    runScript(parseShellText(text.text, text.span, optionsOf(flags)), { ...frame, depth: frame.depth + 1 })
  } else if (name) {
    step(frame, { kind: 'unknown', text: `${name.text} …`, why: 'the script is not known' }, name.span)
  }
}
