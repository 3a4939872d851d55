import { posix } from 'node:path'
import type { Span } from '../../text/source.ts'
import type { Place } from './files.ts'
import { type Arg, type Frame, step, write } from './frame.ts'

const commands = ['cp', 'mv', 'ln', 'rm', 'touch', 'tee', 'unzip', 'tar', 'install', 'rsync']

/** Whether `followFileCommand` knows the program. */
export const isFileCommand = (name: string): boolean => commands.includes(name)

/** Executes the commands that move files about, as far as their paths are literal. */
export function followFileCommand(name: string, argv: readonly Arg[], frame: Frame, at: Span): void {
  const made = step(frame, { kind: 'program', name, argv: argv.map((arg) => arg.text) }, at)
  const paths = argv.slice(1).filter((arg) => !arg.text?.startsWith('-'))
  const resolved = paths.map((arg) => (arg.text === undefined ? undefined : posix.resolve(frame.shell.cwd, arg.text)))
  const cause = { span: at, runs: frame.runs }
  const { writes } = frame.draft
  if (name === 'rm') {
    for (const path of resolved) {
      if (path !== undefined && !/[*?[{]/.test(path)) writes.push({ kind: 'removed', target: path, cause })
    }
    return
  }
  if (name === 'touch' || name === 'tee') {
    for (const path of resolved) if (path !== undefined) write(frame, path, { kind: 'other', step: made })
    return
  }
  if (name === 'tar' || name === 'unzip') {
    const into = argv.findIndex((arg) => arg.text === '-C' || arg.text === '-d')
    const folder = into === -1 ? frame.shell.cwd : argv[into + 1]?.text
    const unpacks = name === 'unzip' || /x/.test(argv[1]?.text ?? '')
    if (unpacks && folder !== undefined) {
      const target = posix.resolve(frame.shell.cwd, folder)
      writes.push({ kind: 'unknown', target, cause, why: 'an archive is unpacked there' })
    }
    return
  }
  const target = resolved.at(-1)
  const texts = paths.map((arg) => arg.text ?? '')
  const into = resolved.length > 2 || texts.at(-1)?.endsWith('/') || texts.at(-1) === '.' || target === frame.shell.cwd
  if (target === undefined) return
  for (const [index, source] of resolved.slice(0, -1).entries()) {
    if (source === undefined) continue
    const contents = /\/(\.|\*)$/.test(texts[index] ?? '')
    const path = contents ? source.replace(/\/\*$/, '') : source
    const from: Place = { in: 'stage', files: frame.draft, path, before: writes.length }
    writes.push({
      kind: 'copy',
      target: into && !contents ? posix.join(target, posix.basename(source)) : target,
      cause,
      from,
    })
    if (name === 'mv') writes.push({ kind: 'removed', target: source, cause })
  }
}
