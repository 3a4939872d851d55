import { unservedToo } from '../../model/outcome/outcome.ts'
import type { BootPage } from '../../model/outcome/page.ts'
import { positionAt, type Span } from '../../text/source.ts'
import type { EnvOptions } from '../env/env.ts'

/** How boots are printed. */
export type BootOptions = EnvOptions

/** `config/runtime.exs:3:4`, or the flag that gave it. */
export function placeName({ source, start }: Span, { shown }: BootOptions): string {
  if (/^(--|\()/.test(source.path)) return source.path
  const { line, column } = positionAt(source, start)
  return `${shown(source.path)}:${line}:${column}`
}

/** Those of the services, and of the images that no service runs. */
export const startedOf = <Page extends Pick<BootPage, 'name' | 'dockerfile'>>(
  pages: readonly Page[],
): readonly Page[] => unservedToo(pages, ({ name, dockerfile }) => ({ isService: name !== null, dockerfile }))

/** The name of a page, and where it is declared. */
export function titleOf({ name, span, dockerfile: path }: BootPage, options: BootOptions): string {
  if (name !== null) return `${name} · ${placeName(span, options)}`
  return path === undefined ? 'the release · no Dockerfile here makes it' : `the image · ${options.shown(path)}`
}
