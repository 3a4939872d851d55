import { didYouMean } from '../text/nearest.ts'
import type { Command } from './call/command.ts'
import { exit } from './io/exit.ts'
import { callIsWrong } from './io/io.ts'

const shells = ['bash', 'zsh', 'fish'] as const

/** Prints what lets a shell complete all commands, their flags and the values of those. */
export const completion = (commands: () => readonly Command[]): Command => ({
  name: 'completion',
  summary: 'print the completions for bash, zsh or fish',
  operands: 'SHELL',
  description: [
    'bash: source <(docker-gotchas completion bash) in ~/.bashrc',
    'zsh:  docker-gotchas completion zsh > "${fpath[1]}/_docker-gotchas"',
    'fish: docker-gotchas completion fish > ~/.config/fish/completions/docker-gotchas.fish',
  ],
  flags: [],
  examples: [{ call: 'docker-gotchas completion bash', does: 'print the completions for bash' }],
  async run(call, io) {
    const [name = '', extra] = call.operands
    const shell = shells.find((known) => known === name)
    if (shell === undefined || extra !== undefined)
      return callIsWrong(io, `name a shell: ${shells.join(', ')}${didYouMean(name, shells)}`, 'completion')
    const [{ rules }, { completionsFor }] = await Promise.all([
      import('../rules/index.ts'),
      import('./completion/completions.ts'),
    ])
    const ids = rules.map(({ id }) => id)
    io.stdout.write(completionsFor[shell](commands(), ids))
    return exit.clean
  },
})
