import { posix } from 'node:path'
import { parseShell } from '../../languages/shell/parse.ts'
import { type Span, textOf } from '../../text/source.ts'
import type { Release } from './artifact.ts'
import { locate, type Origin } from './files.ts'
import { type Arg, deeper, type Frame, step, subshell } from './frame.ts'
import { overlayOf, sourceInRelease } from './release-files.ts'
import { runScript } from './run.ts'

const shells = /^(sh|bash|ash|dash|zsh)$/

/** The commands of the script that `mix release` writes as `bin/NAME` (mix help release). */
export const releaseCommands =
  /^(start|start_iex|daemon|daemon_iex|eval|rpc|remote|restart|stop|pid|version|install|foreground|console|migrate|seed|command)$/

/** Whether the command is a file of the project or of the image: a path, a shell with a script, `.` or `source`. */
export function isScriptCall(argv: readonly Arg[]): boolean {
  const first = argv[0]?.text ?? ''
  return first.includes('/') || first === '.' || first === 'source' || shells.test(first)
}

/** Executes a script of the project, wherever COPY has put it, or the script of a release. */
export function followScript(argv: readonly Arg[], frame: Frame, at: Span): void {
  const first = argv[0]?.text ?? ''
  const sourced = first === '.' || first === 'source'
  const skip = sourced
    ? 1
    : shells.test(posix.basename(first))
      ? argv.findIndex((arg, index) => index > 0 && !arg.text?.startsWith('-'))
      : 0
  const script = argv[skip]
  const texts = argv.map((arg) => arg.text)
  if (skip === -1 || script?.text === undefined) {
    step(frame, { kind: 'program', name: posix.basename(first), argv: texts }, at)
    return
  }
  const path = script.text.includes('/')
    ? posix.resolve(frame.shell.cwd, script.text)
    : posix.join(frame.shell.cwd, script.text)
  const { origin } = locate(frame.draft, path)
  const args = argv.slice(skip + 1)
  const release = releaseCall(path, origin, args)
  if (release) {
    step(frame, release, at)
    return
  }
  const text = textAt(origin, frame)
  if (text && (skip > 0 || isShellText(textOf(text).slice(0, 64)))) {
    const body = parseShell(text.source, text.start, textOf(text))
    const label = { span: at, text: `runs \`${text.source.path}\`` }
    const shell = sourced ? frame.shell : subshell(frame.shell, args)
    runScript(body, deeper(frame, label, { shell }))
    return
  }
  step(frame, { kind: 'program', name: posix.basename(path), argv: [path, ...texts.slice(skip + 1)] }, at)
}

const isShellText = (start: string) => !start.startsWith('#!') || /^#!.*\b(sh|bash|ash|dash|with-contenv)\b/.test(start)

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
  if (inRelease && verb === '' && overlayOf(inRelease, `bin/${name}`).origin.kind === 'unknown') {
    // What Phoenix generates as overlays, where rel/ is not in view.
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
  } as const
}

function textAt(origin: Origin, frame: Frame): Span | undefined {
  if (origin.kind === 'inline') return origin.body
  if (origin.kind === 'context') {
    const source = frame.world.sourceAt(origin.path)
    return source && { source, start: 0, end: source.text.length }
  }
  if (origin.kind !== 'made' || origin.artifact.kind !== 'release') return undefined
  const release: Release = origin.artifact
  const source = sourceInRelease(release, origin.rest, frame.world.sourceAt)
  return source && { source, start: 0, end: source.text.length }
}
