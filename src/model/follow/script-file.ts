import { posix } from 'node:path'
import { besideCode, type Tree } from '../../files/tree.ts'
import { parseShellParts, parseShellScript } from '../../languages/shell/parse.ts'
import { optionsOf } from '../../languages/shell/shebang.ts'
import { breakIn, unreadFrom } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { unknown } from '../../text/known.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'
import { locate } from '../stage-files/locate.ts'
import { overlayOf, sourceInRelease } from '../stage-files/release-files.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { Origin, Written } from '../stage-files/types.ts'
import type { Arg } from './arg.ts'
import { besideScript } from './builtin.ts'
import { deeper, deepestFollow, type Frame, inProcess, startedBy, step, subshell, type World } from './frame.ts'
import { runScript } from './run.ts'

/** The commands of the script that `mix release` writes as `bin/NAME` (mix help release). */
export const releaseCommands =
  /^(start|start_iex|daemon|daemon_iex|eval|rpc|remote|restart|stop|pid|version|install|foreground|console|migrate|seed|command)$/

/** How a script is called. */
interface ScriptCall {
  /** `. script`: in the same shell. */
  readonly sourced?: boolean
  /** The flags of the shell, where it is called as `sh -e script`. */
  readonly flags?: readonly string[]
  /** That shell. */
  readonly interpreter?: string | undefined
}

/** Executes a script of the project, wherever COPY has put it, or the script of a release; `args` are its `$1`, `$2` … */
export function callScript(
  script: Arg | undefined,
  args: readonly Arg[],
  frame: Frame,
  at: Span,
  { sourced = false, flags, interpreter }: ScriptCall = {},
): void {
  const named = script && (script.text ?? besideScript(textOf(script.span), frame.shell.script))
  if (named === undefined) {
    const why = 'the name of the script is not known'
    step(frame, { kind: 'unknown', text: '…', why }, at)
    // It may go to another folder.
    if (sourced) frame.shell.cwd = { ...frame.shell.cwd, doubt: unknown(why) }
    return
  }
  const path = posix.resolve(frame.shell.cwd.path, named)
  const { origin } = locate(frame.draft, path)
  const release = releaseCall(path, origin, args)
  if (release) {
    step(release.name === 'server' && args.length === 0 ? serving(frame, at) : frame, release, at)
    return
  }
  const [text, ...more] = textAt(origin, frame)
  const begin = [text, ...more].map((part) => part?.text ?? '').join('')
  if (text && isShellText(begin.slice(0, 64))) {
    const { source } = text.at
    const isWritten = origin.kind === 'inline'
    const name = isWritten ? path : source.path
    const label = { span: at, text: `runs \`${name}\`` }
    const options = flags && optionsOf(flags)
    const isAsWritten = more.length === 0 && text.text === textOf(text.at)
    const script = isAsWritten ? parseShellScript(text.at, options) : parseShellParts([text, ...more], options)
    const damage = breakIn(source) ?? script.problems.find((problem) => !script.limits.includes(problem))
    if (damage) return unreadScript(damage, frame, at)
    const file = {
      ...{
        source,
        path,
        name,
        isWritten,
        isMarked: begin.startsWith('#!'),
        direct: interpreter === undefined && !sourced,
      },
      head: script.shebang?.span ?? (isWritten ? text.at : firstLineOf(source)),
    }
    if (sourced)
      return runScript(script, deeper(frame, label, { process: frame.process && { ...frame.process, file } }))
    const shell = { ...startedBy(frame.shell, args), script: path }
    const program = posix.basename(interpreter ?? script.shebang?.interpreter ?? 'sh')
    runScript(script, deeper(frame, label, { shell, ...inProcess(frame, { shell: program, span: at, file }) }))
    return
  }
  const isLost =
    /^(absent|removed)$/.test(origin.kind) && (frame.shell.cwd.doubt === undefined || posix.isAbsolute(named))
  const command = { kind: 'program', name: posix.basename(path), argv: [path, ...args.map((arg) => arg.text)] } as const
  step(frame, command, at, isLost ? { what: 'file', name: path } : undefined)
  if (isLost) followMeant(path, args, frame, at)
}

/** Whether the program of a command is named by its path, which is that of a release's own script. */
export function isOfRelease([program]: readonly Arg[], { draft, shell }: Frame): boolean {
  if (!program?.text?.includes('/')) return false
  const { origin } = locate(draft, posix.resolve(shell.cwd.path, program.text))
  return origin.kind === 'made' && origin.artifact.kind === 'release' && origin.rest === `bin/${origin.artifact.name}`
}

/**
 * Where a script is not in the image: the release of its name, the one file of it in the context, or the command that it is
 * handed.
 */
function followMeant(path: string, args: readonly Arg[], frame: Frame, at: Span): void {
  const name = posix.basename(path)
  const placed = releasesIn(frame.draft).find(({ release }) => release.name === name)
  const [verb = '', ...words] = args.map(({ text }) => text ?? '')
  if (placed && releaseCommands.test(verb)) {
    const own = posix.join(placed.target, 'bin', name)
    step(frame, { kind: 'release', path: own, name, command: verb, args: words }, at)
    return
  }
  const [file, ...others] = frame.context.filesUnder(frame.context.root).filter((one) => posix.basename(one) === name)
  const source = file !== undefined && others.length === 0 ? frame.world.sourceAt(file) : undefined
  if (source && isShellText(source.text.slice(0, 64)) && frame.depth < deepestFollow) {
    const label = { span: at, text: `means \`${source.path}\`` }
    runScript(
      parseShellScript({ source, start: 0, end: source.text.length }),
      deeper(frame, label, { shell: startedBy(frame.shell, args) }),
    )
  } else if (/^(\/|mix$|iex$)/.test(args[0]?.text ?? '')) {
    const shell = startedBy(frame.shell)
    const env: Frame['env'] = (variable) => {
      const value = frame.env(variable)
      return value.kind === 'unset' ? unknown(`\`${name}\` is not here`, value.trail) : value
    }
    frame.follow(args, { ...frame, shell, env, depth: frame.depth + 1 }, at)
  }
}

/** What a script does that no shell can read to its end is not known. */
function unreadScript(damage: Problem, frame: Frame, at: Span): void {
  const why = unreadFrom(damage)
  frame.world.unread?.set(damage.span.source, damage)
  step(frame, { kind: 'unknown', text: textOf(at), why }, at)
  frame.draft.writes.push({ kind: 'unknown', target: '/', cause: { span: at, runs: frame.runs }, why })
}

/** The `bin/server` that Phoenix generates sets one variable; another one that is not in view may not. */
function serving(frame: Frame, at: Span): Frame {
  const shell = subshell(frame.shell)
  const trail = [{ span: at, text: '`bin/server` is not here; that of Phoenix sets `PHX_SERVER`' }]
  shell.variables.set('PHX_SERVER', { kind: 'unknown', why: '`bin/server` is not here', trail, isSet: true })
  shell.local.delete('PHX_SERVER')
  return { ...frame, shell }
}

const standardPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Where a program that is called by its name alone lies, where it is a script of the project, or of a release, on PATH. */
export function scriptOnPath(program: string, frame: Frame): string | undefined {
  const path = frame.env('PATH')
  const folders = (path.kind === 'known' ? path.value : standardPath).split(':')
  return folders
    .map((folder) => posix.resolve(frame.shell.cwd.path, folder, program))
    .find((candidate) => {
      const { origin } = locate(frame.draft, candidate)
      return origin.kind === 'made' ? origin.artifact.kind === 'release' : textAt(origin, frame).length > 0
    })
}

/** Whether anything in view sets PATH, in an image or a script. */
const setsPath = oncePer((tree: Tree): boolean =>
  besideCode(tree).some(({ path, text }) => !path.endsWith('.exs') && /\bPATH\s*[=:]|\bENV\s+PATH\b/.test(text)),
)

/** The script of a release that is called by its name alone, which does not lie on PATH. */
export function releaseOffPath(program: string, args: readonly Arg[], frame: Frame): string | undefined {
  if (program.includes('/') || !releaseCommands.test(args[0]?.text ?? '') || setsPath(frame.world.tree))
    return undefined
  const placed = releasesIn(frame.draft).find(({ release }) => release.name === program)
  return placed && posix.join(placed.target, 'bin', program)
}

const isShellText = (start: string) =>
  !start.startsWith('#!') || /^#!.*[\s/](sh|bash|ash|dash|ksh|zsh|with-contenv)(?=\s|$)/.test(start)

/** `bin/my_app start`: a file `bin/…` of a release that no overlay brought. */
function releaseCall(path: string, origin: Origin, args: readonly Arg[]) {
  const name = posix.basename(path)
  const verb = args[0]?.text ?? ''
  const inRelease = origin.kind === 'made' && origin.artifact.kind === 'release' ? origin.artifact : undefined
  const own = inRelease && origin.kind === 'made' && origin.rest === `bin/${inRelease.name}`
  const unseen = (origin.kind === 'absent' || origin.kind === 'unknown') && /\/bin\/[^/]+$/.test(path)
  const looks =
    releaseCommands.test(verb) &&
    (unseen || (inRelease && sourceInRelease(inRelease, `bin/${name}`, () => undefined) === undefined))
  const overlay = inRelease && overlayOf(inRelease, `bin/${name}`).origin
  if (verb === '' && overlay !== undefined && overlay.kind !== 'context') {
    // What Phoenix generates as overlays, where rel/ is not in view, the build generates it, or it is most likely meant.
    const command = name === 'server' ? 'start' : name === 'migrate' ? 'eval' : undefined
    if (command !== undefined) return { kind: 'release', path, name, command, args: [] } as const
  }
  if (!own && !looks) return undefined
  return {
    kind: 'release',
    path,
    name,
    command: verb,
    args: args.slice(1).map((arg) => arg.text ?? ''),
    ...(args.length === 0 ? { isBare: true } : {}),
  } as const
}

const firstLineOf = (source: Source): Span => {
  const end = source.text.search(/\r?\n/)
  return span(source, 0, end === -1 ? source.text.length : end)
}

/** What is written in a file, as far as that is in view; in parts where a command put it together. */
function textAt(origin: Origin, { world }: Frame): readonly Written[] {
  if (origin.kind === 'inline') return origin.written
  const source = origin.kind === 'context' ? world.sourceAt(origin.path) : sourceMade(origin, world)
  return source ? [{ text: source.text, at: span(source, 0, source.text.length) }] : []
}

const sourceMade = (origin: Origin, world: World): Source | undefined =>
  origin.kind === 'made' && origin.artifact.kind === 'release'
    ? sourceInRelease(origin.artifact, origin.rest, world.sourceAt)
    : undefined
