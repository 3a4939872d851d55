import { posix } from 'node:path'
import type { Tree } from '../../../files/tree.ts'
import type { Label } from '../../../text/diagnostic.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Project } from '../../project/project.ts'
import type { Service, ServiceMount } from '../../services/service.ts'
import { locate } from '../../stage-files/locate.ts'
import { below } from '../../stage-files/paths.ts'
import { lineageOf } from '../../stages/mix-there.ts'

/** A new volume that belongs to root, and into which an app of another user writes. */
export interface RootVolume {
  readonly mount: ServiceMount
  readonly path: string
  readonly user: { readonly name: string; readonly span: Span }
  /** What makes its folder in the image; undefined where nothing does, so that Docker makes it for root. */
  readonly maker: Span | undefined
  /** What says that the app writes there. */
  readonly use: Label
}

/**
 * The volumes of a service that belong to root: a new one takes over the owner of the folder of the image at which it is
 * mounted, and belongs to root where there is none (Docker, "Volumes", "Mounting a volume over existing data").
 */
export function rootVolumesOf(deployment: Deployment, { tree, services }: Project): readonly RootVolume[] {
  const { service, ships } = deployment
  const user = userOf(deployment)
  if (service === undefined || ships === undefined || user === undefined) return []
  return service.mounts.flatMap((mount): readonly RootVolume[] => {
    const path = posix.normalize(mount.target).replace(/(?<=.)\/$/, '')
    if (!mount.isNew || isOpenToAll(path) || /:ro\b|read_only/.test(textOf(mount.span))) return []
    if (services.some((one) => one !== service && one.stack === service.stack && givesAway(one, mount))) return []
    const maker = makerOf(path, deployment)
    const use = maker && useOf(path, deployment, tree)
    return maker && use ? [{ mount, path, user, maker: maker.span, use }] : []
  })
}

/** Whose process the container runs, where that is surely not root. */
function userOf({ service, ships }: Deployment): RootVolume['user'] | undefined {
  const { value, span: at } = service?.user ?? {}
  const written = value ? (value.kind === 'known' ? value.value : undefined) : ships?.user?.text
  const place = at ?? ships?.user?.span
  const isOther = written !== undefined && /^[\w-]+(:[\w-]+)?$/.test(written) && !/^(root|0)(:|$)/.test(written)
  return isOther && place ? { name: written, span: place } : undefined
}

/** Folders that each base image lets everybody write, and homes, which belong to their users. */
const isOpenToAll = (path: string): boolean => /^\/(tmp|var\/tmp|dev\/shm|home|var\/lib\/postgresql)(\/|$)/.test(path)

/** Whether another service has the same volume, and its command gives it to somebody. */
const givesAway = ({ mounts, command, entrypoint }: Service, { from }: ServiceMount): boolean =>
  from !== undefined &&
  mounts.some((one) => one.from === from) &&
  [...(entrypoint ?? []), ...(command ?? [])].some(({ text }) => text === undefined || gives.test(text))

const gives = /\b(chown|chmod|setfacl|adduser|useradd)\b|--chown|--chmod|(?:^|[;&|]|\bRUN\b)\s*install\s/m

/** What makes the folder for root; undefined where it may belong to somebody else, or holds what is copied there. */
function makerOf(path: string, { ships }: Deployment): { readonly span: Span | undefined } | undefined {
  if (ships === undefined) return undefined
  const lineage = lineageOf(ships)
  const instructions = lineage.toReversed().flatMap(({ stage }) => stage.instructions)
  const names = parentsOf(path)
  const isGiven = instructions.some(({ keyword, span: at }) => {
    // A copy gives away what it lays down, wherever that comes from.
    const isCopy = keyword === 'COPY' || keyword === 'ADD'
    const text = isCopy ? textOf(at).replace(/^(\w+(?:\s+--\S+)*)\s[^\n]*\s(?=\S+\s*$)/, '$1 ') : textOf(at)
    return gives.test(text) && (/[$*]|\s\.(\s|$)/.test(text) || names.some((one) => mentions(text, one)))
  })
  if (isGiven || locate(ships.files, path).origin.kind !== 'absent') return undefined
  const writes = lineage.flatMap(({ files }) => files.writes)
  if (writes.some((write) => write.kind !== 'folder' && below(path, write.target) !== undefined)) return undefined
  const made = writes.find((write) => write.kind === 'folder' && below(path, write.target) !== undefined)?.cause.span
  if (made === undefined)
    return instructions.some(({ span: at }) => mentions(textOf(at), path)) ? undefined : { span: undefined }
  const at = instructions.findIndex(({ span: whole }) => whole.start <= made.start && made.end <= whole.end)
  const isOfUser = instructions.slice(0, at).some(({ keyword }) => keyword === 'USER')
  return at >= 0 && !isOfUser ? { span: made } : undefined
}

const mentions = (text: string, path: string): boolean =>
  new RegExp(`(?<![\\w./-])${path.replace(/[^\w/]/g, '\\$&')}(?![\\w-])`).test(text)

/** A path and the folders above it. */
function parentsOf(path: string): readonly string[] {
  const above = posix.dirname(path)
  return above === path || above === '/' ? [path] : [path, ...parentsOf(above)]
}

/** Where a variable of the service, its config or its code names the folder or something in it. */
function useOf(path: string, { service, world }: Deployment, tree: Tree): Label | undefined {
  const given = service?.declared.find(
    ({ value }) =>
      value.kind === 'known' && below(path, value.value.replace(/^[\w+]+:(\/\/)?(?=\/)/, '')) !== undefined,
  )
  if (given) return { span: given.valueSpan ?? given.span, text: `\`${given.name}\` names it` }
  const quoted = `"${path}`
  for (const source of tree.sources) {
    if (!/(^|\/)(config\/(runtime|prod|config|releases)\.exs|lib\/.*\.ex)$/.test(source.path)) continue
    const at = source.text.indexOf(quoted)
    if (at < 0 || !/["/]/.test(source.text[at + quoted.length] ?? '') || !world.sourceAt(source.path)) continue
    return { span: span(source, at, at + quoted.length), text: 'the app names it here' }
  }
  return undefined
}
