import { posix } from 'node:path'
import type { Span } from '../../text/source.ts'
import { pathsMatching } from './entries.ts'
import { isFolderIn, type Place, resolvePath, type Write } from './files.ts'
import { type Arg, type Frame, step, write } from './frame.ts'
import { hasWildcard } from './glob.ts'

const commands = [
  'cp',
  'mv',
  'ln',
  'rm',
  'rmdir',
  'mkdir',
  'touch',
  'tee',
  'unzip',
  'tar',
  'bsdtar',
  'install',
  'rsync',
]

/** Whether `followFileCommand` knows the program. */
export const isFileCommand = (name: string): boolean => commands.includes(name)

/** Executes the commands that move files about, as far as their paths are known. */
export function followFileCommand(name: string, argv: readonly Arg[], frame: Frame, at: Span): void {
  const made = step(frame, { kind: 'program', name, argv: argv.map((arg) => arg.text) }, at)
  const { writes } = frame.draft
  const call = readCall(name, argv.slice(1), frame)
  const cause = { span: at, runs: frame.runs }
  switch (name) {
    case 'rm':
    case 'rmdir':
      for (const path of call.words.flatMap((word) => pathsOf(word, frame))) {
        writes.push({ kind: 'removed', target: path, cause })
      }
      return
    case 'mkdir':
      for (const path of call.words.flatMap((word) => pathOf(word, frame) ?? [])) {
        writes.push({ kind: 'folder', target: path, cause })
      }
      return
    case 'touch':
    case 'tee':
      for (const path of call.words.flatMap((word) => pathOf(word, frame) ?? [])) {
        write(frame, path, { kind: 'other', step: made })
      }
      return
    case 'tar':
    case 'bsdtar':
    case 'unzip':
      return archive(name, argv, frame, made)
    default:
      if (name === 'install' && call.flags.some((flag) => /^(-[a-zA-Z]*d|--directory)$/.test(flag))) {
        for (const path of call.words.flatMap((word) => pathOf(word, frame) ?? [])) {
          writes.push({ kind: 'folder', target: path, cause })
        }
      } else for (const one of transfers(name, call, frame)) writes.push(...writesOf(name, one, frame, cause))
  }
}

interface Call {
  readonly flags: readonly string[]
  /** What is no option and no value of one; undefined where it is not known. */
  readonly words: readonly (string | undefined)[]
  /** What `-t` names. */
  readonly into: string | undefined
}

/** Options with a value, of which the target folder counts. */
const withValue: Readonly<Record<string, RegExp>> = {
  install: /^(-[mogt]|--(mode|owner|group|target-directory))$/,
  cp: /^(-t|--target-directory)$/,
  mv: /^(-t|--target-directory)$/,
  ln: /^(-t|--target-directory)$/,
  mkdir: /^(-m|--mode)$/,
  touch: /^(-[rtd]|--(reference|date))$/,
}

function readCall(name: string, args: readonly Arg[], frame: Frame): Call {
  const flags: string[] = []
  const words: (string | undefined)[] = []
  let into: string | undefined
  for (let index = 0; index < args.length; index++) {
    const text = args[index]?.text
    if (text === undefined || !/^-./.test(text)) {
      words.push(text)
      continue
    }
    flags.push(text)
    const glued = /^--target-directory=(.*)$/.exec(text)?.[1]
    if (glued !== undefined) into = glued
    if (!withValue[name]?.test(text)) continue
    index++
    if (/^(-t|--target-directory)$/.test(text)) into = args[index]?.text
  }
  return { flags, words, into: into === undefined ? undefined : pathOf(into, frame) }
}

/** The absolute path of a word; undefined where it is not known. */
function pathOf(word: string | undefined, { shell }: Frame): string | undefined {
  if (word === undefined || (!shell.cwdKnown && !posix.isAbsolute(word))) return undefined
  return resolvePath(shell.cwd, word)
}

/** The same, with what wildcards find. */
function pathsOf(word: string | undefined, frame: Frame): readonly string[] {
  const path = pathOf(word, frame)
  if (path === undefined) return []
  return hasWildcard(path) ? pathsMatching(frame.draft, path).paths : [path]
}

interface Transfer {
  readonly source: string
  readonly target: string
}

/** What goes where: into the last word where that is a folder, else to it. */
function transfers(name: string, { flags, words, into }: Call, frame: Frame): readonly Transfer[] {
  const single = name === 'ln' && words.length === 1 && into === undefined
  const last = single ? '.' : words.at(-1)
  const target = into ?? pathOf(last, frame)
  if (target === undefined) return []
  const sources = into === undefined && !single ? words.slice(0, -1) : words
  const expanded = sources.flatMap((word) => {
    if (word === undefined) return []
    const contents = /(^|\/)\.$/.test(word) || (name === 'rsync' && word.endsWith('/'))
    return linked(name, word, target, frame).map((source) => ({ source, contents }))
  })
  const exact = flags.some((flag) => /^(-[a-zA-Z]*T|--no-target-directory)$/.test(flag))
  const isFolder =
    !exact &&
    (into !== undefined ||
      expanded.length > 1 ||
      sources.some((word) => hasWildcard(word ?? '')) ||
      /(^|\/)\.{0,2}$/.test(last ?? '') ||
      target === frame.shell.cwd ||
      isFolderIn(frame.draft, target))
  return expanded.map(({ source, contents }) => ({
    source,
    target: isFolder && !contents ? posix.join(target, posix.basename(source)) : target,
  }))
}

/** The paths that a source means; that of a link is relative to the folder in which the link lies. */
function linked(name: string, word: string, target: string, frame: Frame): readonly string[] {
  if (name !== 'ln' || posix.isAbsolute(word)) return pathsOf(word, frame)
  const folder = isFolderIn(frame.draft, target) || target === frame.shell.cwd ? target : posix.dirname(target)
  return frame.shell.cwdKnown || posix.isAbsolute(target) ? [posix.resolve(folder, word)] : []
}

function writesOf(name: string, { source, target }: Transfer, frame: Frame, cause: Write['cause']): readonly Write[] {
  const before = name === 'ln' ? Number.POSITIVE_INFINITY : frame.draft.writes.length
  const from: Place = { in: 'stage', files: frame.draft, path: source, before }
  const copied: Write = { kind: 'copy', target, cause, from }
  return name === 'mv' ? [copied, { kind: 'removed', target: source, cause }] : [copied]
}

/** What unpacking brings is not known; packing makes the archive. */
function archive(name: string, argv: readonly Arg[], frame: Frame, made: ReturnType<typeof step>): void {
  const texts = argv.map((arg) => arg.text ?? '')
  const [mode = ''] = texts.slice(1)
  if (name !== 'unzip' && (/^-{0,2}[a-zA-Z]*c/.test(mode) || texts.includes('--create'))) {
    const file = texts.findIndex((text, index) => index > 0 && /^(-?[a-zA-Z]*f|--file)$/.test(text))
    const path = file === -1 ? undefined : pathOf(argv[file + 1]?.text, frame)
    if (path !== undefined) write(frame, path, { kind: 'other', step: made })
    return
  }
  const unpacks =
    name === 'unzip' ||
    /^-{0,2}[a-zA-Z]*x/.test(mode) ||
    texts.some((text) => /^-[a-zA-Z]*x|^--(extract|get)$/.test(text))
  if (!unpacks) return
  const at = texts.findIndex((text) => /^(-C|-d|--directory)$/.test(text))
  const glued = texts.map((text) => /^(?:--directory=|-C(?=.))(.*)$/.exec(text)?.[1]).find((text) => text !== undefined)
  const folder = glued ?? (at === -1 ? '.' : argv[at + 1]?.text)
  const target = pathOf(folder, frame)
  const cause = { span: made.span, runs: frame.runs }
  if (target !== undefined)
    frame.draft.writes.push({ kind: 'unknown', target, cause, why: 'an archive is unpacked there' })
}
