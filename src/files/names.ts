/** What a file is by its name: the same everywhere, so that what is read is also looked at. */

/** The names that Compose finds by itself, in its order (Compose specification, "Compose file"). */
export const composeNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
]

/** The names of the files that Compose adds by itself where no file is named. */
export const composeOverrideNames: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
]

const dockerfile = /^(docker|container)file([._-].*)?$|.\.(docker|container)file$/i
const prefixed = /^[\w-]+Dockerfile$/
const notDockerfile = /\.(dockerignore|eex|md|exs?|erl|js|ts|py|rb|go|sh|html|txt|j2|erb|tmpl|template)$/i
const compose = /^(docker-)?compose([._-].*)?\.ya?ml$/

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Whether a path is that of a Dockerfile: `Dockerfile`, `Dockerfile.prod`, `prod.Dockerfile`, `AppDockerfile`, `Containerfile`. */
export function isDockerfile(path: string): boolean {
  const name = nameOf(path)
  return (dockerfile.test(name) || prefixed.test(name)) && !notDockerfile.test(name)
}

/** Whether a path is that of a compose file: `compose.yaml`, `docker-compose.prod.yml`. */
export const isComposeFile = (path: string): boolean => compose.test(nameOf(path))
