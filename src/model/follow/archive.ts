import { posix } from 'node:path'
import { hasWildcard } from '../stage-files/glob.ts'
import { locate, realPath } from '../stage-files/locate.ts'
import { resolvePath } from '../stage-files/paths.ts'
import type { Step } from '../stage-files/step.ts'
import type { Packed } from '../stage-files/types.ts'
import type { Arg } from './arg.ts'
import { type Frame, write } from './frame.ts'

/** A call of tar (GNU tar manual, "The Three Option Styles"). */
interface TarCall {
  readonly mode: 'create' | 'extract' | undefined
  readonly file: string | undefined
  /** The last folder of `-C`. */
  readonly folder: string | undefined
  /** What follows the options, each with the folder of the `-C` before it; undefined where an option changes the names. */
  readonly members: readonly { readonly folder: string | undefined; readonly word: string | undefined }[] | undefined
}

/** Executes tar and unzip: packing makes the archive; what unpacking brings is known where this build has packed it. */
export function followArchive(program: string, argv: readonly Arg[], frame: Frame, made: Step): void {
  const call = program === 'unzip' ? readUnzip(argv) : readTar(argv)
  const file = pathIn(frame.shell.cwd.path, call.file, frame)
  if (call.mode === 'create') {
    const packed = packedBy(call, frame)
    if (file !== undefined)
      write(frame, file, { kind: 'other', step: made, isFile: true, ...(packed ? { packed } : {}) }, true)
    return
  }
  const target = pathIn(frame.shell.cwd.path, call.folder ?? '.', frame)
  if (call.mode !== 'extract' || target === undefined) return
  const { writes } = frame.draft
  const cause = { span: made.span, runs: frame.runs }
  const at = realPath(frame.draft, target)
  writes.push({ kind: 'folder', target: at, cause })
  const packed = call.members?.length === 0 && file !== undefined ? packedAt(file, frame) : undefined
  if (!packed) {
    writes.push({ kind: 'unknown', target: at, cause, why: 'an archive is unpacked there' })
    return
  }
  const { files, before, members } = packed
  for (const { path, name } of members)
    writes.push({ kind: 'copy', target: posix.join(at, name), cause, from: { in: 'stage', files, path, before } })
}

/** Executes `git clone URL [FOLDER]` and its like, with the words of the call: nobody knows what comes. */
export function followCheckout([verb, ...words]: readonly Arg[], frame: Frame, made: Step): void {
  if (!/^(clone|checkout|co|pull|reset|submodule|restore|switch|update|lfs)$/.test(verb?.text ?? '')) return
  const first = words.findIndex(({ text }) => text === undefined || /[/:]/.test(text))
  const [from, to] = words.slice(first).filter(({ text }) => !text?.startsWith('-'))
  const isNew = /^(clone|co)$/.test(verb?.text ?? '')
  const own = posix.basename(from?.text ?? '', '.git')
  const target = isNew ? pathIn(frame.shell.cwd.path, to ? to.text : own || '.', frame) : frame.shell.cwd.path
  const cause = { span: made.span, runs: frame.runs }
  const at = target === undefined ? '/' : realPath(frame.draft, target)
  frame.draft.writes.push({ kind: 'unknown', target: at, cause, why: 'a repository is checked out there', adds: true })
}

function packedBy({ members }: TarCall, frame: Frame): Packed | undefined {
  const { draft, shell } = frame
  const packed = members?.map(({ folder, word }) => {
    const base = pathIn(shell.cwd.path, folder ?? '.', frame)
    const path = base === undefined || word === undefined ? undefined : pathIn(base, word, frame)
    const isPlain = word !== undefined && !hasWildcard(word) && !/(^|\/)\.\.(\/|$)/.test(word)
    return path !== undefined && isPlain ? { path, name: posix.join('.', word.replace(/^\/+/, '')) } : undefined
  })
  if (!packed || packed.length === 0 || packed.includes(undefined)) return undefined
  return { files: draft, before: draft.writes.length, members: packed.flatMap((member) => member ?? []) }
}

function packedAt(file: string, { draft }: Frame): Packed | undefined {
  const { origin, causes } = locate(draft, file)
  if (origin.kind !== 'made' || origin.artifact.kind !== 'other' || origin.rest !== '') return undefined
  return causes.every(({ runs }) => runs === 'always') ? origin.artifact.packed : undefined
}

function pathIn(folder: string, word: string | undefined, { shell }: Frame): string | undefined {
  if (word === undefined || (shell.cwd.doubt && !posix.isAbsolute(word))) return undefined
  return resolvePath(folder, word)
}

/** Letters of options that take a value, and those that change which names or files go in or come out. */
const valued = /[fCbgHIKLNTVXF]/
const renaming =
  /^--(exclude|transform|xform|strip-components|strip|files-from|add-file|null|wildcards|keep|skip|one-top)/

function readTar(argv: readonly Arg[]): TarCall {
  const words = argv.slice(1).map((arg) => arg.text)
  let mode: TarCall['mode']
  let file: string | undefined
  let folder: string | undefined
  let isPlain = true
  const members: { folder: string | undefined; word: string | undefined }[] = []
  const take = (letter: string, value: string | undefined) => {
    if (letter === 'f') file = value === '-' ? undefined : value
    else if (letter === 'C')
      folder = value?.startsWith('/') || folder === undefined ? value : posix.join(folder, value ?? '')
    else if (/[TXIg]/.test(letter)) isPlain = false
  }
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    const long = /^--([\w-]+)(?:=(.*))?$/s.exec(word ?? '')
    if (long) {
      const [whole, name = '', value] = long
      if (name === 'create') mode = 'create'
      else if (/^(extract|get)$/.test(name)) mode = 'extract'
      else if (name === 'file') take('f', value ?? words[++index])
      else if (name === 'directory') take('C', value ?? words[++index])
      else if (renaming.test(whole)) isPlain = false
    } else if (word !== undefined && (/^-./.test(word) || index === 0)) {
      const letters = word.replace(/^-/, '')
      for (const [at, letter] of [...letters].entries()) {
        if (letter === 'c') mode ??= 'create'
        if (letter === 'x') mode ??= 'extract'
        if (!valued.test(letter)) continue
        const glued = word.startsWith('-') ? letters.slice(at + 1) : ''
        take(letter, glued === '' ? words[++index] : glued)
        if (glued !== '') break
      }
    } else members.push({ folder, word })
  }
  return { mode, file, folder, members: isPlain ? members : undefined }
}

function readUnzip(argv: readonly Arg[]): TarCall {
  const at = argv.findIndex(({ text }) => text === '-d')
  return {
    mode: 'extract',
    file: undefined,
    folder: at === -1 ? undefined : argv[at + 1]?.text,
    members: undefined,
  }
}
