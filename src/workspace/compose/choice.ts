import { resolve } from 'node:path'
import { whyClosed } from '../../files/door/found.ts'
import type { OpenSight } from '../../files/door/open.ts'
import type { ComposeChoice } from '../../model/services/compose-projects.ts'
import type { ComposeOptions } from '../options.ts'
import { pathFrom } from '../paths.ts'
import { done, type Result, wrong } from '../result.ts'

/** What is told to Compose, of files that are there. */
export interface ToldToCompose {
  /** The files that were named, absolute. */
  readonly paths: readonly string[]
  /** The same with paths relative to a root. */
  readonly under: (root: string) => ComposeChoice
}

/** Looks at what the options for Compose name; a file that is not there makes the call wrong. */
export function toldToCompose(
  { files, envFiles, profiles, projectDirectory }: ComposeOptions,
  cwd: string,
  door: OpenSight,
): Result<ToldToCompose> {
  const named = [...(files ?? []), ...(envFiles ?? [])]
  for (const name of [...named, ...(projectDirectory === undefined ? [] : [projectDirectory])]) {
    const why = whyNot(name, name === projectDirectory ? 'folder' : 'file', resolve(cwd, name), door)
    if (why !== undefined) return wrong(why)
  }
  const under = (root: string): ComposeChoice => {
    const inside = (name: string) => pathFrom(root, resolve(cwd, name))
    return {
      root,
      ...(files ? { files: files.map(inside) } : {}),
      ...(envFiles ? { envFiles: envFiles.map(inside) } : {}),
      ...(profiles ? { profiles } : {}),
      ...(projectDirectory === undefined ? {} : { projectDirectory: inside(projectDirectory) }),
    }
  }
  return done({ paths: named.map((name) => resolve(cwd, name)), under })
}

/** Why there is no file or folder at an absolute path, as a sentence; undefined where there is one. */
export function whyNot(name: string, wanted: 'file' | 'folder', path: string, door: OpenSight): string | undefined {
  const inside = door.at(path)
  const found = inside.kind === 'elsewhere' ? door.outside.at(path) : inside
  if (found.kind === wanted) return undefined
  if (found.kind === 'file' || found.kind === 'folder')
    return `\`${name}\` is ${wanted === 'file' ? 'a folder' : 'no folder'}`
  if (found.kind === 'missing') return `there is no file or folder \`${name}\``
  return `\`${name}\` cannot be read: ${whyClosed(found)}`
}
