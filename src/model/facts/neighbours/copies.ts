import { posix } from 'node:path'
import { composeNames } from '../../../files/names.ts'
import type { Tree } from '../../../files/tree.ts'
import type { Label } from '../../../text/diagnostic.ts'
import { span } from '../../../text/source.ts'
import { scriptsOf } from '../../env/docker-run.ts'
import type { Project } from '../../project/project.ts'
import type { Service } from '../../services/service.ts'

/** A service of which more than one container is started on one machine, and what says so. */
export interface Copied {
  readonly service: Service
  readonly count: number
  readonly place: Label
  /** Whether Compose surely starts them, and not Swarm, whose containers share a port. */
  readonly isSure: boolean
}

/** The services in production of which compose files or scripts ask for more than one container. */
export function copiedServices({ tree, services }: Project): readonly Copied[] {
  const shipped = services.filter(({ platform, development }) => platform === undefined && development === undefined)
  const declared = shipped.flatMap((service): readonly Copied[] => {
    const { copies } = service
    if (copies === undefined || copies.by === 'swarm' || (copies.by === 'either' && deploysToSwarm(tree))) return []
    const place = { span: copies.span, text: `${copies.count} containers are asked for` }
    return [{ service, count: copies.count, place, isSure: copies.by === 'compose' }]
  })
  return [...declared, ...scaledIn(tree, shipped)]
}

const deploysToSwarm = ({ sources }: Tree): boolean =>
  sources.some(({ text }) => /\bdocker\s+(stack\s+(deploy|up)|service\s+create)\b/.test(text))

const call = /(?<![\w-])(?:docker[ -]compose|podman-compose)(?=\s)((?:[^\n;&|#\\]|\\\r?\n|\\[^\r\n])*)/g
const asks = /(?:--scale[= ]\s*|(?<=\bscale\s(?:[^\n]*\s)?))([\w.-]+)=(\d+)/g

/** What scripts say by `docker compose up --scale web=3`. */
function scaledIn(tree: Tree, services: readonly Service[]): readonly Copied[] {
  if (services.length === 0) return []
  return scriptsOf(tree).flatMap((script) => {
    if (!/\bscale\b/.test(script.text)) return []
    return [...script.text.matchAll(call)].flatMap((found) => {
      const [words, options = ''] = found
      const names = [...options.matchAll(/(?:-f|--file)[= ]\s*(\S+)/g)].map(([, name]) => posix.basename(name ?? ''))
      return [...words.matchAll(asks)].flatMap((scale): readonly Copied[] => {
        const count = Number(scale[2])
        const service = services.find((one) => one.name === scale[1] && isNamed(one, names))
        const start = found.index + scale.index
        const at = span(script, start, start + scale[0].length)
        const place = { span: at, text: `${count} containers are asked for` }
        return service && count > 1 ? [{ service, count, place, isSure: false }] : []
      })
    })
  })
}

/** Whether a call of Compose that names these files means the project of a service. */
const isNamed = ({ stack }: Service, names: readonly string[]): boolean =>
  (names.length === 0 ? composeNames : names).includes(posix.basename(stack))
