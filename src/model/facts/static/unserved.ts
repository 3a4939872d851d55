import { posix } from 'node:path'
import type { Tree } from '../../../files/tree.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { oncePer } from '../../../text/once.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { routersIn } from '../../phoenix/answer.ts'
import { mentionsPath, plugsIn } from '../../phoenix/plugs.ts'
import { matches, routesOf } from '../../phoenix/router.ts'
import type { Project } from '../../project/project.ts'
import { digestsIn } from '../assets.ts'
import { type AskedFile, askedFilesIn } from './asked.ts'
import { isServed, type ServedNames, servedBy } from './served.ts'

/** Static files that pages ask for and that an endpoint answers with 404. */
export interface Unserved {
  readonly endpoint: ModuleDefinition
  /** Of which the first part is not served. */
  readonly missing: readonly AskedFile[]
  /** Of which the name is served, and not the one that the digest gives them. */
  readonly digested: readonly AskedFile[]
  /** What is served at the root. */
  readonly served: ServedNames
}

/** The static files that the pages of the deployments ask for and that nobody in view serves. */
export const unservedFiles = oncePer((project: Project): readonly Unserved[] => {
  const done = new Set<ModuleDefinition>()
  return servesFiles(project.tree)
    ? []
    : project.deployments.flatMap((deployment) =>
        (deployment.boot?.endpoints ?? []).flatMap((configured): readonly Unserved[] => {
          const { module: endpoint } = configured
          if (endpoint === undefined || done.has(endpoint) || configured.at('static_url') !== undefined) return []
          done.add(endpoint)
          const isLookedUp = configured.at('cache_static_manifest')?.kind === 'binary' && digests(deployment)
          return ofEndpoint(endpoint, isLookedUp, deployment, project.tree)
        }),
      )
})

function ofEndpoint(
  endpoint: ModuleDefinition,
  isDigesting: boolean,
  { code }: Deployment,
  tree: Tree,
): readonly Unserved[] {
  const told = servedBy(endpoint, code)
  const all = told.kind === 'known' ? told.value : []
  const served = all.find(({ at, only }) => at === '' && only !== undefined)
  const [lib] = /^(.*\/)?lib(?=\/)/.exec(endpoint.nameSpan.source.path) ?? []
  if (served === undefined || lib === undefined) return []
  const routes = routersIn(code).flatMap((router) => routesOf(router))
  const plugs = plugsIn(endpoint.body, endpoint, code).flatMap(({ handler }) => handler?.module.body ?? [])
  const asked = askedFilesIn(lib, tree).filter(
    ({ path }) => !routes.some((route) => matches(route, path)) && !mentionsPath(plugs, path),
  )
  const isThere = (name: string) =>
    ['priv/static', 'assets/static'].some((one) => pathsOf(tree).has(posix.join(posix.dirname(lib), one, name)))
  const missing = asked.filter(({ path }) => !isServed(path, all))
  const digested = asked.filter(({ path, isLookedUp }) => {
    const { dir, name, ext, base } = posix.parse(path)
    if (!isDigesting || !isLookedUp || dir !== '/' || !isServed(path, all) || !isThere(base)) return false
    return !isServed(`/${name}-0123456789abcdef0123456789abcdef${ext}`, all)
  })
  return missing.length + digested.length > 0 ? [{ endpoint, missing, digested, served }] : []
}

const pathsOf = oncePer(({ entries }: Tree): ReadonlySet<string> => new Set(entries.map(({ path }) => path)))

const digests = ({ build }: Deployment): boolean => build !== undefined && digestsIn(build).length > 0

/** Whether a web server whose settings are in view may answer for files. */
const servesFiles = ({ sources }: Tree): boolean =>
  sources.some(
    ({ path, text }) =>
      /nginx|caddy|apache|httpd|traefik/i.test(path) &&
      /\b(root|alias|try_files|file_server|DocumentRoot)\b/.test(text),
  )
