import { join } from 'node:path'
import type { OpenDoor } from '../../files/door/open.ts'
import { isComposeFile, isDockerfile } from '../../files/names.ts'
import { isAlwaysMade } from '../../files/walk.ts'
import { wantedOf } from '../../files/wanted.ts'
import { compareText } from '../../text/order.ts'

/** Files and folders that are looked at before a folder is taken for one project. */
const mostNames = 200_000
/** Folders of folders of projects, such as `group/team/app`. */
const deepest = 4
/** What holds more is no compose project, whatever its files name. */
const mostLinked = 100

/** Folders that say how what is beside them is built, started or tested. */
const aside =
  /^\.?(docker|compose|deploy(ment)?s?|ops|infra(structure)?|containers?|k8s|kube(rnetes)?|manifests|kustomize|scripts?|bin|config|rel|lib|github|gitlab|circleci|ci)$/i
/** What speaks of all that lies in a folder, and makes no project of it. */
const harmless = /^(\.gitignore|\.tool-versions|\.?mise\.toml|\.dockerignore)$/

/** What is at the top of a folder. */
interface Top {
  readonly path: string
  readonly files: readonly string[]
  readonly folders: readonly string[]
  readonly isRepository: boolean
}

/**
 * The projects in a folder (absolute) that is none itself, sorted, absolute: no file beside them is read, and none of them
 * names another. Undefined where the folder is one project, or holds fewer than two.
 */
export function projectsIn(folder: string, door: OpenDoor): readonly string[] | undefined {
  const left = { names: mostNames }
  const top = topOf(folder, door, left)
  if (top === undefined || isLoose(top)) return undefined
  const projects = below(top, door, left, 1)
  if (projects === undefined || projects.length < 2) return undefined
  if (projects.length <= mostLinked && areLinked(projects, folder, door)) return undefined
  return projects.map(({ path }) => path).toSorted((one, other) => compareText(`${one}/`, `${other}/`))
}

/** Whether a folder holds something that is read, so that it is a project or part of one. */
const isLoose = ({ files }: Top): boolean =>
  files.some((name) => !harmless.test(name) && !/^(undefined|script)$/.test(String(wantedOf(name, 0))))

/** Whether a folder is a project by what is at its top. */
const isProject = ({ files, isRepository }: Top): boolean =>
  isRepository || files.some((name) => name === 'mix.exs' || isDockerfile(name) || isComposeFile(name))

/** The projects below a folder; undefined where something there belongs to all of them. */
function below(top: Top, door: OpenDoor, left: { names: number }, depth: number): readonly Top[] | undefined {
  const found: Top[] = []
  for (const name of top.folders) {
    if (isAlwaysMade(name)) continue
    const own = topOf(join(top.path, name), door, left)
    if (own === undefined || depth > deepest) return undefined
    if (own.isRepository) {
      found.push(own)
      continue
    }
    if (aside.test(name) && depth === 1) return undefined
    if (isProject(own)) found.push(own)
    else if (!isLoose(own)) {
      const more = below(own, door, left, depth + 1)
      if (more === undefined) return undefined
      found.push(...more)
    } else found.push(own)
  }
  return found
}

function topOf(path: string, door: OpenDoor, left: { names: number }): Top | undefined {
  const read = door.names(path, left.names)
  if (read.kind !== 'names') return { path, files: [], folders: [], isRepository: false }
  left.names -= read.names.length
  if (left.names <= 0) return undefined
  const files: string[] = []
  const folders: string[] = []
  for (const name of read.names) {
    if (name === '.git') continue
    const found = door.at(join(path, name))
    if (found.kind === 'file') files.push(name)
    // A link leads to what is elsewhere as well.
    else if (found.kind === 'folder' && found.real.endsWith(name)) folders.push(name)
  }
  return { path, files, folders, isRepository: read.names.includes('.git') }
}

/** Whether a project that is no repository of its own names a folder beside it, or is built with all of them. */
function areLinked(projects: readonly Top[], folder: string, door: OpenDoor): boolean {
  const beside = new Set(projects.map(({ path }) => path.slice(folder.length + 1).split('/')[0] ?? ''))
  return projects.some(({ path, files, folders, isRepository }) => {
    if (isRepository) return false
    return files.some((name) => {
      if (!isDockerfile(name) && !isComposeFile(name)) return false
      const read = door.read(join(path, name))
      const text = read.kind === 'bytes' ? new TextDecoder().decode(read.bytes) : ''
      return text.split(/[\s"'=:,[\]]+/).some((word) => {
        if (isComposeFile(name) && /^\.\.(\/|$)/.test(word)) return true
        const [, first = ''] = /^(?:\.\/)?([^/]+)\//.exec(word) ?? []
        return beside.has(first) && !folders.includes(first)
      })
    })
  })
}
