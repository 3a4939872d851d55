import { posix } from 'node:path'
import {
  bundles,
  digestsIn,
  reachesReleaseLater,
  releasesOf,
  type ShippedRelease,
  type StaticFolder,
  stagesBehind,
  staticFoldersOf,
  wordsOf,
} from '../../model/facts/assets.ts'
import { hasOwnReleaseSteps } from '../../model/phoenix/mix.ts'
import { developmentWord } from '../../model/shipping/production.ts'
import { locate } from '../../model/stage-files/locate.ts'
import type { Step } from '../../model/stage-files/step.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'assets-left-behind',
  gotcha: 'assets',
  severity: 'error',
  summary: 'the assets are digested in a stage whose files never reach the release',
  incident: 'The build shows the digest going well, and in production every page is unstyled HTML.',
  remedy: 'Copy the digested `priv/static` into the stage that runs `mix release`, before it does',
  why: `Each stage of a Dockerfile has files of its own. What one stage digests is in the release only where the stage that
runs \`mix release\` starts from it, or copies its \`priv/static\` before.`,
  links: ['https://docs.docker.com/build/building/multi-stage/', 'https://hexdocs.pm/phoenix/releases.html'],
  examples: [
    {
      title: 'a stage for the assets that nobody copies from',
      on: 'assets',
      good: `
        -- Dockerfile --
        FROM elixir:1.18 AS assets
        WORKDIR /app
        COPY . .
        RUN mix deps.get && mix assets.deploy

        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        COPY --from=assets /app/priv/static priv/static
        RUN mix deps.get && mix release

        FROM debian:bookworm-slim
        WORKDIR /app
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop ./
        ENV LANG=C.UTF-8
        USER nobody
        CMD ["/app/bin/shop", "start"]`,
      bad: `
        -- Dockerfile: RUN mix deps.get && mix assets.deploy --
        RUN mix deps.get && mix assets.deploy
                            ^^^^^^^^^^^^^^^^^
        -- Dockerfile: COPY --from=assets /app/priv/static priv/static --`,
    },
    {
      title: 'digested in a stage that comes after the release',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix deps.get … RUN mix assets.deploy --
        RUN mix deps.get && mix assets.deploy`,
      bad: `
        -- Dockerfile: RUN mix deps.get && mix assets.deploy … RUN mix release --
        RUN mix deps.get && mix release
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM build AS assets
        RUN mix assets.deploy
            ^^^^^^^^^^^^^^^^^

        FROM debian:bookworm-slim`,
    },
  ],
  *check(project) {
    for (const shipped of releasesOf(project)) {
      const { release, build, ships } = shipped
      if (hasOwnReleaseSteps(release.app) || reachesReleaseLater(shipped)) continue
      const folders = staticFoldersOf(project, shipped).filter((folder) => isEmpty(folder, shipped))
      const own = digestsIn(build).filter(({ stage }) => stage === release.step.stage)
      const kept = own.filter((step) => !isInMount(step, shipped))
      if (folders.length === 0 || kept.length > 0) continue
      const isOfProduction = ({ stage }: Step) => {
        const { name } = build.stages[stage]?.stage ?? {}
        return name === undefined || developmentWord(name) === undefined
      }
      const behind = [...stagesBehind(ships)].map(({ stage }) => stage.index)
      const digest = digestsIn(build).findLast(isOfProduction)
      const left =
        digest ?? build.steps.findLast((one) => bundles(one) && !behind.includes(one.stage) && isOfProduction(one))
      if (left === undefined) continue
      const { name } = build.stages[left.stage]?.stage ?? {}
      const stage = name === undefined ? 'a stage' : `the stage \`${name}\``
      const where = own.some(({ id }) => id === left.id) ? 'a mount' : stage
      yield {
        message: `\`${wordsOf(left)}\` ${digest ? 'digests' : 'bundles'} the assets in ${where}, and they never reach the release`,
        span: left.span,
        related: [
          ...left.via,
          ...release.step.via,
          { span: release.step.span, text: 'the release is made here, without them' },
        ],
        ...(left.runs === 'always' && release.step.runs === 'always'
          ? {}
          : { severity: 'warning', certainty: 'likely' }),
      }
    }
  },
})

/** Whether a step of the stage of the release digests into a mount, which is gone after it. */
const isInMount = (step: Step, { release }: ShippedRelease): boolean =>
  release.files.writes.some(
    (write) => write.kind === 'made' && write.artifact.step.id === step.id && write.until !== undefined,
  )

/** Whether no manifest is there when the release is made, and none comes later. */
function isEmpty({ manifest, path, wants }: StaticFolder, { release, build }: ShippedRelease): boolean {
  const later = locate(release.files, posix.join(path, 'cache_manifest.json')).origin.kind
  const { kind } = manifest.origin
  if (kind === 'made' || kind === 'context' || later === 'made') return false
  if (kind !== 'unknown') return true
  return wants === 'unknown' && build.context.typeOf('priv/static') === 'unseen' && !copiesStatic(release, path)
}

/** Whether static files come from somewhere that is not in view. */
const copiesStatic = ({ files }: ShippedRelease['release'], path: string): boolean =>
  files.writes.some(
    (write) =>
      (write.kind === 'unknown' || (write.kind === 'copy' && write.from.in !== 'context')) &&
      (write.target.startsWith(path) || path.startsWith(`${write.target}/`)),
  )
