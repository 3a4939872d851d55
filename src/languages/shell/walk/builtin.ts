import { known, unknown } from '../../../text/known.ts'
import type { SimpleCommand } from '../types.ts'
import { failingStatus } from './ending.ts'
import type { End, Flow, WalkedShell } from './flow.ts'

/** What `set`, `shift`, `exit`, `return`, `break`, `continue` and `exec` do to the shell that they run in. */
export function runBuiltin(command: SimpleCommand, flow: Flow, shell: WalkedShell): End {
  const [name, first] = command.words
  switch (name?.literal) {
    case 'exit':
      return { leaves: 'shell', fails: failingStatus(first?.text, flow.afterFailure) }
    case 'return':
      return { leaves: 'function', fails: failingStatus(first?.text, flow.afterFailure) }
    case 'break':
    case 'continue':
      return flow.loop ? { leaves: 'loop', fails: false } : undefined
    case 'exec':
      return command.replaces ? { leaves: 'shell', fails: false } : undefined
    case 'set':
      runSet(command, flow, shell)
      return undefined
    case 'shift': {
      const count = first === undefined ? 1 : Number(first.literal)
      const words = shell.positional?.words
      const isTold = words?.kind === 'known' && !flow.maybe && Number.isInteger(count) && count >= 0
      shell.positional = {
        words: isTold ? known(words.value.slice(count)) : notKnown,
        outer: shell.positional?.outer,
      }
      return undefined
    }
    default:
      return undefined
  }
}

const notKnown = unknown('what the arguments are is not known')

function runSet(command: SimpleCommand, flow: Flow, shell: WalkedShell): void {
  const flags = command.words.slice(1)
  for (let index = 0; index < flags.length; index++) {
    const flag = flags[index]?.literal ?? ''
    if (flag === '--') {
      shell.positional = { words: flow.maybe ? notKnown : known(flags.slice(index + 1)), outer: shell.positional }
      return
    }
    if (!/^[-+][a-zA-Z]+$/.test(flag)) return
    const on = flag.startsWith('-')
    const option = /o$/.test(flag) ? flags[++index]?.literal : undefined
    if (flow.maybe) continue
    if (flag.includes('e') || option === 'errexit') shell.errexit = on
    if (option === 'pipefail') shell.pipefail = on
  }
}
