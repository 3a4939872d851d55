import { resolve } from 'node:path'
import { whyClosed } from '../files/door/found.ts'
import type { OpenDoor } from '../files/door/open.ts'
import type { ComposeChoice } from '../model/services/read-services.ts'
import type { Call } from '../cli/call/flags.ts'
import type { Io } from '../cli/io/io.ts'
import { pathFrom } from './folder.ts'

/** What the call says about Compose. */
export type CallForCompose =
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'choice'
      /** The files that were named, absolute. */
      readonly paths: readonly string[]
      /** The choice with paths relative to a root. */
      readonly under: (root: string) => ComposeChoice
    }

/** Reads the flags that are those of `docker compose`; a file that is not there makes the call wrong. */
export function composeChoice(call: Call, { cwd }: Io, door: OpenDoor): CallForCompose {
  const directory = call.one('project-directory')
  const names = [...call.all('file'), ...call.all('env-file'), ...(directory === undefined ? [] : [directory])]
  for (const name of names) {
    const message = whyNot(name, name === directory ? 'folder' : 'file', resolve(cwd, name), door)
    if (message !== undefined) return { kind: 'wrong', message }
  }
  const absolute = (name: string) => resolve(cwd, name)
  const under = (root: string): ComposeChoice => {
    const inside = (name: string) => pathFrom(root, absolute(name))
    return {
      root,
      ...(call.has('file') ? { files: call.all('file').map(inside) } : {}),
      ...(call.has('env-file') ? { envFiles: call.all('env-file').map(inside) } : {}),
      ...(call.has('profile') ? { profiles: call.all('profile') } : {}),
      ...(directory === undefined ? {} : { projectDirectory: inside(directory) }),
    }
  }
  return { kind: 'choice', paths: [...call.all('file'), ...call.all('env-file')].map(absolute), under }
}

/** Why there is no file or folder at an absolute path, as a sentence; undefined where there is one. */
export function whyNot(name: string, wanted: 'file' | 'folder', path: string, door: OpenDoor): string | undefined {
  const inside = door.at(path)
  const found = inside.kind === 'elsewhere' ? door.outside.at(path) : inside
  if (found.kind === wanted) return undefined
  if (found.kind === 'file' || found.kind === 'folder')
    return `\`${name}\` is ${wanted === 'file' ? 'a folder' : 'no folder'}`
  if (found.kind === 'missing') return `there is no file or folder \`${name}\``
  return `\`${name}\` cannot be read: ${whyClosed(found)}`
}
