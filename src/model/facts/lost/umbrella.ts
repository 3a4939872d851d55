import { posix } from 'node:path'
import { nearest } from '../../../text/nearest.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { type MixApp, mixText } from '../../phoenix/mix.ts'
import { locate } from '../../stage-files/locate.ts'
import { isMissing } from '../../stage-files/missing.ts'

/** What an umbrella lacks, so that Mix stops: the folder of its apps, an app that another names, or all apps in the build. */
export type LostInUmbrella = { readonly span: Span } & (
  | { readonly lacks: 'folder' | 'app'; readonly name: string; readonly near: string | undefined }
  | { readonly lacks: 'copy'; readonly name: string }
)

/** What is missing in the umbrella that a deployment is made of. */
export function lostInUmbrella({ app: own, release, world }: Deployment): readonly LostInUmbrella[] {
  const app = release?.app ?? own
  if (app?.umbrella !== true || app.unread) return []
  const { tree } = world
  const folders = (at: string) => [
    ...new Set(
      tree.entries.flatMap(({ path }) =>
        path.startsWith(at) ? (path.slice(at.length).split('/').slice(0, -1)[0] ?? []) : [],
      ),
    ),
  ]
  const written = /\bapps_path:\s*"([^"\n]+)"/.exec(mixText(app))
  const name = written?.[1]
  const file = app.file?.source
  if (written && name && file && isMissing(posix.join(app.folder, name), tree)) {
    const start = written.index + written[0].length - name.length - 1
    const near = nearest(name, folders(app.folder === '' ? '' : `${app.folder}/`))
    return [{ lacks: 'folder', name, near, span: span(file, start, start + name.length) }]
  }
  return [...app.children.flatMap((child) => lostSiblings(child, tree, folders)), ...uncopied(app, release)]
}

/** The dependencies that an app says are its siblings, and that have no folder beside it. */
function lostSiblings(
  { deps, folder }: MixApp,
  tree: Deployment['world']['tree'],
  folders: (at: string) => readonly string[],
): readonly LostInUmbrella[] {
  const above = posix.dirname(folder)
  return deps.flatMap(({ name, span: at }) =>
    /\bin_umbrella:\s*true\b/.test(textOf(at)) && isMissing(posix.join(above, name), tree)
      ? [{ lacks: 'app' as const, name, near: nearest(name, folders(`${above}/`)), span: at }]
      : [],
  )
}

/** That a release is made where none of the apps was brought. */
function uncopied({ folder, children }: MixApp, release: Deployment['release']): readonly LostInUmbrella[] {
  if (release === undefined || children.length === 0) return []
  const isGone = children.every((child) => {
    const path = posix.join(release.project, posix.relative(folder, child.folder), 'mix.exs')
    return /^(absent|removed)$/.test(locate(release.files, path, release.before).origin.kind)
  })
  return isGone ? [{ lacks: 'copy', name: posix.dirname(children[0]?.folder ?? ''), span: release.step.span }] : []
}
