import { posix } from 'node:path'
import type { Tree } from '../../../files/tree.ts'
import type { Label } from '../../../text/diagnostic.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { migratorsOf } from '../../phoenix/migrator.ts'
import type { MixApp } from '../../phoenix/mix.ts'
import { locate } from '../../stage-files/locate.ts'
import { atRelease } from '../../stage-files/release-files.ts'
import type { Located } from '../../stage-files/types.ts'

/** A part of `priv` that the app uses and that its release is without. */
export interface LostPart {
  /** As people call it. */
  readonly what: 'migrations' | 'static files' | 'translations'
  /** One of its files, in the tree. */
  readonly path: string
  /** The Mix project in whose `priv` it lies. */
  readonly app: MixApp
  readonly located: Located
  /** Where it comes too late. */
  readonly later: Label | undefined
}

const parts = [
  { what: 'migrations', file: /^priv\/[^/]+\/migrations\/\d+_\w+\.exs$/ },
  { what: 'static files', file: /^priv\/static\/(?!assets\/)[^/]+(\/[^/]+)*\.\w+$/ },
  { what: 'translations', file: /^priv\/gettext\/\w+\/LC_MESSAGES\/[^/]+\.po$/ },
] as const

/**
 * What the app of a deployment uses of `priv` and its release does not have: `mix release` takes what is there when it is
 * called (Mix.Release, "The release structure").
 */
export function lostParts(deployment: Deployment, tree: Tree): readonly LostPart[] {
  const { release, code } = deployment
  const root = release?.app
  if (release === undefined || root === undefined) return []
  const uses = {
    migrations: () => migratorsOf(code).length > 0,
    'static files': () => code.using('Phoenix.Endpoint').length > 0,
    translations: () => code.using('Gettext').length > 0 || code.using('Gettext.Backend').length > 0,
  }
  return [root, ...root.children].flatMap((app) => {
    const inside = ownFiles(app, tree)
    return parts.flatMap(({ what, file }): readonly LostPart[] => {
      const path = inside.find((one) => file.test(one))
      if (path === undefined || !uses[what]()) return []
      const place = posix.join(posix.relative(root.folder, app.folder), path)
      const located = atRelease(release, place)
      if (located.origin.kind !== 'absent' && located.origin.kind !== 'removed') return []
      const { origin, causes } = locate(release.files, posix.resolve(release.project, place))
      const [cause] = origin.kind === 'context' ? causes : []
      const later = cause && { span: cause.span, text: 'they are copied here, too late' }
      return [{ what, path: posix.join(app.folder, path), app, located, later }]
    })
  })
}

/** The files of an app that a fresh clone has, by their paths in it. */
const ownFiles = ({ folder }: MixApp, { entries }: Tree): readonly string[] => {
  const start = folder === '' ? 'priv/' : `${folder}/priv/`
  return entries.flatMap(({ kind, path, gitIgnored }) =>
    kind === 'file' && !gitIgnored && path.startsWith(start) ? [path.slice(start.length - 'priv/'.length)] : [],
  )
}
