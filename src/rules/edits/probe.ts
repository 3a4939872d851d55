import type { Deployment } from '../../model/boot/deployment.ts'
import { healthRoutesOf } from '../../model/phoenix/answer.ts'
import type { Project } from '../../model/project/project.ts'
import type { Step } from '../../model/stage-files/step.ts'
import { programThere } from '../../model/stages/program-there.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { healthRoute } from './health-route.ts'
import { indentAt, insertedAt, lineStart } from './lines.ts'

/** A probe that asks the health route of the app, and what has to be installed for it. */
export interface WrittenProbe {
  readonly path: string
  /** The route, where the probe needs one that is not there. */
  readonly route: readonly Edit[]
  readonly words: readonly string[]
  readonly installs: readonly Edit[]
}

/** The one health route of the project that can be asked without more; undefined where there are others or none. */
export function healthPath({ code }: Project): string | undefined {
  const paths = new Set(healthRoutesOf(code).flatMap(({ verb, path }) => (verb === 'get' && path ? [path] : [])))
  const [path] = paths
  return path !== undefined && paths.size === 1 && /^[\w/-]+$/.test(path) ? path : undefined
}

/** The probe of the health route at the port of the one endpoint, by `curl` or by the `wget` that the image has. */
export function probeOf(project: Project, deployment: Deployment): WrittenProbe | undefined {
  const { boot, dockerfile, ships, build } = deployment
  const { path, route } = askedRoute(project)
  const [endpoint, more] = boot?.endpoints ?? []
  const port = endpoint?.at('http', 'port')
  if (path === undefined || more || port?.kind !== 'integer' || !dockerfile || !ships) return undefined
  const url = `http://localhost:${port.value}${path}`
  const isThere = (program: string) => programThere(program, dockerfile, ships, build?.args)
  const byCurl = ['curl', '-fsS', url]
  if (isThere('curl') === 'yes') return { path, route, words: byCurl, installs: [] }
  if (isThere('wget') === 'yes') return { path, route, words: withWget(url), installs: [] }
  const install = isThere('curl') === 'no' ? installing(deployment, 'curl') : undefined
  return install && { path, route, words: byCurl, installs: [install] }
}

function askedRoute(project: Project): { readonly path: string | undefined; readonly route: readonly Edit[] } {
  if (healthRoutesOf(project.code).length > 0) return { path: healthPath(project), route: [] }
  const route = healthRoute(project, '/health')
  return route ? { path: '/health', route } : { path: undefined, route: [] }
}

/** The words of a request by `wget`, also that of BusyBox, which fails where the app answers with an error. */
export const withWget = (url: string): readonly string[] => ['wget', '-q', '-O', '/dev/null', url]

/** Adds a package to those that the stage which ships installs; undefined where it installs none in plain words. */
export function installing({ ships, dockerfile }: Deployment, name: string): Edit | undefined {
  const step = ships?.steps.findLast(isInstall)
  if (!step || step.span.source !== dockerfile?.source || step.runs !== 'always') return undefined
  const { source, end } = step.span
  const last = /(?<![^\s"'\\])[^\s"'\\]+$/.exec(textOf(step.span))?.[0]
  const words = step.command.kind === 'program' ? step.command.argv : []
  if (last === undefined || words.at(-1) !== last || words.includes(undefined)) return undefined
  const line = source.text.slice(lineStart(source, end), end).trim()
  return insertedAt(source, end, line === last ? ` \\\n${indentAt(source, end)}${name}` : ` ${name}`)
}

const isInstall = ({ command }: Step): boolean =>
  command.kind === 'program' &&
  ((/^(apt|apt-get)$/.test(command.name) && command.argv.includes('install')) ||
    (command.name === 'apk' && command.argv.includes('add')))

/** Writes another command for one that is written out as a JSON array, as the words of one, or for a shell. */
export function commandInstead(at: Span, words: readonly string[]): Edit | undefined {
  const text = textOf(at)
  if (/^\[[^\n]*\]$/.test(text)) {
    const kind = /^\[\s*"(CMD|CMD-SHELL)"/.test(text) ? ['CMD'] : []
    return { span: at, text: `[${[...kind, ...words].map((word) => JSON.stringify(word)).join(', ')}]` }
  }
  if (/^"[^"\n]*"(,\s*"[^"\n]*")*$/.test(text))
    return { span: at, text: words.map((word) => JSON.stringify(word)).join(', ') }
  return /^[\w/.]/.test(text) && !/["\n]/.test(text) ? { span: at, text: words.join(' ') } : undefined
}
