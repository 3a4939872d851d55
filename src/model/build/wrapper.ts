import { posix } from 'node:path'
import { parseShellText } from '../../languages/shell/parse.ts'
import { known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import { type Arg, type Frame, step, subshell } from './frame.ts'
import { runScript } from './run.ts'

/** What is left of a command after its wrappers are off. */
interface Unwrapped {
  readonly argv: readonly Arg[]
  readonly frame: Frame
  readonly at: Span
}

/** How many words a wrapper takes after its options, and its options that take a value. */
const wrappers: Readonly<Record<string, { readonly words?: number; readonly valued?: readonly string[] }>> = {
  exec: { valued: ['-a'] },
  command: {},
  builtin: {},
  nice: { valued: ['-n'] },
  nohup: {},
  time: {},
  timeout: { words: 1, valued: ['-s', '-k', '--signal', '--kill-after'] },
  tini: { valued: ['-e', '-p'] },
  'dumb-init': { valued: ['--rewrite', '-r'] },
  catatonit: {},
  'docker-init': {},
  gosu: { words: 1 },
  'su-exec': { words: 1 },
  doas: { valued: ['-u'] },
  sudo: { valued: ['-u', '-g', '--user', '--group'] },
  runuser: { words: 0, valued: ['-u'] },
  setpriv: { valued: ['--reuid', '--regid', '--groups'] },
  stdbuf: { valued: ['-o', '-i', '-e'] },
  xvfb: {},
  litefs: { words: 1 },
}

const shells = /^(sh|bash|ash|dash|zsh|busybox)$/

/**
 * Takes `env X=y`, `exec`, `tini --`, `gosu USER` and the like off a command. A `sh -c '…'` is executed on the spot
 * and gives undefined.
 */
export function unwrapped(argv: readonly Arg[], frame: Frame, at: Span): Unwrapped | undefined {
  const name = posix.basename(argv[0]?.text ?? '')
  if (name === 'env') {
    const shell = subshell(frame.shell)
    let index = 1
    for (; index < argv.length; index++) {
      const text = argv[index]?.text
      const pair = text === undefined ? null : /^([A-Za-z_]\w*)=(.*)$/s.exec(text)
      if (pair?.[1] !== undefined) shell.variables.set(pair[1], known(pair[2] ?? ''))
      else if (!text?.startsWith('-')) break
      else if (text === '-u') index++
    }
    return unwrapped(argv.slice(index), { ...frame, shell }, at)
  }
  if (shells.test(name) || name === 'su' || name === 'eval') {
    const flag = name === 'eval' ? 0 : argv.findIndex((arg) => /^-[a-z]*c$/.test(arg.text ?? ''))
    const script = flag === -1 ? undefined : argv[flag + 1]
    if (flag === -1) return { argv, frame, at }
    if (script?.text === undefined) {
      step(frame, { kind: 'unknown', text: `${name} -c …`, why: 'the script is not known' }, at)
      return undefined
    }
    const inner = { ...frame, shell: subshell(frame.shell, argv.slice(flag + 3)), depth: frame.depth + 1 }
    runScript(parseShellText(script.text, script.span), inner)
    return undefined
  }
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined
  if (wrapper === undefined) return { argv, frame, at }
  let index = 1
  while (argv[index]?.text?.startsWith('-')) {
    const option = argv[index]?.text ?? ''
    index += wrapper.valued?.includes(option) ? 2 : 1
    if (option === '--') break
  }
  index += wrapper.words ?? 0
  if (argv[index]?.text === '--') index++
  return argv.length > index ? unwrapped(argv.slice(index), frame, at) : undefined
}
