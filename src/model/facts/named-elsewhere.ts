import { isGithubWorkflow } from '../../files/names.ts'
import { scriptText } from '../../languages/dockerfile/script.ts'
import { parseShell } from '../../languages/shell/parse.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Project } from '../project/project.ts'

const deploys =
  /\.(toml|ya?ml|json|sh|env)$|(^|\/)(\.env[^/]*|[^/.]*file|Procfile[^/]*)$|(^|\/)(rel|bin|deploy|scripts?)\//i

/**
 * Whether a file that may give a variable names it, such as fly.toml, `.envrc` or a script; Dockerfiles and the compose
 * files that are in view are known better.
 */
export function isNamedElsewhere(name: string, { tree, services }: Project): boolean {
  const word = new RegExp(`(?<!\\w)${name.replace(/\W/g, '')}(?!\\w)`)
  const compose = new Set(services.map(({ span }) => span.source.path))
  return tree.sources.some(
    ({ path, text }) =>
      deploys.test(path) &&
      !/dockerfile/i.test(path) &&
      !compose.has(path) &&
      !isGithubWorkflow(path) &&
      word.test(text),
  )
}

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
