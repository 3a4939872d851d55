import { posix } from 'node:path'
import { isComposeFile, isWorkflow } from '../../files/names.ts'
import { besideCode, entriesBesideCode, sourceAt, type Tree } from '../../files/tree.ts'
import type { PlatformFile } from './types.ts'

const isFly = (path: string): boolean => /^fly(\.[\w.-]+)?\.toml$/.test(posix.basename(path))

/** What a manifest of Kubernetes begins its objects with; a template of Helm is none. */
const isManifest = (path: string, text: string): boolean =>
  /\.ya?ml$/.test(path) &&
  !isComposeFile(path) &&
  /^[ \t]*(-[ \t]+)?["']?apiVersion["']?[ \t]*:/m.test(text) &&
  !text.includes('{{')

/** What a workflow says that builds an image. */
const builds = /build-push-action|\b(docker|podman|nerdctl)\s+(buildx\s+|image\s+)?build\b/

const isKamal = (path: string, text: string): boolean =>
  /(^|\/)config\/deploy(\.[\w-]+)?\.ya?ml$/.test(path) && /^service:/m.test(text)

/** Reads what the files of platforms in a tree say. The reader of a platform is loaded only where there is such a file. */
export async function readPlatforms(tree: Tree): Promise<readonly PlatformFile[]> {
  const sources = besideCode(tree)
  const paths = new Set(tree.entries.flatMap(({ kind, path }) => (kind === 'file' ? [path] : [])))
  const isThere = (path: string) => paths.has(path)
  const others = entriesBesideCode(tree).flatMap(({ kind, path }) => (kind === 'file' ? [path] : []))
  const at = (path: string) => sourceAt(tree, path)
  const named = (name: RegExp) => sources.filter(({ path }) => name.test(posix.basename(path)))
  const fly = sources.filter(({ path }) => isFly(path))
  const manifests = sources.filter(({ path, text }) => isManifest(path, text))
  const kamal = sources.filter(({ path, text }) => isKamal(path, text))
  const render = named(/^render\.ya?ml$/)
  const heroku = named(/^heroku\.ya?ml$/)
  const apps = named(/^app\.json$/)
  const bake = named(/^docker-bake(\.override)?\.(hcl|json)$/)
  const workflows = sources.filter(({ path, text }) => isWorkflow(path) && builds.test(text))
  return [
    ...(fly.length === 0 ? [] : (await import('./fly.ts')).readFlies(fly, isThere)),
    ...(manifests.length === 0 ? [] : (await import('./kubernetes/read.ts')).readKubernetes(manifests, paths)),
    ...(kamal.length === 0 ? [] : (await import('./kamal/read.ts')).readKamal(kamal, isThere, at)),
    ...(render.length === 0 ? [] : (await import('./render.ts')).readRender(render)),
    ...(heroku.length === 0 ? [] : (await import('./heroku.ts')).readHeroku(heroku)),
    ...(apps.length === 0 ? [] : (await import('./heroku.ts')).readDokku(apps, at)),
    ...(bake.length === 0 ? [] : (await import('./bake.ts')).readBake(bake)),
    ...(workflows.length === 0 ? [] : (await import('./workflow/read.ts')).readWorkflows(workflows)),
    ...others.filter((path) => posix.basename(path) === 'Chart.yaml').map(unreadChart),
    ...unreadTerraform(others),
  ]
}

/** A file of which nothing is read but its name. */
const unread = (path: string, what: string, reason: string): PlatformFile => ({
  platform: 'kubernetes',
  path,
  calls: [],
  builds: [],
  damage: undefined,
  leftOut: [{ what, reason }],
})

/** A chart of Helm: its templates are made into manifests elsewhere. */
const unreadChart = (path: string): PlatformFile =>
  unread(path, `the chart \`${posix.dirname(path)}\``, 'templates of Helm are not read')

/** The folders with files of Terraform or OpenTofu, which may start the app as well. */
function unreadTerraform(paths: readonly string[]): readonly PlatformFile[] {
  const own = paths.filter((path) => /\.(tf|tofu)(\.json)?$/.test(path) && !/(^|\/)\.terraform\//.test(path))
  return [...new Set(own.map(posix.dirname))].map((folder) =>
    unread(
      folder,
      folder === '.' ? 'what Terraform starts' : `what Terraform starts (\`${folder}\`)`,
      'its files are not read',
    ),
  )
}
