import { posix } from 'node:path'
import { isComposeFile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import type { PlatformFile } from './types.ts'

const isFly = (path: string): boolean => /^fly(\.[\w.-]+)?\.toml$/.test(posix.basename(path))

/** What a manifest of Kubernetes begins its objects with; a template of Helm is none. */
const isManifest = (path: string, text: string): boolean =>
  /\.ya?ml$/.test(path) &&
  !isComposeFile(path) &&
  /^[ \t]*(-[ \t]+)?["']?apiVersion["']?[ \t]*:/m.test(text) &&
  !text.includes('{{')

/** Reads what the files of platforms in a tree say. The reader of a platform is loaded only where there is such a file. */
export async function readPlatforms({ sources, entries }: Tree): Promise<readonly PlatformFile[]> {
  const paths = new Set(entries.flatMap(({ kind, path }) => (kind === 'file' ? [path] : [])))
  const fly = sources.filter(({ path }) => isFly(path))
  const manifests = sources.filter(({ path, text }) => isManifest(path, text))
  const charts = [...paths].filter((path) => posix.basename(path) === 'Chart.yaml')
  return [
    ...(fly.length === 0 ? [] : (await import('./fly.ts')).readFlies(fly, (path) => paths.has(path))),
    ...(manifests.length === 0 ? [] : (await import('./kubernetes/read.ts')).readKubernetes(manifests, paths)),
    ...charts.map(unreadChart),
  ]
}

/** A chart of Helm: its templates are made into manifests elsewhere. */
const unreadChart = (path: string): PlatformFile => ({
  platform: 'kubernetes',
  path,
  calls: [],
  damage: undefined,
  leftOut: [{ what: `the chart \`${posix.dirname(path)}\``, reason: 'templates of Helm are not read' }],
})
