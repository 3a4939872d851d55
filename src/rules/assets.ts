import type { Release } from '../model/build/artifact.ts'
import type { Build } from '../model/build/image.ts'
import { releasesIn } from '../model/build/releases.ts'
import type { Step } from '../model/build/step.ts'
import type { Project } from '../model/project.ts'
import { textOf } from '../text/source.ts'

/** A release that ships, and the build that makes it. */
export interface ShippedRelease {
  readonly build: Build
  readonly release: Release
}

/** The releases that the deployments run, each once. */
export function releasesOf(project: Project): readonly ShippedRelease[] {
  const found = new Map<Step, ShippedRelease>()
  for (const { build, ships, release } of project.deployments) {
    if (build === undefined || ships === undefined) continue
    const shipped = release ?? releasesIn(ships.files)[0]?.release
    if (shipped) found.set(shipped.step, { build, release: shipped })
  }
  return [...found.values()]
}

/** The steps of a build that write a digest manifest, with their words as they are written. */
export function digestsIn(build: Build): readonly (Step & { readonly words: string })[] {
  return build.steps.flatMap((step) => {
    const { command } = step
    const digests = command.kind === 'mix' && /^(phx|phoenix)\.digest$|^assets\.deploy$/.test(command.task)
    return digests ? [{ ...step, words: textOf(step.span).replace(/\s+/g, ' ') }] : []
  })
}

/** Whether the app serves digested files: its endpoint names a manifest, it has assets, or none of it is in view. */
export function wantsManifest(project: Project, release: Release): boolean {
  if (release.app === undefined) return true
  const folders = [release.app, ...release.app.children].map((app) => (app.folder === '' ? '' : `${app.folder}/`))
  const assets = folders.some((folder) =>
    project.tree.entries.some((entry) => entry.path.startsWith(`${folder}assets/`)),
  )
  const manifest = [...project.elixir.values()].some(
    (file) => /(^|\/)config\//.test(file.source.path) && /^[^#\n]*cache_static_manifest:/m.test(file.source.text),
  )
  return assets || manifest
}
