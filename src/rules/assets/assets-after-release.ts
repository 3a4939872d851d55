import {
  digestsIn,
  isThere,
  reachesReleaseLater,
  releasesOf,
  type ShippedRelease,
  type StaticFolder,
  staticFoldersOf,
  wordsOf,
} from '../../model/facts/assets.ts'
import { locate } from '../../model/stage-files/locate.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { movedBefore } from '../edits/move-step.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'assets-after-release',
  gotcha: 'assets',
  severity: 'error',
  fix: 'safe',
  noFix: 'only commands of one stage and one folder that stand in the Dockerfile itself can change places',
  summary: '`mix assets.deploy` runs after `mix release`',
  incident: 'The app boots and every page is unstyled HTML: CSS and JavaScript answer 404.',
  remedy: 'Move `mix assets.deploy` above `mix release`',
  why: `A release is a copy of \`priv/static\` as it is at the moment when \`mix release\` runs. What is bundled and
digested afterwards stays behind in the build stage and never reaches the image.`,
  links: ['https://hexdocs.pm/phoenix/releases.html', 'https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Digest.html'],
  examples: [
    {
      title: 'deployed too late',
      on: 'assets',
      good: `
        -- mix.exs --
        (removed)
        -- Dockerfile: RUN mix deps.get --
        RUN mix deps.get && mix compile`,
      bad: `
        -- Dockerfile: RUN mix assets.deploy … RUN mix release --
        RUN mix release
            ^^^^^^^^^^^
        RUN mix assets.deploy`,
      fixed: true,
    },
    {
      title: 'too late in a script',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix deps.get … RUN mix release --
        RUN mix deps.get && ./build.sh
        -- build.sh --
        #!/bin/sh
        set -e
        mix compile
        mix assets.deploy
        mix release`,
      bad: `
        -- build.sh: mix assets.deploy … mix release --
        mix release
        ^^^^^^^^^^^
        mix assets.deploy`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const shipped of releasesOf(project)) {
      const { release } = shipped
      for (const folder of staticFoldersOf(project, shipped)) {
        if (isThere(folder) || reachesReleaseLater(shipped)) continue
        const late = lateIn(folder, shipped)
        if (late === undefined) continue
        const { step, cause } = late
        const certain = release.step.runs === 'always' && step.runs === 'always'
        yield {
          message: `\`mix release\` copies \`priv/static\` before \`${wordsOf(step)}\` has filled it`,
          span: release.step.span,
          related: [
            ...release.step.via,
            { span: step.span, text: `the assets are digested here${cause ? '' : ', too late'}` },
            ...step.via,
            ...(cause ? [{ span: cause.span, text: 'they are copied here, too late' }] : []),
          ],
          fixes: fixesFor(late.step, shipped),
          ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
        }
      }
    }
  },
})

/** The digest that comes to the folder after the release was assembled, and the copy that brings it from another stage. */
function lateIn(folder: StaticFolder, { release, build }: ShippedRelease) {
  const { origin, causes } = locate(release.files, `${folder.path}/cache_manifest.json`)
  if (origin.kind === 'made' && origin.artifact.kind === 'digest') {
    const { step } = origin.artifact
    return { step, cause: step.stage === release.step.stage ? undefined : causes[0] }
  }
  if (folder.app !== undefined) return undefined
  const step = digestsIn(build).find((one) => one.stage === release.step.stage && one.id > release.step.id)
  return step && { step, cause: undefined }
}

function fixesFor(digest: Step, { release, build }: ShippedRelease): readonly Fix[] {
  const edits = digest.stage === release.step.stage ? movedBefore(build, release.step, digest) : undefined
  return edits ? [{ title: `Run \`${wordsOf(digest)}\` before \`mix release\``, safety: 'safe', edits }] : []
}
