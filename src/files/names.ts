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

const dockerfile = /^(docker|container)file(\..+)?$|.\.(docker|container)file$/i
/** Names that people give to Dockerfiles, and to other files as well. */
const doubtful = /^(docker|container)file[_-]|^[\w-]+Dockerfile$/i
/** Endings of what is about Dockerfiles, made from them or made into them. */
const other =
  /~$|\.(dockerignore|[he]?eex|mdx?|markdown|rst|adoc|exs?|[eh]rl|[cm]?[jt]sx?|vue|svelte|py|rb|go|rs|java|kts?|cs|c|h|cc|cpp|hpp|php|pl|lua|nix|ba?sh|zsh|fish|ps1|bat|cmd|html?|s?css|xml|svg|png|jpe?g|gif|webp|pdf|txt|log|out|csv|tsv|json[5cl]?|ya?ml|toml|ini|cfg|conf|lock|sum|sql|j2|jinja2?|erb|tmpl|tpl|template|mustache|hbs|bak|orig|rej|sw[op]|tmp|diff|patch|snap|zip|tar|t?gz|xz|zst)$/i
const compose = /^(docker-)?compose([._-].*)?\.ya?ml$/

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/**
 * Whether a path is that of a Dockerfile, as Docker and its editors know them: `Dockerfile`, `Dockerfile.prod`,
 * `prod.Dockerfile`, `Containerfile`; or may well be: `AppDockerfile`, `Dockerfile-prod`.
 */
export function isDockerfile(path: string): boolean {
  const name = nameOf(path)
  return (dockerfile.test(name) || doubtful.test(name)) && !other.test(name)
}

/** Whether only what stands in it can say whether a file is a Dockerfile. */
export const mayBeDockerfile = (path: string): boolean => isDockerfile(path) && !dockerfile.test(nameOf(path))

/** Whether somebody who names this file means a Dockerfile, whatever its ending. */
export const meansDockerfile = (path: string): boolean =>
  /(docker|container)file/i.test(nameOf(path)) && !/\.dockerignore$/.test(path)

/** Whether a text begins as a Dockerfile does, comments and blank lines aside: with FROM, or with ARG before it. */
export const beginsAsDockerfile = (text: string): boolean =>
  /^\ufeff?(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*(?:FROM|ARG)[ \t]/i.test(text)

/** Whether a path is that of a workflow of GitHub: what it says of variables and migrations is mostly for tests. */
export const isGithubWorkflow = (path: string): boolean => /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path)

/** Whether a path is that of a file by which GitHub or GitLab tests, builds and deploys. */
export const isWorkflow = (path: string): boolean => isGithubWorkflow(path) || /(^|\/)\.gitlab-ci\.ya?ml$/.test(path)

/** Whether a path is that of a compose file: `compose.yaml`, `docker-compose.prod.yml`. */
export const isComposeFile = (path: string): boolean => compose.test(nameOf(path))
