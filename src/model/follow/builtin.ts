import { posix } from 'node:path'
import { type Known, known, mapKnown, unknown, unset } from '../../text/known.ts'
import { textOf } from '../../text/source.ts'
import { moved } from '../stage-files/paths.ts'
import type { Arg } from './arg.ts'
import { type Frame, type FrameShell, lookupIn } from './frame.ts'

/** Commands that change the shell itself (POSIX.1-2017, Shell Command Language, 2.14; bash, "Directory Stack Builtins"). */
export const builtins: ReadonlyMap<string, (argv: readonly Arg[], frame: Frame) => void> = new Map([
  ['cd', changeFolder],
  ['pushd', changeFolder],
  ['popd', (_argv, { shell }) => goBack(shell)],
  ['unset', unsetVariables],
  ['set', setFlags],
  ['read', readVariables],
  ['mapfile', readVariables],
  ['readarray', readVariables],
  ['getopts', readVariables],
])

function changeFolder(argv: readonly Arg[], frame: Frame): void {
  const { shell } = frame
  const target = argv.slice(1).find((arg) => arg.text === '-' || !arg.text?.startsWith('-'))
  if (target?.text === '-') return goBack(shell)
  shell.folders = [...shell.folders, shell.cwd.path]
  shell.cwd = moved(shell.cwd, target === undefined ? home(frame) : folderOf(target, frame))
}

function goBack(shell: FrameShell): void {
  const last = shell.folders.at(-1)
  if (last !== undefined) shell.folders = shell.folders.slice(0, -1)
  shell.cwd = last === undefined ? { ...shell.cwd, doubt: nowhere } : { ...shell.cwd, path: last }
}

const nowhere = unknown('the shell goes back to where it has not been')

const home = (frame: Frame): Known<string> => lookupIn(frame)('HOME')

function folderOf(target: Arg, frame: Frame): Known<string> {
  const text = target.text ?? besideScript(textOf(target.span), frame.shell.script)
  if (text === undefined) return unknown('the folder is not known')
  return /^~(\/|$)/.test(text) ? mapKnown(home(frame), (folder) => `${folder}${text.slice(1)}`) : known(text)
}

/** The folder of the script itself, or what lies in it, as `"$(dirname "$0")"` and `"${0%/*}"` give it, with what follows. */
export function besideScript(written: string, script: string | undefined): string | undefined {
  const found =
    /^"?(?:\$\(\s*dirname\s+(?:--\s+)?"?\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?"?\s*\)|\$\{0%\/\*\})([\w./-]*)"?$/.exec(
      written,
    )
  return found && script !== undefined ? `${posix.dirname(script)}${found[1] ?? ''}` : undefined
}

function unsetVariables(argv: readonly Arg[], { shell, runs }: Frame): void {
  if (argv[1]?.text === '-f' || runs === 'maybe') return
  for (const { text, span } of argv.slice(1)) {
    if (text === undefined || text.startsWith('-')) continue
    shell.variables.set(text, unset([{ span, text: `\`${text}\` is unset here` }]))
    shell.local.delete(text)
  }
}

function readVariables(argv: readonly Arg[], { shell }: Frame): void {
  for (const { text = '', span } of argv.slice(1)) {
    const trail = [{ span, text: `\`${text}\` is read here` }]
    if (/^[A-Za-z_]\w*$/.test(text)) shell.variables.set(text, unknown('it is read from the standard input', trail))
  }
}

function setFlags(argv: readonly Arg[], { shell }: Frame): void {
  for (const [index, { text = '' }] of argv.entries()) {
    if (/^[-+][b-z]*a[a-z]*$/.test(text) || (text === 'allexport' && /^[-+]o$/.test(argv[index - 1]?.text ?? ''))) {
      shell.allExport = (text.startsWith('a') ? argv[index - 1]?.text : text)?.startsWith('-') ?? false
    }
  }
}
