import { danglingIn, isMadeHere, missingBuilds } from '../../model/facts/references.ts'
import type { Project } from '../../model/project/project.ts'
import type { Dangling } from '../../model/stage-files/types.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-stage',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'a stage is named that the Dockerfile does not have',
  incident:
    'The build stops: Docker takes the name for that of an image and finds none, or says that the target is missing.',
  remedy: 'Use the name of a stage of this Dockerfile',
  why: `\`COPY --from\`, \`FROM\` and \`--mount=from\` name an earlier stage; what is the name of none is taken for an image, which
Docker pulls. \`target\` of a compose file names a stage as well. All other checks go on as if the nearest name were meant.`,
  links: [
    'https://docs.docker.com/build/building/multi-stage/',
    'https://docs.docker.com/reference/compose-file/build/#target',
  ],
  examples: [
    {
      title: 'in the Dockerfile',
      on: 'phoenix',
      bad: `
        -- Dockerfile: --from=build --
        --from=biuld
               ^^^^^
      `,
    },
    {
      title: 'in the compose file',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build:
              context: .
              target: final
            healthcheck:
              disable: true
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bookworm-slim AS final
      `,
      bad: `
        -- compose.yaml: target: final --
        target: finl
                ^^^^
      `,
    },
  ],
  *check(project) {
    for (const { reference } of danglingIn(project)) {
      if (reference.kind !== 'stage') continue
      const found = againstStage(reference, project)
      if (found) yield found
    }
    for (const { service, reference } of missingBuilds(project)) {
      const { kind, name, span, near } = reference
      if (kind === 'stage')
        yield {
          message: `${service} is built to the stage \`${name}\`, which the Dockerfile does not have${meant(near)}`,
          span,
        }
    }
  },
})

type LostStage = Extract<Dangling, { kind: 'stage' }>

/** Without a stage of nearly that name it may be an image that somebody has made on this machine. */
function againstStage({ name, near, path, span }: LostStage, project: Project): Finding | undefined {
  if (path !== undefined)
    return {
      message: `the build context has no \`${path}\`; the stage \`${near}\` has it`,
      why: 'The build stops here: without `--from`, COPY takes what lies in the project.',
      remedy: `Write \`COPY --from=${near}\``,
      span,
    }
  if (near !== undefined)
    return {
      message: `no stage above is called \`${name}\`, and Docker Hub has no image of that name${meant(near)}`,
      span,
    }
  if (isMadeHere(name, project)) return undefined
  const message = `\`${name}\` is neither a stage above nor an image of Docker Hub`
  return { message, span, severity: 'warning', certainty: 'likely' }
}
