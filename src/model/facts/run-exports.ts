import { scriptText } from '../../languages/dockerfile/script.ts'
import { parseShell } from '../../languages/shell/parse.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { Deployment } from '../boot/deployment.ts'

/**
 * Where a RUN exports a variable that somebody else lacks: each RUN has a shell of its own, and what it exports ends with it
 * (Dockerfile reference, RUN).
 */
export function exportedInVain({ dockerfile }: Deployment, name: string): readonly Label[] {
  return (dockerfile?.instructions ?? []).flatMap((instruction) => {
    if (instruction.keyword !== 'RUN' || instruction.command.form !== 'shell') return []
    const { command } = instruction
    if (!scriptText(command).includes(name)) return []
    return parseShell(command.script.source, command.script.start, scriptText(command))
      .commands.flatMap(({ assignments }) => assignments)
      .filter((one) => one.name === name && one.exported && !one.temporary)
      .map(({ span }) => ({ span, text: `\`${name}\` is exported here, and gone when this \`RUN\` ends` }))
  })
}
