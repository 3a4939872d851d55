import { basename, dirname, join } from 'node:path'
import type { OpenDoor } from '../../files/door/open.ts'
import { isComposeFile, isDockerfile } from '../../files/names.ts'
import { isAlwaysMade } from '../../files/walk.ts'
import { wantedOf } from '../../files/wanted.ts'
import { developmentWord } from '../../model/shipping/production.ts'
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
  /** Absolute. */
  readonly path: string
  readonly names: readonly string[]
}

/**
 * The projects in a folder (absolute) that is none itself, sorted, absolute: no file beside them is read, and none of them
 * names another. Undefined where the folder is one project, or holds fewer than two.
 */
export function projectsIn(folder: string, door: OpenDoor): readonly string[] | undefined {
  if (folder === dirname(folder)) return undefined
  const left = { names: mostNames }
  const top = topOf(folder, door, left)
  if (top === undefined || top.names.some(isMark)) return undefined
  const projects = below(top, door, left, 1)
  if (projects === undefined || projects.length < 2) return undefined
  if (projects.length <= mostLinked && areLinked(projects, folder, door)) return undefined
  return projects.map(({ path }) => path).toSorted((one, other) => compareText(`${one}/`, `${other}/`))
}

const isRepository = ({ names }: Top): boolean => names.includes('.git')

/** Whether a file of this name makes a project of the folder that it is in. */
const isMark = (name: string): boolean => name === 'mix.exs' || isDockerfile(name) || isComposeFile(name)

/** Whether a file of this name is read, so that its folder is a project or part of one. */
const isRead = (name: string): boolean => !harmless.test(name) && !/^(undefined|script)$/.test(`${wantedOf(name, 0)}`)

/** The projects below a folder that is none; undefined where something there belongs to all of them. */
function below(
  { path, names }: Top,
  door: OpenDoor,
  left: { names: number },
  depth: number,
): readonly Top[] | undefined {
  const found: Top[] = []
  for (const name of names) {
    if (isAlwaysMade(name)) continue
    const at = door.at(join(path, name))
    if (at.kind === 'file' && isRead(name)) return undefined
    // What a link leads to is elsewhere as well.
    if (at.kind !== 'folder' || basename(at.real) !== name) continue
    const own = topOf(join(path, name), door, left)
    if (own === undefined || depth > deepest) return undefined
    const more = isRepository(own) ? [own] : partsOf(name, own, depth)
    if (more === undefined) return undefined
    found.push(...more)
  }
  return found

  function partsOf(name: string, own: Top, at: number): readonly Top[] | undefined {
    if (aside.test(name)) return undefined
    // What is no project and holds none is looked at as one, so that it is told that there is nothing to check.
    const parts = own.names.some(isMark) ? undefined : below(own, door, left, at + 1)
    return parts && !(parts.length > 1 && areLinked(parts, own.path, door)) ? parts : [own]
  }
}

function topOf(path: string, door: OpenDoor, left: { names: number }): Top | undefined {
  const read = door.names(path, left.names)
  if (read.kind !== 'names') return { path, names: [] }
  left.names -= read.names.length
  return left.names > 0 ? { path, names: read.names } : undefined
}

/** Whether a folder is there for development by its name, such as `examples`, or `shop-dev` beside `shop`. */
function isAsideOf(name: string, beside: ReadonlySet<string>): boolean {
  const word = developmentWord(name)
  if (word === undefined) return false
  const without = name.replace(new RegExp(`[-_.]?${word}[-_.]?`), '')
  return without === '' || beside.has(without)
}

/**
 * Whether a project that is no repository of its own names a folder beside it, is built with all of them, or is there for
 * tests and examples, which only its place says.
 */
function areLinked(projects: readonly Top[], folder: string, door: OpenDoor): boolean {
  const beside = new Set(projects.map(({ path }) => path.slice(folder.length + 1).split('/')[0] ?? ''))
  return projects.some((project) => {
    if (isRepository(project)) return false
    if (
      project.path
        .slice(folder.length + 1)
        .split('/')
        .some((name) => isAsideOf(name, beside))
    )
      return true
    return project.names.some((name) => {
      if (!isDockerfile(name) && !isComposeFile(name)) return false
      const read = door.read(join(project.path, name))
      const text = read.kind === 'bytes' ? new TextDecoder().decode(read.bytes) : ''
      return text.split(/[\s"'=:,[\]]+/).some((word) => {
        if (isComposeFile(name) && /^\.\.(\/|$)/.test(word)) return true
        const [, first = ''] = /^(?:\.\/)?([^/]+)\//.exec(word) ?? []
        return beside.has(first) && !project.names.includes(first)
      })
    })
  })
}
