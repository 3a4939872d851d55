import { posix } from 'node:path'
import { expandShellWord } from '../../languages/shell/expand.ts'
import type { Positional, ShellScript, SimpleCommand, Word } from '../../languages/shell/types.ts'
import { type Known, known, type Maybe, unknown } from '../../text/known.ts'
import { isWithin, span, textOf } from '../../text/source.ts'
import { isSurelyFile, isSurelyFolder } from '../stage-files/folder.ts'
import { realPath } from '../stage-files/locate.ts'
import { isSameFolder } from '../stage-files/paths.ts'
import type { Lookup, RunningShell } from '../stage-files/step.ts'
import { type Arg, argOf } from './arg.ts'
import { type Decision, type Decisions, type FileTest, holds } from './condition.ts'
import { enterDetour, leaveDetours } from './detour.ts'
import { type Frame, type FrameShell, lookupIn, step, subshell, write } from './frame.ts'
import { writtenBy } from './written.ts'

/** Executes a script: each command in order, in the subshell that it belongs to. */
export function runScript(script: ShellScript, frame: Frame): void {
  for (const { span: at, message } of script.limits)
    step(frame, { kind: 'unknown', text: textOf(at), why: message, bound: true }, at)
  const shells = new Map<string, FrameShell>([['', frame.shell]])
  const decisions: Decisions = new Map()
  for (const [index, command] of script.commands.entries()) {
    const shell = shellAt(shells, command.scope, frame.shell)
    const runs = frame.runs === 'maybe' || command.runs === 'maybe' ? 'maybe' : 'always'
    const guards = [...(frame.guards ?? []), ...command.guards]
    const then = thenOf(command, frame.process?.file === undefined && index === script.commands.length - 1)
    const mayFail = frame.mayFail || command.mayFail
    const ignored = frame.ignored ?? (command.mayFail ? command.span : undefined)
    const inner: Frame = { ...frame, shell, runs, guards, mayFail, ignored, then }
    leaveDetours(shell, guards)
    const { cwd } = shell
    const decision: Decision =
      command.runs === 'always'
        ? { answer: 'yes', labels: [] }
        : holds(command.guards, lookupIn(inner), fileTest(inner), decisions)
    const goes = decision.answer
    runCommand(command, goes === 'no' ? { ...inner, isPassedBy: true } : inner, decision)
    if (goes === 'yes' || isSameFolder(shell.cwd, cwd)) continue
    if (goes === 'no') shell.cwd = cwd
    else enterDetour(shell, guards, cwd)
  }
}

/** What surely is there; what nobody in view has made may be in the image. */
const fileTest =
  ({ draft, shell }: Frame): FileTest =>
  (operator, word) => {
    if (!/^-[def]$/.test(operator) || (shell.cwd.doubt && !posix.isAbsolute(word))) return outOfView
    const path = posix.resolve(shell.cwd.path, word)
    const is = (operator !== '-f' && isSurelyFolder(draft, path)) || (operator !== '-d' && isSurelyFile(draft, path))
    return is ? 'yes' : outOfView
  }

const outOfView = unknown('it may be there, or not')

function thenOf(command: SimpleCommand, isLast: boolean): RunningShell['then'] {
  const { pipeline, calls, guards, background, substitution, redirects, scope } = command
  if (pipeline || background || substitution) return 'beside'
  if (command.replaces) return 'replaced'
  if (calls.length > 0) return 'waits'
  const kinds = guards.map(({ kind }) => kind)
  if (kinds.some((kind) => /^(while|until|for)$/.test(kind))) return 'waits'
  if (kinds.some((kind) => /^(if|case)$/.test(kind)) || (isLast && redirects.length + scope.length > 0)) return 'block'
  return isLast ? 'last' : 'waits'
}

function shellAt(shells: Map<string, FrameShell>, scope: readonly number[], outermost: FrameShell): FrameShell {
  const key = scope.join('/')
  const known = shells.get(key)
  if (known) return known
  const outer = scope.length === 0 ? outermost : shellAt(shells, scope.slice(0, -1), outermost)
  const made = subshell(outer)
  shells.set(key, made)
  return made
}

/** `decision`: whether its conditions hold; where that is not known, what it sets is not known either. */
function runCommand(command: SimpleCommand, frame: Frame, { answer: goes, labels }: Decision): void {
  const isAskedFor = labels.some(({ isLacking }) => !isLacking)
  const inBranch = isAskedFor ? { inBranch: true as const } : {}
  const temporary = command.words.length > 0 && command.assignments.some((assignment) => assignment.temporary)
  const inner = temporary ? { ...frame, shell: subshell(frame.shell) } : frame
  for (const { name, value, append, exported, span: place } of command.assignments) {
    if (exported && !temporary) frame.shell.local.delete(name)
    if (value === undefined) continue
    const given = append ? unknown(`\`${name}\` is put together in the shell`) : expandIn(value, command, frame)
    const trail = [...given.trail, { span: place, text: `\`${name}\` is set here`, ...inBranch }, ...labels]
    if (temporary) {
      inner.shell.variables.set(name, { ...given, trail })
      inner.shell.local.delete(name)
    } else assign(name, { ...given, trail }, inner, goes, exported)
  }
  for (const word of command.words) assignDefaults(word, command, inner, goes)
  const argv = command.words.flatMap((word) => argsOf(word, command.positional, inner))
  const first = command.words[0]
  const last = command.words.at(-1)
  // What `$@` of a function brings stands at its call.
  const end = last && isWithin(last.span, command.span) ? last.span.end : command.span.end
  const at = first ? span(first.span.source, first.span.start, Math.max(first.span.end, end)) : command.span
  const input = command.redirects.find((redirect) => redirect.body !== undefined)?.body
  if (argv.length > 0) frame.follow(argv, inner, at, input)
  if (goes !== 'no' && setsMore(argv)) frame.shell.open ??= unknown('a script may set it', [{ span: at, text: more }])
  for (const redirect of command.redirects) {
    if (!redirect.operator.includes('>') || redirect.operator === '>&' || redirect.target === undefined) continue
    const target = expandIn(redirect.target, command, inner)
    if (target.kind !== 'known' || target.value.startsWith('/dev/')) continue
    const made = step(inner, { kind: 'program', name: '>', argv: ['>', target.value] }, redirect.span)
    const path = posix.resolve(inner.shell.cwd.path, target.value)
    const isKnown = !inner.shell.cwd.doubt || posix.isAbsolute(target.value)
    const written = isKnown ? writtenBy(command, path, redirect.operator.endsWith('>>'), inner) : undefined
    if (written) {
      const target = realPath(frame.draft, path)
      frame.draft.writes.push({ kind: 'inline', target, written, cause: { span: redirect.span, runs: inner.runs } })
    } else write(inner, path, { kind: 'other', step: made, isFile: true }, isKnown)
  }
}

const more = 'variables are set here whose names are not known'

/** Whether a command of the shell sets variables that it does not name: `export $(cat file)`, `eval "$(…)"`. */
const setsMore = ([name, ...rest]: readonly Arg[]): boolean =>
  /^(export|declare|typeset|eval)$/.test(name?.text ?? '') && rest.some(({ text }) => text === undefined)

function assign(name: string, value: Known<string>, frame: Frame, goes: Maybe, exported = false): void {
  if (goes === 'no') return
  const { shell } = frame
  if (!exported && !shell.allExport && !shell.variables.has(name)) shell.local.add(name)
  const before = lookupIn(frame)(name)
  const same = before.kind === 'known' && value.kind === 'known' && before.value === value.value
  const trail = [...before.trail, ...value.trail]
  const decided = goes === 'yes' || same ? value : unknown(`a condition decides what \`${name}\` is`, trail)
  const { guards = [] } = frame
  shell.variables.set(name, decided === value ? value : { ...decided, under: { guards, value } })
}

/** `${NAME:=word}` sets what is not set. */
function assignDefaults(word: Word, command: SimpleCommand, frame: Frame, goes: Maybe): void {
  for (const part of word.parts) {
    if (part.kind !== 'variable' || (part.operator !== ':=' && part.operator !== '=')) continue
    const given = expandIn({ ...word, literal: undefined, parts: [part] }, command, frame)
    const trail = [...given.trail, { span: part.span, text: `\`${part.name}\` has a default here` }]
    assign(part.name, { ...given, trail }, frame, goes)
  }
}

function expandIn(word: Word, command: SimpleCommand, frame: Frame): Known<string> {
  return expandShellWord(word, positionalLookup(command.positional, frame))
}

function positionalLookup(positional: Positional | undefined, frame: Frame): Lookup {
  const lookup = lookupIn(frame)
  return (name) => {
    if (!/^[1-9]\d*$/.test(name)) return lookup(name)
    const args = positionalArgs(positional, frame)
    const text = args.kind === 'known' ? args.value[Number(name) - 1]?.text : undefined
    return text === undefined ? unknown(`\`$${name}\` is not known`) : known(text)
  }
}

/** More arguments than this are not followed. */
const mostArgs = 1_000
const positionals = new WeakMap<Frame, Map<Positional, Known<readonly Arg[]>>>()

/** What `"$@"` is. */
function positionalArgs(positional: Positional | undefined, frame: Frame): Known<readonly Arg[]> {
  if (positional === undefined) return known(frame.shell.args)
  const before = positionals.get(frame) ?? new Map<Positional, Known<readonly Arg[]>>()
  positionals.set(frame, before)
  const args = before.get(positional) ?? readPositional(positional, frame)
  before.set(positional, args)
  return args
}

function readPositional({ words, outer }: Positional, frame: Frame): Known<readonly Arg[]> {
  if (words.kind !== 'known') return words
  const args = words.value.flatMap((word) => argsOf(word, outer, frame))
  return args.length > mostArgs ? unknown('there are too many arguments to follow') : known(args)
}

function argsOf(word: Word, positional: Positional | undefined, frame: Frame): readonly Arg[] {
  const only = word.parts.length === 1 ? word.parts[0] : undefined
  if (only?.kind === 'variable' && (only.name === '@' || only.name === '*') && only.operator === undefined) {
    const args = positionalArgs(positional, frame)
    return args.kind === 'known' ? args.value : [argOf(args, word.span)]
  }
  if (word.literal !== undefined) return [{ text: word.literal, span: word.span }]
  const value = expandShellWord(word, positionalLookup(positional, frame))
  if (value.kind !== 'known' || word.quoted) return [argOf(value, word.span)]
  return value.value
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((text) => ({ text, span: word.span }))
}
