import { posix } from 'node:path'
import { besideCode } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import {
  bundles,
  digestsIn,
  isThere,
  mayMakeAssets,
  mixServersOf,
  reachesReleaseLater,
  releasesOf,
  type ShippedRelease,
  type StaticFolder,
  sourcesOf,
  stagesBehind,
  staticFoldersOf,
} from '../../model/facts/assets.ts'
import { hasOwnReleaseSteps } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import { locate } from '../../model/stage-files/locate.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Finding } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { assetsBefore } from '../edits/assets.ts'
import { assetsMissing } from '../in-image/assets.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'assets-missing',
  gotcha: 'assets',
  severity: 'error',
  fix: 'safe',
  noFix: 'a fix needs an alias `assets.deploy` in mix.exs and a plain `mix release`',
  summary: 'nothing builds the assets of the app',
  incident:
    'The app boots and logs one line about a manifest; every page is unstyled HTML, and CSS and JavaScript answer 404.',
  remedy: 'Run `mix assets.deploy` in the build, before `mix release`',
  why: `What browsers load is not in the repository: \`mix assets.deploy\` bundles \`assets/\` into \`priv/static\` and digests
it. \`mix release\` does not call it. Where no step of the build does, the release has no style sheets and no scripts.`,
  links: ['https://hexdocs.pm/phoenix/releases.html', 'https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Digest.html'],
  examples: [
    {
      title: 'compiled and released, and the assets forgotten',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix deps.get --
        RUN mix deps.get && mix compile`,
      bad: `
        -- Dockerfile: RUN mix assets.deploy … RUN mix release --
        RUN mix release
            ^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'digested, and nothing bundled before',
      on: 'assets',
      bad: `
        -- Dockerfile: RUN mix assets.deploy --
        RUN mix phx.digest
            ^^^^^^^^^^^^^^`,
    },
  ],
  checkImage: assetsMissing,
  *check(project) {
    for (const shipped of [...releasesOf(project), ...mixServersOf(project)]) {
      const { release, ships, build, deployment } = shipped
      const steps = [...[...stagesBehind(ships)].flatMap((stage) => stage.steps), ...deployment.start]
      if (
        [...build.steps, ...deployment.start].some(bundles) ||
        steps.some(mayMakeAssets) ||
        reachesReleaseLater(shipped)
      )
        continue
      const [digest] = digestsIn({ steps: [...build.steps, ...deployment.start] })
      for (const folder of staticFoldersOf(project, shipped)) {
        if (folder.app === undefined || folder.manifest.origin.kind === 'unknown') continue
        const sources = sourcesOf(project, folder.app)
        if (digest) {
          if (sources.length > 0 && !isBundled(project, folder, shipped)) yield emptyDigest(digest, sources)
          continue
        }
        const there = folder.wants === 'manifest' ? isThere(folder) : isBundled(project, folder, shipped)
        if (!there && !hasOwnReleaseSteps(release.app)) yield nothingBuilt(project, folder, shipped)
      }
    }
  },
})

/** Whether scripts or styles are among the files that the release takes from the repository. */
function isBundled(project: Project, folder: StaticFolder, { release }: ShippedRelease): boolean {
  const { origin } = locate(release.files, folder.path, release.before)
  if (origin.kind === 'unknown' || folder.app === undefined) return true
  const root = posix.join(folder.app.folder, 'priv/static')
  return project.tree.entries.some(
    ({ path, gitIgnored }) => !gitIgnored && path.startsWith(`${root}/`) && /\.(m?js|css)(\.gz)?$/.test(path),
  )
}

const emptyDigest = (digest: Step & { readonly words: string }, sources: readonly string[]): Finding => ({
  message: `\`${digest.words}\` digests a \`priv/static\` that holds no scripts and no styles: nothing bundles \`${sources[0]}\` before`,
  why: 'The app boots and every page is unstyled HTML: there is no CSS and no JavaScript.',
  span: digest.span,
  related: digest.via,
  severity: 'warning',
  certainty: 'likely',
})

function nothingBuilt(project: Project, folder: StaticFolder, shipped: ShippedRelease): Finding {
  const { release, deployment } = shipped
  const { runs } = deployment
  const wish = wishAt(deployment, folder)
  const [source] = folder.app ? sourcesOf(project, folder.app) : []
  const why =
    folder.wants === 'manifest'
      ? 'the endpoint looks for `cache_manifest.json`, and no step of the build digests the assets'
      : `no step of the build bundles \`${source}\``
  return {
    message: `the ${runs === 'mix' ? 'app' : 'release'} has no assets: ${why}`,
    ...(folder.wants === 'manifest'
      ? {}
      : { why: 'The app boots and every page is unstyled HTML: CSS and JavaScript answer 404.' }),
    span: release.step.span,
    related: [...release.step.via, ...(wish ? [{ span: wish, text: 'the manifest is asked for here' }] : [])],
    fixes: runs === 'mix' ? [] : assetsBefore(project, folder, shipped),
    ...(release.step.runs === 'always' && !builtOutside(project) ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

const wishAt = (deployment: Deployment, folder: StaticFolder): Span | undefined =>
  deployment.boot?.writes.findLast(
    (write) => write.path[0] === folder.app?.name && write.path.at(-1) === 'cache_static_manifest',
  )?.span

/** Whether a script of the project digests before the image is built, on the machine that builds. */
const builtOutside = (project: Project): boolean =>
  besideCode(project.tree).some(
    ({ path, text }) =>
      !/\.(exs|md|lock)$/.test(path) && /^[^#\n\r\u2028\u2029]*(phx\.digest|assets\.deploy)/m.test(text),
  )
