import { atRelease } from '../model/build/release-files.ts'
import type { Project } from '../model/project.ts'
import type { Finding } from '../text/diagnostic.ts'
import { digestsIn, releasesOf, wantsManifest } from './assets.ts'
import { defineRule } from './rule.ts'

export default defineRule({
  id: 'assets-after-release',
  gotcha: 'assets',
  severity: 'error',
  summary: '`mix assets.deploy` runs after `mix release`',
  incident: 'The app boots and every page is unstyled HTML: CSS and JavaScript answer 404.',
  why: `A release is a copy of \`priv/static\` as it is at the moment when \`mix release\` runs. What is bundled and
digested afterwards stays behind in the build stage and never reaches the image.`,
  links: ['https://hexdocs.pm/phoenix/releases.html', 'https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Digest.html'],
  examples: [
    {
      title: 'deployed too late',
      bad: `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix deps.get && mix compile
        RUN mix release
            ^^^^^^^^^^^
        RUN mix assets.deploy

        FROM debian:bookworm-slim
        WORKDIR /app
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop ./
        USER nobody
        CMD ["/app/bin/server"]
      `,
      good: `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix deps.get && mix compile
        RUN mix assets.deploy
        RUN mix release

        FROM debian:bookworm-slim
        WORKDIR /app
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop ./
        USER nobody
        CMD ["/app/bin/server"]
      `,
    },
  ],
  *check(project: Project): Iterable<Finding> {
    for (const { build, release } of releasesOf(project)) {
      const manifest = atRelease(release, 'priv/static/cache_manifest.json').origin
      if (manifest.kind === 'made' || !wantsManifest(project, release)) continue
      const late = digestsIn(build).find((step) => step.stage === release.step.stage && step.id > release.step.id)
      if (late === undefined) continue
      yield {
        message: `\`mix release\` copies \`priv/static\` before \`${late.words}\` has filled it`,
        span: release.step.span,
        related: [
          ...release.step.via,
          { span: late.span, text: 'the assets are digested here, too late' },
          ...late.via,
        ],
      }
    }
  },
})
