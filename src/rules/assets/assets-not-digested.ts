import {
  bundles,
  digestsIn,
  isThere,
  mayMakeAssets,
  reachesReleaseLater,
  releasesOf,
  type ShippedRelease,
  stagesBehind,
  staticFoldersOf,
  wordsOf,
} from '../../model/facts/assets.ts'
import { hasOwnReleaseSteps } from '../../model/phoenix/mix.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { beforeStep } from '../edits/before-step.ts'
import { assetsNotDigested } from '../in-image/assets.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'assets-not-digested',
  gotcha: 'assets',
  severity: 'error',
  fix: 'safe',
  noFix: 'the bundle is made in another stage than the release, or out of view',
  summary: 'the assets are bundled and never digested',
  incident:
    'The app logs that it could not warm up static assets, and browsers keep old scripts after each deployment.',
  remedy: 'Run `mix phx.digest` after the bundle is made and before `mix release`',
  why: `An endpoint with \`cache_static_manifest\` asks the manifest for the name of each file, such as
\`app-ED3E9AE2.js\`. Only \`mix phx.digest\` writes it. Without it the pages name \`app.js\`, which browsers and proxies keep
for as long as they like.`,
  links: ['https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Digest.html'],
  examples: [
    {
      title: 'esbuild alone',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix assets.deploy --
        RUN mix esbuild shop --minify
        RUN mix phx.digest`,
      bad: `
        -- Dockerfile: RUN mix esbuild shop --minify … RUN mix phx.digest --
        RUN mix esbuild shop --minify
            ^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'Vite in a stage of its own',
      on: 'assets',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM node:24 AS web
        WORKDIR /web
        COPY assets .
        RUN npm ci && npx vite build

        FROM elixir:1.18 AS build
        -- Dockerfile: RUN mix deps.get … RUN mix release --
        COPY --from=web /web/dist priv/static/assets
        RUN mix phx.digest
        RUN mix deps.get && mix release`,
      bad: `
        -- Dockerfile: RUN npm ci && npx vite build --
        RUN npm ci && npx vite build
                      ^^^^^^^^^^^^^^
        -- Dockerfile: RUN mix phx.digest --`,
    },
  ],
  checkImage: assetsNotDigested,
  *check(project) {
    for (const shipped of releasesOf(project)) {
      const { release, ships, build } = shipped
      if (digestsIn(build).length > 0 || hasOwnReleaseSteps(release.app) || reachesReleaseLater(shipped)) continue
      const steps = [...stagesBehind(ships)].flatMap((stage) => stage.steps)
      if (steps.some((step) => !bundles(step) && mayMakeAssets(step))) continue
      const bundle = steps.findLast((step) => bundles(step) && step.lost === undefined)
      const folder = staticFoldersOf(project, shipped).find(({ wants }) => wants === 'manifest')
      if (!bundle || !folder || isThere(folder) || folder.manifest.origin.kind === 'unknown') continue
      yield {
        message: `\`${wordsOf(bundle)}\` bundles the assets, and no step digests them for \`cache_static_manifest\``,
        span: bundle.span,
        related: [
          ...bundle.via,
          ...release.step.via,
          { span: release.step.span, text: 'the release is made here, without a manifest' },
          ...(folder.wanted ? [{ span: folder.wanted.span, text: 'the manifest is asked for here' }] : []),
        ],
        fixes: fixesFor(bundle, shipped),
        ...(release.step.runs === 'always' ? {} : { severity: 'warning', certainty: 'likely' }),
      }
    }
  },
})

function fixesFor(bundle: Step, { build, release }: ShippedRelease): readonly Fix[] {
  const edit = bundle.stage === release.step.stage ? beforeStep(build, release.step, 'mix phx.digest') : undefined
  return edit ? [{ title: 'Run `mix phx.digest` before `mix release`', safety: 'safe', edits: [edit] }] : []
}
