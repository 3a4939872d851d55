import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { homeOf } from '../../model/facts/release-home.ts'
import { migratorsOf } from '../../model/phoenix/migrator.ts'
import type { Project } from '../../model/project/project.ts'
import { overlayOf } from '../../model/stage-files/release-files.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { type Span, span, textOf } from '../../text/source.ts'

/** Whether the release has a script of `rel/overlays/bin` under this name. */
export const hasOverlay = ({ release }: Deployment, name: string): boolean =>
  release !== undefined && overlayOf(release, posix.join('bin', name)).origin.kind === 'context'

/** The words that migrate the database with nothing but the release; undefined where nothing in it does. */
export function migratingWords(deployment: Deployment, { code }: Project): readonly string[] | undefined {
  const home = homeOf(deployment)
  const name = deployment.release?.name
  if (home === undefined || !name) return undefined
  if (hasOverlay(deployment, 'migrate')) return [posix.join(home, 'bin/migrate')]
  const [migrator, ...others] = migratorsOf(code).filter((module) =>
    module.functions.some((one) => one.name === 'migrate' && one.arity === 0),
  )
  if (migrator === undefined || others.length > 0) return undefined
  return [posix.join(home, 'bin', name), 'eval', `${migrator.name}.migrate`]
}

/** The words that start the server of a release. */
export function servingWords(deployment: Deployment): readonly string[] | undefined {
  const home = homeOf(deployment)
  const name = deployment.release?.name
  if (home === undefined || !name) return undefined
  return hasOverlay(deployment, 'server') ? [posix.join(home, 'bin/server')] : [posix.join(home, 'bin', name), 'start']
}

/** Writes other words for a command that is written out at a place, as a shell reads it or as a JSON array. */
export function wordsInstead(at: Span, from: readonly string[], to: readonly string[]): Edit | undefined {
  const text = textOf(at)
  const quoted = (words: readonly string[]) => words.map((word) => JSON.stringify(word)).join(', ')
  // Items of a list in YAML stand on lines of their own.
  for (const gap of [' ', /\r?\n[\t ]*-[\t ]+/.exec(text)?.[0] ?? ' '])
    if (text === from.join(gap)) return { span: at, text: to.join(gap) }
  const bare = (words: string) => words.replace(/\s+/g, '')
  if (bare(text) === bare(quoted(from))) return { span: at, text: quoted(to) }
  return bare(text) === bare(`[${quoted(from)}]`) ? { span: at, text: `[${quoted(to)}]` } : undefined
}

/** Migrates before the server starts, where a JSON array starts it; undefined where that is not so. */
export function migratingFirst(deployment: Deployment, project: Project): Edit | undefined {
  const { server, ships, service } = deployment
  const words = migratingWords(deployment, project)
  const [outer, ...inner] = server?.via ?? []
  const isOverlay = /(^|\/)rel\/overlays\/bin\//.test(server?.span.source.path ?? '')
  const at = outer === undefined ? server?.span : isOverlay && inner.length === 0 ? outer.span : undefined
  if (!at || !words || (ships?.entrypoint && ships.entrypoint.span !== at)) return undefined
  if (!ships || /distroless|scratch|chainguard/.test(ships.stage.base.text) || service?.entrypoint) return undefined
  const written = /^\[\s*("[\w./-]+"(?:\s*,\s*"[\w./-]+")*)\s*\]$/.exec(textOf(at))?.[1]
  const start = written?.split(',').map((word) => word.trim().slice(1, -1))
  if (!start) return undefined
  const command = `${words.join(' ')} && exec ${start.join(' ')}`
  return { span: at, text: `["/bin/sh", "-c", ${JSON.stringify(command)}]` }
}

/** Calls `bin/server` of the release where its own script is called with `start`; undefined where that is not written out. */
export function throughServer(deployment: Deployment): Edit | undefined {
  const { server, ships, service, release } = deployment
  if (!release?.name || !server || !hasOverlay(deployment, 'server')) return undefined
  const call = new RegExp(
    `(?<=bin/)${release.name}(?:["']?\\s*,\\s*["']?|["']?\\s*\\n\\s*-\\s+["']?|[\\t ]+)start(?![\\w-])`,
  )
  const words = [...(service?.command ?? []), ...(service?.entrypoint ?? [])].map((arg) => arg.span)
  const [first, last] = [words[0], words.at(-1)]
  const given = first && last && first.source === last.source ? [span(first.source, first.start, last.end)] : []
  const own = service?.command || service?.entrypoint ? given : []
  const image = [ships?.cmd?.span, ships?.entrypoint?.span].filter((one) => one !== undefined)
  for (const place of [server.span, ...server.via.map((label) => label.span), ...own, ...image]) {
    const found = call.exec(textOf(place))
    if (!found) continue
    const start = place.start + found.index
    return { span: span(place.source, start, start + found[0].length), text: 'server' }
  }
  return undefined
}
