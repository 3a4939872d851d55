import { posix } from 'node:path'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import type { Project } from '../../model/project/project.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import { linesAtEnd } from './lines.ts'

/**
 * Writes `info` where `debug` stands at the end of a place. What development has as well stays, and production gets a
 * level of its own in prod.exs. Undefined where that is not written out, or stands in the config of development.
 */
export function infoInstead(project: Project, deployment: Deployment, at: Span): Edit | undefined {
  const found = /(?:(?<![\w-])|(?<=:-))debug(?=\}?["']?$)/i.exec(textOf(at))
  const { path } = at.source
  if (found === null || /(^|\/)(dev|test)\.exs$/.test(path)) return undefined
  const own = /(^|\/)config\/config\.exs$/.test(path) ? levelOfProduction(project, deployment, false) : undefined
  if (own) return own
  const start = at.start + found.index
  const word = found[0] === found[0].toUpperCase() ? 'INFO' : 'info'
  return { span: span(at.source, start, start + found[0].length), text: word }
}

/** Writes the level that Phoenix generates into prod.exs; into config.exs where there is none and `orAll` allows it. */
export function levelOfProduction(project: Project, deployment: Deployment, orAll: boolean): Edit | undefined {
  const file = scriptOfProduction(project, deployment)
  const isShared = file !== undefined && /(^|\/)config\.exs$/.test(file.source.path)
  if (file === undefined || (isShared && (!orAll || /\bimport_config\b/.test(file.source.text)))) return undefined
  const gap = /\n\r?\n$/.test(file.source.text) ? '' : '\n'
  return linesAtEnd(file.source, `${gap}config :logger, level: :info`)
}

/** The script that has what holds for production alone: prod.exs where the build reads it, else config.exs. */
export function scriptOfProduction(project: Project, { app, boot }: Deployment): ElixirFile | undefined {
  const scripts = ['prod.exs', 'config.exs'].flatMap((name) => {
    const isRead = boot?.build?.imported.some((one) => one.endsWith(`/config/${name}`))
    return (isRead && app && project.elixir.get(posix.join(app.folder, 'config', name))) || []
  })
  return scripts.find(({ problems }) => problems.length === 0)
}
