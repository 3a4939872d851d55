import { posix } from 'node:path'
import { below, locate, type Write } from '../model/build/files.ts'
import type { Build, BuiltStage } from '../model/build/image.ts'
import { lineageOf, mixInImage } from '../model/build/mix-there.ts'
import { type PlacedRelease, releasesIn } from '../model/build/releases.ts'
import type { Finding } from '../text/diagnostic.ts'
import type { CopyInstruction } from '../languages/dockerfile/types.ts'
import { stagesBehind } from './assets.ts'
import { assetsImage } from './example-parts.ts'
import { defineRule } from './rule.ts'

const build = `
        RUN mix deps.get && mix assets.deploy
        RUN mix release`

export default defineRule({
  id: 'release-not-shipped',
  gotcha: 'assets',
  severity: 'error',
  summary: 'the image copies a release from where none was made',
  incident: 'The build stops at the COPY because the folder is not there, or ships what an older build left behind.',
  why: `\`mix release NAME\` writes to \`_build/MIX_ENV/rel/NAME\` of the stage in which it runs. A COPY has to name that stage,
that environment and that name.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html',
    'https://docs.docker.com/build/building/multi-stage/#use-an-external-image-as-a-stage',
  ],
  examples: [
    {
      title: 'the folder of another environment',
      bad: assetsImage(build)
        .replace('ENV MIX_ENV=prod', 'ENV MIX_ENV=staging')
        .replace(
          '_build/prod/rel/shop ./',
          '_build/prod/rel/shop ./\n                          ^^^^^^^^^^^^^^^^^^^^^^^^^',
        ),
      good: assetsImage(build)
        .replace('ENV MIX_ENV=prod', 'ENV MIX_ENV=staging')
        .replace('_build/prod/rel', '_build/staging/rel'),
    },
  ],
  *check(project) {
    for (const { ships, build: image } of project.deployments) {
      if (ships === undefined || image === undefined) continue
      for (const stage of stagesBehind(ships)) for (const write of stage.files.writes) yield* against(write, stage, image)
    }
  },
})

function* against(write: Write, stage: BuiltStage, build: Build): Iterable<Finding> {
  if (write.kind !== 'copy' || write.from.in !== 'stage' || write.until !== undefined) return
  const { files, path } = write.from
  if (!/\/_build\/[^/]+\/rel(\/[^/]+)?$/.test(path)) return
  const { origin } = locate(files, path)
  const placed = releasesIn(files)
  if (origin.kind !== 'absent' && origin.kind !== 'removed') return
  if (placed.some(({ target }) => below(path, target) !== undefined)) return
  const source = build.stages.find((one) => one.files === files)
  const instruction = stage.stage.instructions.find(
    (one): one is CopyInstruction => one.keyword === 'COPY' && one.span.start === write.cause.span.start,
  )
  const word = instruction?.sources.find((one) => one.text.replace(/\/+$/, '').endsWith(posix.basename(path)))
  if (source === undefined || lineageOf(source).some((one) => one.steps.some(mayRelease))) return
  const why = reasonFor(path, placed, source)
  yield {
    message: `there is no release in \`${path}\`: ${why.text}`,
    span: word?.span ?? write.cause.span,
    related: why.release ? [...why.release.step.via, { span: why.release.step.span, text: 'the release is made here' }] : [],
    ...(why.release || mixInImage(build.dockerfile, lineageOf(source).at(-1) ?? source) !== 'unknown'
      ? {}
      : { severity: 'warning', certainty: 'likely' }),
  }
}

function reasonFor(path: string, placed: readonly PlacedRelease[], source: BuiltStage) {
  const [other] = placed
  const name = source.stage.name === undefined ? 'that stage' : `the stage \`${source.stage.name}\``
  if (other === undefined) return { text: `${name} does not run \`mix release\``, release: undefined }
  return { text: `${name} makes it in \`${other.target}\``, release: other.release }
}
