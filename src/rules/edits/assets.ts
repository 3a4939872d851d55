import { posix } from 'node:path'
import { entryAt } from '../../files/tree.ts'
import { type ShippedRelease, type StaticFolder, sourcesOf } from '../../model/facts/assets.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import { locate } from '../../model/stage-files/locate.ts'
import type { Edit, Fix } from '../../text/diagnostic.ts'
import { beforeStep, isAlone, runOf } from './before-step.ts'
import { linesAbove } from './lines.ts'

/** The fix that builds the assets of an app before the release is made; none where the project has no task for it. */
export function assetsBefore(project: Project, { app }: StaticFolder, shipped: ShippedRelease): readonly Fix[] {
  const { release, build } = shipped
  if (app === undefined || release.app === undefined) return []
  const sources = sourcesOf(project, app)
  const task = sources.length === 0 ? 'phx.digest' : 'assets.deploy'
  const owner = task === 'phx.digest' || release.app.aliases.has(task) ? release.app : app
  if (task !== 'phx.digest' && !owner.aliases.has(task)) return []
  const folder = posix.relative(release.app.folder, owner.folder)
  const call = folder === '' ? `mix ${task}` : `cd ${folder} && mix ${task}`
  const run = runOf(build, release.step)
  // A change of folder is for an instruction of its own.
  if (folder !== '' && !(run && isAlone(run, release.step))) return []
  const edit = beforeStep(build, release.step, call)
  const copy = sources.length === 0 ? [] : copyOfAssets(app, shipped)
  if (edit === undefined || copy === undefined) return []
  const needsNode = entryAt(project.tree, posix.join(app.folder, 'assets/package.json')) !== undefined
  return [
    {
      title: `Run \`mix ${task}\` before \`mix release\``,
      safety: needsNode ? 'unsafe' : 'safe',
      edits: [...copy, edit],
    },
  ]
}

/** The COPY of `assets/` where the stage lacks it; undefined where none can be written. */
function copyOfAssets(app: MixApp, { release, build }: ShippedRelease): readonly Edit[] | undefined {
  const path = posix.join(app.folder, 'assets')
  const inStage = posix.join(release.project, posix.relative(release.app?.folder ?? '', app.folder), 'assets')
  const { origin } = locate(release.files, inStage, release.before)
  if (origin.kind !== 'absent') return origin.kind === 'removed' ? undefined : []
  const root = build.context.root
  const from = posix.relative(root, path)
  const run = runOf(build, release.step)
  if (run === undefined || from.startsWith('..') || build.context.typeOf(from) !== 'folder') return undefined
  return [linesAbove(run.span.source, run.span.start, `COPY ${from} ${inStage}`)]
}
