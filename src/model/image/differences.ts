import { posix } from 'node:path'
import type { FileEntry } from '../../files/image/types.ts'
import { sourceAt } from '../../files/tree.ts'
import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { moduleName } from '../../languages/elixir/syntax/module-name.ts'
import { equalValues } from '../../languages/elixir/values/compare.ts'
import { isOpen } from '../../languages/elixir/values/map.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { type Source, type Span, span, startsOfLines, wholeOf } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { trailOf } from '../boot/trail.ts'
import type { Project } from '../project/project.ts'
import { overlayOf } from '../stage-files/release-files.ts'
import { configDifferences } from './config-differences.ts'
import type { Image } from './image.ts'
import { headOf, resolvePath, sourceOf, textOfEntry } from './place.ts'

/** The deployment of a project that an image most likely is: that of its release, a bare image before a service. */
function deploymentFor(image: Image, { deployments }: Project): Deployment | undefined {
  const name = image.release?.name
  const same = deployments.filter(({ release, app }) => (release?.name ?? app?.name) === name)
  const candidates = same.length > 0 ? same : deployments
  return candidates.find(({ service }) => service === undefined) ?? candidates[0]
}

/** What in an image is other than in the sources that it should have been built from. */
export function* differencesOf(image: Image, project: Project): Iterable<Finding> {
  const deployment = deploymentFor(image, project)
  if (deployment === undefined) return
  yield* configDifferences(image, deployment)
  if (image.release === undefined) return
  yield* versionDifference(image, deployment)
  yield* scriptDifferences(image, deployment, project)
  yield* assetDifferences(image, deployment, project)
  yield* compiledDifferences(image, deployment)
}

function* versionDifference({ release, saved }: Image, { app, release: own }: Deployment): Iterable<Finding> {
  if (release === undefined || app?.file === undefined) return
  const { source } = app.file
  if (own && own.name !== '' && own.name !== release.name) {
    const message = `the release in the image is \`${release.name}\`, and the sources make \`${own.name}\``
    yield { message, span: headOf(saved, release.start), related: [{ span: own.step.span, text: 'it is made here' }] }
    return
  }
  const written = /\bversion:\s*"([^"]+)"|@version\s+"([^"]+)"/.exec(source.text)
  const version = written?.[1] ?? written?.[2]
  if (written === null || version === undefined || version === release.version) return
  yield {
    message: `the image has version ${release.version} of \`${release.name}\`, and the sources are version ${version}`,
    span: headOf(saved, release.start),
    related: [
      { span: span(source, written.index, written.index + written[0].length), text: 'the version of the sources' },
    ],
  }
}

/** runtime.exs, and what `rel/overlays` brings. */
function* scriptDifferences(image: Image, deployment: Deployment, project: Project): Iterable<Finding> {
  const { release, saved } = image
  if (release === undefined) return
  const at = (path: string) => sourceAt(project.tree, path)
  const folder = deployment.app?.folder ?? ''
  const runtime = at(posix.join(folder, 'config/runtime.exs'))
  if (runtime)
    yield* differenceOf(runtime, release.runtime, `${release.root}/releases/${release.version}/runtime.exs`, image)
  const overlays = posix.join(folder, 'rel/overlays')
  for (const { path, kind } of project.tree.entries) {
    if (kind !== 'file' || !path.startsWith(`${overlays}/`)) continue
    const rest = path.slice(overlays.length + 1)
    const source = at(path)
    if (!source || (deployment.release && overlayOf(deployment.release, rest).origin.kind === 'absent')) continue
    const place = `${release.root}/${rest}`
    yield* differenceOf(source, resolvePath(saved, place), place, image)
  }
}

function* differenceOf(source: Source, entry: FileEntry | undefined, place: string, image: Image): Iterable<Finding> {
  if (entry === undefined) {
    const message = `\`${source.path}\` of the sources is not in the image as \`${place}\``
    yield {
      message,
      span: image.release ? headOf(image.saved, image.release.start) : wholeOf(image.config),
      related: [{ span: lineAt(source, 0), text: 'the file' }],
    }
    return
  }
  const text = textOfEntry(entry)
  if (text === undefined || text === source.text) return
  const lines = text.split('\n')
  const line = source.text.split('\n').findIndex((one, index) => one !== lines[index])
  const at = line < 0 ? Math.max(0, lines.length - 1) : line
  yield {
    message: `\`${entry.path}\` is not the \`${source.path}\` of the sources`,
    span: lineAt(sourceOf(image.saved, entry), at),
    related: [{ span: lineAt(source, at), text: 'the sources have this' }],
  }
}

function lineAt(source: Source, line: number): Span {
  const starts = startsOfLines(source)
  const start = starts[Math.min(line, starts.length - 1)] ?? 0
  const [text = ''] = /^[^\r\n]*/.exec(source.text.slice(start)) ?? []
  return span(source, start, start + text.length)
}

/** Files of priv/static that the sources keep: they are there, with the same size. */
function* assetDifferences({ release, saved }: Image, { app }: Deployment, project: Project): Iterable<Finding> {
  const version = app?.name === undefined ? undefined : release?.apps.get(app.name)
  if (release === undefined || app?.name === undefined || version === undefined) return
  const folder = posix.join(app.folder, 'priv/static')
  for (const { path, kind, size, gitIgnored } of project.tree.entries) {
    if (kind !== 'file' || gitIgnored || !path.startsWith(`${folder}/`)) continue
    const place = `${release.root}/lib/${app.name}-${version}/priv/static/${path.slice(folder.length + 1)}`
    const entry = resolvePath(saved, place)
    if (entry?.size === size) continue
    const what = entry
      ? `has ${entry.size} bytes, and \`${path}\` of the sources ${size}`
      : `is not in the image, and \`${path}\` is in the sources`
    yield { message: `\`${place}\` ${what}`, span: headOf(saved, entry ?? release.start) }
  }
}

/** Values of the config that was compiled in, where both sides know them. Values are not said: they may be secrets. */
function* compiledDifferences({ release, saved }: Image, { boot }: Deployment): Iterable<Finding> {
  const built = boot?.build
  if (built?.outcome.kind !== 'ok' || release?.config === undefined || release.sysConfig === undefined) return
  const seen = new Set<string>()
  for (const { path } of built.writes) {
    const key = path.join('/')
    const ours = configAt(built.config, path)
    if (seen.has(key) || ours === undefined || isOpen(ours) || ours.kind === 'function') continue
    seen.add(key)
    const theirs = configAt(release.config.config, path)
    if (theirs && (isOpen(theirs) || equalValues(ours, theirs))) continue
    const place = trailOf(ours)[0]?.span
    const name = path.map(moduleName).join('.')
    yield {
      message: theirs
        ? `\`${name}\` in the image is not what the config of the sources says`
        : `the image has no \`${name}\`, which the config of the sources sets`,
      span: (theirs && trailOf(theirs)[0]?.span) ?? headOf(saved, release.sysConfig),
      related: place ? [{ span: place, text: 'the sources have this' }] : [],
    }
  }
}
