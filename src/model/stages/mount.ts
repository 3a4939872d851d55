import { posix } from 'node:path'
import type { Mount } from '../../languages/dockerfile/types.ts'
import { type Known, known, mapKnown, unset } from '../../text/known.ts'
import type { StageDraft } from '../follow/frame.ts'
import { absolute, type CopyScope, expanded, sourcesOf } from '../stage-files/copy.ts'
import { below } from '../stage-files/paths.ts'
import type { Cause, Write } from '../stage-files/types.ts'

/** The cache mounts of a build by their id: what the steps of this build have left in each, as if it were a stage. */
export type Caches = Map<string, StageDraft>

/** A mount as it lies over the files of a stage while its RUN runs. */
export interface Mounted {
  /** Absolute; unset where it is no file. */
  readonly target: Known<string>
  readonly writes: readonly Write[]
  /** Where what is written into it stays, for the next RUN with the same cache. */
  readonly cache: StageDraft | undefined
}

/** What a mount lays over the files (Dockerfile reference, "RUN --mount"). */
export function mounted(mount: Mount, cause: Cause, scope: CopyScope, caches: Caches): Mounted {
  const at = mount.target ? absolute(mount.target, scope) : defaultTarget(mount, scope)
  if (at.kind !== 'known') return { target: at, writes: [], cache: undefined }
  const { value: target } = at
  const over = (write: { readonly kind: 'removed' } | { readonly kind: 'unknown'; readonly why: string }): Write => ({
    ...write,
    target,
    cause,
  })
  switch (mount.type) {
    case 'bind':
      return { target: at, writes: bound(mount, target, cause, scope), cache: undefined }
    case 'cache': {
      const named = mount.id ? expanded(mount.id, scope) : unset()
      const id = named.kind === 'known' ? named.value : target
      const cache = caches.get(id) ?? { base: undefined, writes: [] }
      caches.set(id, cache)
      const before = cache.writes.length
      const from = { in: 'stage', files: cache, path: '/', before } as const
      const left = over({ kind: 'unknown', why: 'earlier builds may have left it in the cache mount' })
      return { target: at, writes: [left, { kind: 'copy', target, cause, from }], cache }
    }
    case 'tmpfs':
      return { target: at, writes: [over({ kind: 'removed' })], cache: undefined }
    case 'secret':
      return { target: at, writes: [over({ kind: 'unknown', why: 'it is a secret of the build' })], cache: undefined }
    default:
      return { target: at, writes: [], cache: undefined }
  }
}

/** A secret lies in `/run/secrets`, unless it is only given as a variable. */
function defaultTarget(mount: Mount, scope: CopyScope): Known<string> {
  const id = mount.id ?? mount.source
  if (mount.type !== 'secret' || mount.env !== undefined || id === undefined) return unset()
  return mapKnown(expanded(id, scope), (name: string) => posix.join('/run/secrets', name))
}

function bound(mount: Mount, target: string, cause: Cause, scope: CopyScope): readonly Write[] {
  const source = mount.source ? expanded(mount.source, scope) : known('')
  if (source.kind !== 'known') return [{ kind: 'unknown', target, cause, why: 'the source of the mount is not known' }]
  return sourcesOf({ text: source.value, span: mount.source?.span ?? mount.span }, mount.from, scope).map(
    ({ place }): Write => ({ kind: 'copy', target, cause, from: place }),
  )
}

/**
 * Ends a RUN that began at write number `first` of `draft`: what was mounted is gone, and with it what was written
 * there; what was written into a cache stays in that.
 */
export function unmount(mounts: readonly Mounted[], draft: StageDraft, first: number): void {
  const until = draft.writes.length
  const laid = new Set(mounts.flatMap(({ writes }) => writes))
  const mountAt = new Map(
    mounts.flatMap((mount) => (mount.target.kind === 'known' ? [[mount.target.value, mount] as const] : [])),
  )
  for (let index = first; index < until; index++) {
    const write = draft.writes[index]
    if (write === undefined) continue
    const mount = mountAt.size === 0 ? undefined : deepest(mountAt, write.target)
    const rest = mount?.target.kind === 'known' ? below(mount.target.value, write.target) : undefined
    if (mount?.cache && rest !== undefined && !laid.has(write)) {
      mount.cache.writes.push({ ...write, target: posix.join('/', rest) })
    }
    draft.writes[index] = { ...write, layer: until, ...(mount ? { until } : {}) }
  }
}

/** The mount that `path` lies in, the innermost of several. */
function deepest(mountAt: ReadonlyMap<string, Mounted>, path: string): Mounted | undefined {
  for (let folder = path; ; folder = posix.dirname(folder)) {
    const mount = mountAt.get(folder)
    if (mount || folder === '/' || folder === '.') return mount
  }
}

/** The variables that `--mount=type=secret,env=NAME` gives to a RUN. */
export function secretVariables(mounts: readonly Mount[]): ReadonlyMap<string, Known<string>> {
  return new Map(
    mounts.flatMap(({ type, env, span }): [string, Known<string>][] => {
      if (type !== 'secret' || env === undefined) return []
      const trail = [{ span, text: `a secret of the build is \`${env.text}\` here` }]
      return [[env.text, { kind: 'unknown', why: 'it is a secret of the build', trail, isSet: true }]]
    }),
  )
}
