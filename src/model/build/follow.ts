import { posix } from 'node:path'
import { type Span, textOf } from '../../text/source.ts'
import { followFileCommand, isFileCommand } from './file-commands.ts'
import { type Arg, deepestFollow, type Frame, step } from './frame.ts'
import { followJust, followMake } from './make.ts'
import { followMix } from './mix-task.ts'
import { followBundler, followNode, isBundler } from './node-script.ts'
import { callScript } from './script-file.ts'
import { unwrapped } from './wrapper.ts'

/** Executes one command: takes wrappers off, follows what can be followed, and notes a step for the rest. */
export function follow(argv: readonly Arg[], frame: Frame, at: Span, input?: Span): void {
  if (frame.depth > deepestFollow) {
    step(frame, { kind: 'unknown', text: textOfArgs(argv), why: 'scripts and aliases are nested too deep' }, at)
    return
  }
  const inner = unwrapped(argv, frame, at, input)
  if (inner === undefined) return
  const first = inner.argv[0]
  if (first === undefined) return
  if (first.text === undefined) {
    step(
      inner.frame,
      { kind: 'unknown', text: textOfArgs(inner.argv), why: 'the name of the command is not known' },
      at,
    )
    return
  }
  dispatch(first.text, inner.argv, inner.frame, at)
}

function dispatch(program: string, argv: readonly Arg[], frame: Frame, at: Span): void {
  const name = posix.basename(program)
  if (name === 'mix') return followMix(argv, frame, at)
  if (name === 'iex' || name === 'elixir') {
    const mix = argv.findIndex((arg) => arg.text === 'mix')
    if (mix > 0 && argv[mix - 1]?.text === '-S') return followMix(argv.slice(mix), frame, at)
  }
  if (/^(npm|yarn|pnpm|bun|bunx|npx)$/.test(name)) return followNode(argv, frame, at)
  if (name === 'make' || name === 'gmake') return followMake(argv, frame, at)
  if (name === 'just') return followJust(argv, frame, at)
  if (isBundler(name)) return followBundler(argv, frame, at)
  if (name === 'cd') return changeFolder(argv, frame)
  if (isFileCommand(name)) return followFileCommand(name, argv, frame, at)
  if (program.includes('/')) return callScript(argv[0], argv.slice(1), frame, at)
  step(frame, { kind: 'program', name, argv: argv.map((arg) => arg.text) }, at)
}

function changeFolder(argv: readonly Arg[], frame: Frame): void {
  const target = argv.slice(1).find((arg) => !arg.text?.startsWith('-'))
  const folder = target?.text ?? (target && ofScript(textOf(target.span), frame.shell.script))
  if (folder === undefined) frame.shell.cwdKnown = false
  else frame.shell.cwd = posix.resolve(frame.shell.cwd, folder)
}

/** The folder of the script itself, as `"$(dirname "$0")"` and `"${0%/*}"` give it, with what follows. */
function ofScript(written: string, script: string | undefined): string | undefined {
  const found =
    /^"?(?:\$\(\s*dirname\s+(?:--\s+)?"?\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?"?\s*\)|\$\{0%\/\*\})([\w./-]*)"?$/.exec(
      written,
    )
  return found && script !== undefined ? `${posix.dirname(script)}${found[1] ?? ''}` : undefined
}

const textOfArgs = (argv: readonly Arg[]) => argv.map((arg) => arg.text ?? '…').join(' ')
