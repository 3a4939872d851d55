import { isComposeFile, isDockerfile } from './names.ts'

/** How a file is read: `named` where its name says what it is and failing to read it is a problem, `guessed` else. */
export type WantedPaths = 'named' | 'guessed' | 'script' | undefined

const named = [
  /^(.+)?\.dockerignore$/,
  /^\.env(\..+|rc)?$|.\.env$|^env\.[^.]+$/,
  /^mix\.(exs|lock)$/,
  /^\.npmrc$/,
  /^\.docker-gotchas\.ya?ml$/,
]
const guessed = [
  /^package\.json$/,
  /^(GNU)?[mM]akefile$|\.mk$/,
  /^\.?justfile$/i,
  /^Procfile(\..+)?$/,
  /^fly(\..+)?\.toml$|^litefs\.ya?ml$/,
  /^(heroku|render)\.ya?ml$|^app\.json$|^docker-bake(\.override)?\.(hcl|json)$/,
  /\.(ba)?sh$/,
  /.\.env[._-](sample|example|template|dist)$/,
  /^\.gitignore$|^\.tool-versions$|^\.?mise\.toml$/,
]
/** Where a Phoenix app has what its bundlers begin with. */
const entryOfAssets = /(^|\/)assets\/(js|css|src)\/[^/]+\.([cm]?[jt]sx?|s?css)$/
/** Settings of other programs, where they are kept for images; small ones, since data has the same endings. */
const settings =
  /^((.*\/)?\.?(docker|compose|deploy|ops|container|config|conf|etc|scripts?|infra|nginx)[^/]*\/[^/]+)\.(json|toml|conf|cfg|ini|properties)$|(^|\/)[._]?(netrc|pgpass)$/i
const secretsOfKamal = /(^|\/)\.kamal\/secrets(-common)?$/
const largestSettings = 64_000
const code = /^(ex|exs|erl|eex|heex|js|ts|py|rb|go)$/
const yaml = /\.ya?ml$/
const yamlFolder =
  /^([^/]+|(.*\/)?\.?(docker|compose|deploy|ops|container|k8s|kube|manifests|kustom|infra)[^/]*\/.*|(.*\/)?config\/deploy(\.[\w-]+)?\.ya?ml|(.*\/)?\.github\/workflows\/[^/]+)$/i
const largestYaml = 1_000_000
const largestScript = 256_000

/** Whether the file at `path`, of `size` bytes, is read. A `script` is one only where it begins with `#!`. */
export function wantedOf(path: string, size: number): WantedPaths {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name.endsWith('.ex')) return /(^|\/)(lib|rel)\//.test(path) ? 'guessed' : undefined
  if (name.endsWith('.eex') && !/(^|\/)rel\//.test(path)) return undefined
  if (isDockerfile(name) || isComposeFile(name)) return 'named'
  if (named.some((pattern) => pattern.test(name)) && !code.test(name.split('.').at(-1) ?? '')) return 'named'
  if (name === 'mix.exs' || /(^|\/)config\/.*\.exs$/.test(path)) return 'named'
  if (/(^|\/)rel\/|(^|\/)lib\/.*\.(exs?|heex)$/.test(path)) return 'guessed'
  if (entryOfAssets.test(path) && size <= largestScript) return 'guessed'
  if (guessed.some((pattern) => pattern.test(name)) || secretsOfKamal.test(path)) return 'guessed'
  if (yaml.test(name) && size <= largestYaml && yamlFolder.test(path)) return 'guessed'
  if (settings.test(path) && size <= largestSettings) return 'guessed'
  if (!name.includes('.') && size <= largestScript) return 'script'
  return undefined
}

/** Whether a name belongs to a file and a folder of that name is a mistake. */
export const isAlwaysFile = (name: string): boolean =>
  /^(Dockerfile|mix\.exs|\.dockerignore|(docker-)?compose\.ya?ml)$/.test(name)
