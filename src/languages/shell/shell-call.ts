import { isShell } from './shebang.ts'
import type { Argv, Wrapping } from './wrapping.ts'

type ShellCall = Pick<Wrapping, 'starts' | 'flags'>

/** What a call of a shell, `su`, `runuser`, `eval`, `.` or `source` starts; undefined for other programs. */
export function readShellCall(name: string, argv: Argv): ShellCall | undefined {
  if (isShell(name)) return shellCall(argv)
  if (name === 'su' || name === 'runuser') return userCall(argv)
  if (name === 'eval')
    return argv.length === 2 ? { starts: { kind: 'script', text: 1, first: 2 }, flags: [] } : undefined
  if (name === 'flock' || name === 'env') return textCall(name, argv)
  if (name !== '.' && name !== 'source') return undefined
  return argv.length < 2 ? undefined : { starts: { kind: 'file', file: 1, first: 2, sourced: true }, flags: [] }
}

/** `sh [OPTIONS] [-c TEXT [NAME ARGS…] | FILE ARGS…]`: POSIX.1-2017, sh. */
function shellCall(argv: Argv): ShellCall {
  const flags: string[] = []
  let text = false
  let input = false
  let index = 1
  for (; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (word === '--' || word === '-') {
      index++
      break
    }
    if (!/^[-+]./.test(word)) break
    flags.push(word)
    if (word.startsWith('--')) {
      if (/^--(rcfile|init-file)$/.test(word)) index++
      continue
    }
    text ||= word.startsWith('-') && word.includes('c')
    input ||= word.startsWith('-') && word.includes('s')
    if (/[oO]$/.test(word)) flags.push(argv[++index] ?? '')
  }
  if (text && index < argv.length) return { starts: { kind: 'script', text: index, first: index + 2 }, flags }
  if (input || index >= argv.length) return { starts: { kind: 'input' }, flags }
  return { starts: { kind: 'file', file: index, first: index + 1, sourced: false }, flags }
}

/** `flock FILE -c TEXT` and `env -S TEXT`. */
function textCall(name: string, argv: Argv): ShellCall | undefined {
  const option = name === 'env' ? /^(-S|--split-string)$/ : /^(-c|--command)$/
  const text = argv.findIndex((word) => option.test(word ?? '')) + 1
  if (text === 0 || text >= argv.length) return undefined
  const own =
    name === 'env' ? argv.slice(1, text).every((word) => word?.startsWith('-')) : !isShell(argv[text - 2] ?? '')
  return own ? { starts: { kind: 'script', text, first: argv.length }, flags: [] } : undefined
}

/** `su [-] [USER] -c TEXT` and `runuser -u USER [--] COMMAND`. */
function userCall(argv: Argv): ShellCall | undefined {
  const text = argv.findIndex((word, index) => index > 0 && /^(-[a-zA-Z]*c|--command)$/.test(word ?? '')) + 1
  if (text > 0)
    return text < argv.length ? { starts: { kind: 'script', text, first: argv.length }, flags: [] } : undefined
  const inline = argv.findIndex((word) => word === '-u' || word === '--user')
  const first = inline === -1 ? -1 : argv[inline + 2] === '--' ? inline + 3 : inline + 2
  return first > 0 && first < argv.length ? { starts: { kind: 'command', first }, flags: [] } : undefined
}
