import { posix } from 'node:path'
import type { Span } from '../../text/source.ts'
import { type Arg, textOfArgs } from './arg.ts'
import { builtins } from './builtin.ts'
import { followFileCommand, isFileCommand } from './file-commands.ts'
import { type Frame, step } from './frame.ts'
import { followJust } from './just.ts'
import { followMake } from './make.ts'
import { lostOfApt, misspelt } from './misspelt-program.ts'
import { followMix } from './mix-task.ts'
import { followBundler, followNode, followRunAll, isBundler } from './node-script.ts'
import { callScript, isOfRelease, releaseOffPath, scriptOnPath } from './script-file.ts'
import { unwrapped } from './wrapper.ts'

/** Executes one command: takes wrappers off, follows what can be followed, and notes a step for the rest. */
export function follow(argv: readonly Arg[], frame: Frame, at: Span, input?: Span): void {
  if (frame.budget.left-- <= 0) return notFollowed(argv, frame, at)
  const meant = asMeant(argv, frame)
  if (meant) {
    // The shell was to become what it calls.
    const then = meant[0]?.text === 'exec' ? 'replaced' : frame.then
    return follow(meant, then ? { ...frame, then } : frame, at, input)
  }
  // A release may be called like a program that is known here.
  if (isOfRelease(argv, frame)) return callScript(argv[0], argv.slice(1), { ...frame, words: argv }, at)
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
  if (inner.argv !== argv && isOfRelease(inner.argv, inner.frame))
    return callScript(first, inner.argv.slice(1), { ...inner.frame, words: inner.argv }, at)
  const meantInside = inner.argv === argv ? undefined : asMeant(inner.argv, inner.frame)
  if (meantInside) return follow(meantInside, inner.frame, at, input)
  dispatch(first.text, inner.argv, { ...inner.frame, words: inner.argv }, at)
}

/** A command with the name of the program that was meant, where there is none of the name that is written. */
function asMeant(argv: readonly Arg[], frame: Frame): readonly Arg[] | undefined {
  const [program, ...rest] = argv
  if (program?.text?.startsWith('=') && rest.length > 0) {
    // The name of a variable is gone, and what is left of its assignment is called.
    const lost = { what: 'program', name: program.text, near: undefined, file: 'the image' } as const
    step({ ...frame, words: [program] }, { kind: 'program', name: lost.name, argv: [lost.name] }, program.span, lost)
    return rest
  }
  const isOpen = program?.text === undefined || isOfPackages(program.span)
  const lost = isOpen ? undefined : misspelt(program.text, frame)
  if (program?.text === undefined || lost?.near === undefined) return undefined
  const { text, span: at } = program
  step({ ...frame, words: [program] }, { kind: 'program', name: text, argv: [text] }, at, lost)
  return [{ text: lost.near, span: program.span }, ...rest]
}

/** What a command beyond the budget does is not known; one step and write for all that follow each other. */
function notFollowed(argv: readonly Arg[], frame: Frame, at: Span): void {
  const { writes } = frame.draft
  const why = 'there are too many commands to follow'
  const last = writes.at(-1)
  if (last?.kind === 'unknown' && last.bound) return
  step(frame, { kind: 'unknown', text: textOfArgs(argv), why, bound: true }, at)
  writes.push({ kind: 'unknown', target: '/', cause: { span: at, runs: 'maybe' }, why, bound: true })
}

function dispatch(program: string, argv: readonly Arg[], frame: Frame, at: Span): void {
  const name = posix.basename(program)
  builtins.get(program)?.(argv, frame)
  if (program === 'cd') return
  if (name === 'mix') return followMix(argv, frame, at)
  if (name === 'iex' || name === 'elixir') {
    const mix = argv.findIndex((arg) => arg.text === 'mix')
    if (mix > 0 && argv[mix - 1]?.text === '-S') return followMix(argv.slice(mix), frame, at)
  }
  if (/^(npm|yarn|pnpm|bun|bunx|npx)$/.test(name)) return followNode(argv, frame, at)
  if (/^(npm-run-all|run-[sp])$/.test(name)) return followRunAll(argv, frame, at)
  if (name === 'make' || name === 'gmake') return followMake(argv, frame, at)
  if (name === 'just') return followJust(argv, frame, at)
  if (name === 'xargs' && argv.some((arg) => startsMore.test(arg.text ?? ''))) {
    const why = '`xargs` reads the words of its command from the standard input'
    step(frame, { kind: 'unknown', text: textOfArgs(argv), why }, at)
    return
  }
  if (isBundler(name)) return followBundler(argv, frame, at)
  if (isFileCommand(name)) return followFileCommand(name, argv, frame, at)
  const script = program.includes('/') ? program : scriptOnPath(program, frame)
  if (script !== undefined) return callScript({ span: at, ...argv[0], text: script }, argv.slice(1), frame, at)
  const release = releaseOffPath(program, argv.slice(1), frame)
  if (release !== undefined) {
    const lost = { what: 'program', name, near: release, file: 'the image' } as const
    step({ ...frame, words: argv.slice(0, 1) }, { kind: 'program', name, argv: [name] }, at, lost)
    return callScript({ span: at, ...argv[0], text: release }, argv.slice(1), frame, at)
  }
  const lost = name === 'apt-get' ? lostOfApt(argv) : undefined
  step(frame, { kind: 'program', name, argv: argv.map((arg) => arg.text) }, at, lost)
}

const startsMore = /^(mix|elixir|sh|bash|make|just|npm|npx|yarn|pnpm|bun)$|^\.?\//

/** Whether npm runs a command, which finds the programs of packages before those of the image. */
const isOfPackages = ({ source }: Span): boolean => posix.basename(source.path) === 'package.json'
