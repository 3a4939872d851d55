import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ComposeChoice } from '../../model/read-services.ts'
import type { Call } from '../flags.ts'
import type { Io } from '../io.ts'
import { pathFrom } from './project.ts'

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

/** Reads the flags that are those of `docker compose`; a file that does not exist makes the call wrong. */
export async function composeChoice(call: Call, { cwd }: Io): Promise<CallForCompose> {
  const directory = call.one('project-directory')
  const names = [...call.all('file'), ...call.all('env-file'), ...(directory === undefined ? [] : [directory])]
  for (const name of names) {
    const found = await stat(resolve(cwd, name)).catch(() => undefined)
    if (found === undefined) return { kind: 'wrong', message: `there is no file or folder \`${name}\`` }
    if (found.isDirectory() !== (name === directory)) {
      return { kind: 'wrong', message: `\`${name}\` is ${name === directory ? 'no folder' : 'a folder'}` }
    }
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
