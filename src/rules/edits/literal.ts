import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { atRelease } from '../../model/stage-files/release-files.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'

/** Writes something else for the one part of a place that `part` matches. */
export function partInstead(at: Span, part: RegExp, text: string): Edit | undefined {
  const all = [...textOf(at).matchAll(new RegExp(part, `g${part.flags}`))]
  const [found] = all
  if (found === undefined || all.length !== 1) return undefined
  const start = at.start + found.index
  return { span: span(at.source, start, start + found[0].length), text }
}

/** A pattern for a text as it stands. */
export const exactly = (text: string): RegExp => new RegExp(text.replace(/[^\w/]/g, '\\$&'))

/** Makes the read of a variable one that fails where it is not set: `System.get_env`, with what is taken in its place. */
export function requiredInstead(read: Span, name: string): Edit | undefined {
  const { source, start } = read
  const variable = `"${name}"`
  const call = exactly(`System.get_env(${variable}`).source
  const text = '"(?:[^"\\\\#\\n]|\\\\.)*"'
  const found = new RegExp(`^${call}(?:,\\s*${text}\\)|\\)\\s*\\|\\|\\s*${text}|\\)(?!\\s*(?:\\|\\||\\|>|\\.)))`).exec(
    source.text.slice(start),
  )
  if (found === null) return undefined
  return { span: span(source, start, start + found[0].length), text: `System.fetch_env!(${variable})` }
}

/** Whether a script is config of production alone, so that changing it leaves development as it is. */
export const isOfProduction = ({ path }: Source): boolean => /(^|\/)(prod|runtime|releases)\.exs$/.test(path)

/** Whether the runtime.exs of the app is the one that its release has. */
export function hasOwnRuntime({ release, app }: Deployment): boolean {
  if (release === undefined || app === undefined) return false
  const { origin } = atRelease(release, 'config/runtime.exs')
  return origin.kind === 'context' && origin.path === posix.join(app.folder, 'config/runtime.exs')
}
