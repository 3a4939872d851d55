import { posix } from 'node:path'
import { type Known, known, unknown, unset } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import { pathsMatching } from '../stage-files/entries.ts'
import { folderState, isFolderIn, isThere, usualFolders } from '../stage-files/folder.ts'
import { hasWildcard } from '../stage-files/glob.ts'
import { linkAt, realPath } from '../stage-files/locate.ts'
import { resolvePath } from '../stage-files/paths.ts'
import type { Place, Write } from '../stage-files/types.ts'
import { followArchive, followCheckout } from './archive.ts'
import type { Arg } from './arg.ts'
import { type Frame, step, write } from './frame.ts'

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
  'git',
  'hg',
  'svn',
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
        writes.push({ kind: 'removed', target: realPath(frame.draft, path, false), cause })
      }
      return
    case 'mkdir':
      for (const path of call.words.flatMap((word) => knownPath(word, frame))) {
        writes.push({ kind: 'folder', target: realPath(frame.draft, path), cause })
      }
      return
    case 'touch':
    case 'tee':
      for (const path of call.words.flatMap((word) => knownPath(word, frame))) {
        if (name === 'tee' || !isThere(frame.draft, path))
          write(frame, path, { kind: 'other', step: made, isFile: true }, true)
      }
      return
    case 'tar':
    case 'bsdtar':
    case 'unzip':
      return followArchive(name, argv, frame, made)
    case 'git':
    case 'hg':
    case 'svn':
      return followCheckout(call.words, frame, made)
    default:
      if (name === 'install' && call.flags.some((flag) => /^(-[a-zA-Z]*d|--directory)$/.test(flag))) {
        for (const path of call.words.flatMap((word) => knownPath(word, frame))) {
          writes.push({ kind: 'folder', target: realPath(frame.draft, path), cause })
        }
      } else
        for (const one of transfers(name, call, frame)) writes.push(...writesOf({ name, ...call }, one, frame, cause))
  }
}

interface FileCall {
  readonly flags: readonly string[]
  /** What is no option and no value of one. */
  readonly words: readonly Arg[]
  /** What `-t` names. */
  readonly into: Known<string>
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

function readCall(name: string, args: readonly Arg[], frame: Frame): FileCall {
  const flags: string[] = []
  const words: Arg[] = []
  let into: Known<string> = unset()
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === undefined) continue
    const { text } = arg
    if (text === undefined || !/^-./.test(text)) {
      words.push(arg)
      continue
    }
    flags.push(text)
    const glued = /^--target-directory=(.*)$/.exec(text)?.[1]
    if (glued !== undefined) into = absolute(glued, frame)
    if (!withValue[name]?.test(text)) continue
    index++
    if (/^(-t|--target-directory)$/.test(text)) into = pathOf(args[index], frame)
  }
  return { flags, words, into }
}

/** The absolute path of a word; unset where there is no word. */
const pathOf = (word: Arg | undefined, frame: Frame): Known<string> =>
  word === undefined ? unset() : word.text === undefined ? word.unknown : absolute(word.text, frame)

function absolute(word: string, { shell }: Frame): Known<string> {
  if (shell.cwd.doubt && !posix.isAbsolute(word)) return shell.cwd.doubt
  const path = resolvePath(shell.cwd.path, word)
  return path === undefined ? unknown('it is too long for a path') : known(path)
}

/** The path of a word, where it is known. */
function knownPath(word: Arg | undefined, frame: Frame): readonly string[] {
  const path = pathOf(word, frame)
  return path.kind === 'known' ? [path.value] : []
}

/** The same, with what wildcards find. */
const pathsOf = (word: Arg | undefined, frame: Frame): readonly string[] =>
  knownPath(word, frame).flatMap((path) =>
    hasWildcard(path) ? pathsMatching(frame.draft, path, 'shell').paths : [path],
  )

/** Whether the wildcards of a word may find what nobody in view has named. */
const findsMore = (word: Arg, frame: Frame): boolean =>
  knownPath(word, frame).some((path) => hasWildcard(path) && pathsMatching(frame.draft, path, 'shell').more)

interface Transfer {
  readonly source: Known<string>
  readonly target: string
  /** Where the target is not known for sure, what is not known of it. */
  readonly why?: string
}

/** What goes where: into the last word where that is a folder, else to it. */
function transfers(name: string, { flags, words, into }: FileCall, frame: Frame): readonly Transfer[] {
  const { draft, shell } = frame
  const isNamed = into.kind !== 'unset'
  const single = name === 'ln' && words.length === 1 && !isNamed
  const last = single ? '.' : words.at(-1)?.text
  const place = isNamed ? into : single ? absolute('.', frame) : pathOf(words.at(-1), frame)
  if (place.kind !== 'known') return []
  const { value: target } = place
  const sources = !isNamed && !single ? words.slice(0, -1) : words
  const has = (flag: RegExp) => flags.some((one) => flag.test(one))
  const [unread] = sources.flatMap((word) => (word.text === undefined ? [word.unknown] : []))
  if (unread || has(/^--parents$/)) return [{ source: unread ?? unknown('it is copied with its folders'), target }]
  const expanded = sources.flatMap((word) => {
    const { text = '' } = word
    const contents = /(^|\/)\.{1,2}\/*$/.test(text) || (name === 'rsync' && text.endsWith('/'))
    return sourcesOf(name, word, flags, frame).map((path) => ({ path, contents }))
  })
  const isOpenEnded = (name !== 'ln' || expanded.length === 0) && sources.some((word) => findsMore(word, frame))
  const exact =
    has(/^(-[a-zA-Z]*T|--no-target-directory)$/) ||
    (name === 'ln' && has(/^(-[a-mo-zA-Z]*n[a-zA-Z]*|--no-dereference)$/) && linkAt(draft, target) !== undefined)
  const many = isNamed || expanded.length > 1 || sources.some(({ text }) => hasWildcard(text ?? ''))
  const asFolder = many || /(^|\/)\.{1,2}\/*$/.test(last ?? '') || target === shell.cwd.path
  const state = folderState(draft, target)
  const isFolder = !exact && (asFolder || state.isFolder)
  const isOpen = !exact && !asFolder && state.isOpen && (frame.runs === 'always' || !isFolder)
  const more: readonly Transfer[] = isOpenEnded ? [{ source: unknown('the wildcards may find more'), target }] : []
  const found = expanded.map(({ path, contents }): Transfer => {
    const source = known(path)
    const inside = { source, target: posix.join(target, posix.basename(path)) }
    if (contents) return { source, target }
    const why = `whether \`${target}\` is a folder is not known`
    if (isOpen) return { source, target, why }
    if (isFolder) return inside
    if (exact || !/[^/]\/$/.test(last ?? '')) return { source, target }
    // `cp -r lib copied/` makes the folder where it is not there.
    if (name === 'ln' || !isFolderIn(draft, path) || state.origin.kind === 'made') return inside
    return isMade(posix.dirname(target), frame) ? { source, target } : { source, target, why }
  })
  return [...more, ...found]
}

/** Whether the build itself made a folder. */
const isMade = (path: string, { draft }: Frame): boolean => isFolderIn(draft, path) && !usualFolders.has(path)

/** What a source means: the text of a link, else the paths that it finds. */
function sourcesOf(name: string, word: Arg, flags: readonly string[], frame: Frame): readonly string[] {
  const { text = '' } = word
  const isText = name === 'ln' && flags.some((flag) => symbolic.test(flag)) && !hasWildcard(text)
  return isText ? [text] : pathsOf(word, frame)
}

const symbolic = /^(-[a-rt-zA-Z]*s[a-zA-Z]*|--symbolic)$/

function writesOf(
  { name, flags }: { readonly name: string; readonly flags: readonly string[] },
  { source: told, target, why }: Transfer,
  { draft }: Frame,
  cause: Write['cause'],
): readonly Write[] {
  // Through a link writes `cp` alone; the others put a file in its place.
  const at = realPath(draft, target, name === 'cp')
  const source = told.kind === 'known' ? told.value : undefined
  const gone: readonly Write[] =
    name === 'mv' && source !== undefined ? [{ kind: 'removed', target: realPath(draft, source, false), cause }] : []
  if (source === undefined || why !== undefined) {
    const adds = source === undefined && isFolderIn(draft, target)
    return [{ kind: 'unknown', target: at, cause, why: why ?? 'what is copied is not known', adds }, ...gone]
  }
  if (name === 'ln' && flags.some((flag) => symbolic.test(flag)))
    return [{ kind: 'link', target: at, to: source, cause }]
  const keeps = name === 'mv' || (name === 'cp' && flags.some((flag) => keepsLinks.test(flag)))
  const to = keeps ? linkAt(draft, source) : undefined
  const from: Place = { in: 'stage', files: draft, path: realPath(draft, source, !keeps), before: draft.writes.length }
  const copied: Write =
    to === undefined
      ? { kind: 'copy', target: at, cause, from }
      : { kind: 'link', target: realPath(draft, target, false), to, cause }
  return [copied, ...gone]
}

/** Options with which `cp` copies a link as a link. */
const keepsLinks = /^(-[b-ce-qs-zA-OQS-Z]*[rRadP][a-zA-Z]*|--(recursive|archive|no-dereference))$/
