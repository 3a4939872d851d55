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
    ({ path, text }) => deploys.test(path) && !/dockerfile/i.test(path) && !compose.has(path) && word.test(text),
  )
}
