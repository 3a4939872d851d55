import { posix } from 'node:path'
import { loadYaml } from '../../yaml/load.ts'
import { isString, type ScalarNode, valueAt } from '../../yaml/node.ts'
import { complain, type Gathered, type LoadEnvironment } from '../problems.ts'
import { nowhere } from './command-line.ts'
import { interpolate } from './interpolate.ts'

/** The name of a project: given, from COMPOSE_PROJECT_NAME, from `name` of the last file that has one, from its folder. */
export function projectName(
  gathered: Gathered,
  files: readonly string[],
  folder: string,
  environment: LoadEnvironment,
): string {
  const { input } = gathered
  const set = environment('COMPOSE_PROJECT_NAME')
  const explicit = input.projectName || (set.kind === 'known' ? set.value : '')
  if (explicit !== '') {
    if (normalize(explicit) !== explicit)
      complain(gathered, nowhere('.env'), `\`${explicit}\` is not a name that a project can have`)
    return explicit
  }
  const written = files.flatMap((file) => writtenNames(gathered, file)).at(-1)
  if (written) {
    const node = interpolate({ ...gathered, problems: [], warnings: [], variables: [] }, written, environment)
    const name = node.kind === 'scalar' ? normalize(node.text) : ''
    if (name !== '' || written.text !== '') return name
  }
  return normalize(folder === '' ? (input.rootName ?? '') : posix.basename(folder))
}

function writtenNames(gathered: Gathered, file: string): readonly ScalarNode[] {
  const source = gathered.input.read(file)
  if (source === undefined) return []
  return loadYaml(source).documents.flatMap(({ root }) => {
    const name = root.kind === 'map' ? valueAt(root, 'name') : undefined
    return isString(name) && name.text !== '' ? [name] : []
  })
}

function normalize(name: string): string {
  return (name.toLowerCase().match(/[a-z0-9_-]/g) ?? []).join('').replace(/^[_-]+/, '')
}
