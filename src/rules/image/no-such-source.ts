import { posix } from 'node:path'
import { isGithubWorkflow } from '../../files/names.ts'
import { besideCode } from '../../files/tree.ts'
import { lostSourcesOf } from '../../model/facts/lost/sources.ts'
import { type DanglingIn, danglingIn, isMadeBefore, isSpokenOf } from '../../model/facts/references.ts'
import type { Project } from '../../model/project/project.ts'
import { madeByPrograms } from '../../model/stage-files/missing.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-source',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'COPY of something that the build context, or the stage, does not have',
  incident: 'The build stops at the COPY: `failed to compute cache key: … not found`.',
  remedy: 'Mend the path, or let .dockerignore pass the file',
  why: `COPY and ADD take from the build context, which is the folder that \`docker build\` or \`context\` of a compose file names,
without what \`.dockerignore\` leaves out. A path that is not there stops the build; only a wildcard may find nothing.
What git ignores is not in the checkout of anybody else, nor in that of CI.
\`COPY --from\` takes from what a stage has made.`,
  links: [
    'https://docs.docker.com/reference/dockerfile/#copy',
    'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  ],
  examples: [
    {
      title: 'a folder of another name',
      on: 'phoenix',
      good: `
        -- Dockerfile: COPY . . --
        COPY mix.exs ./
        COPY config config
        COPY lib lib
      `,
      bad: `
        -- Dockerfile: COPY lib --
        COPY libs
             ^^^^
      `,
    },
    {
      title: 'left out by .dockerignore',
      on: 'phoenix',
      good: `
        -- Dockerfile: COPY . . --
        COPY mix.exs ./
        COPY config config
        COPY lib lib
        -- .dockerignore --
        test
      `,
      bad: `
        -- .dockerignore --
        lib
        ^^^
      `,
    },
  ],
  *check(project) {
    const all = danglingIn(project)
    for (const one of all) {
      const found = against(one, project)
      if (found) yield found
    }
    for (const { word, path, from, near, inContext, removed, sure } of project.deployments.flatMap(lostSourcesOf)) {
      const stage = from.stage.name === undefined ? 'the stage' : `the stage \`${from.stage.name}\``
      yield {
        message: `the build stops here: ${stage} has no \`${path}\`${meant(near)}`,
        why: 'Docker looks for it in what the stage has made, and stops where it is not there.',
        remedy: inContext ? `Copy \`${inContext}\` into the stage as well` : 'Mend the path, or make the file there',
        span: word.span,
        related: removed
          ? [{ span: removed.span, text: 'it is removed here' }]
          : [{ span: from.stage.from.span, text: 'this is the stage' }],
        ...(sure ? {} : { severity: 'warning', certainty: 'likely' }),
      }
    }
  },
})

function against({ reference, deployment }: DanglingIn, project: Project): Finding | undefined {
  if (reference.kind === 'local') return isBuiltOutside(deployment) ? undefined : againstLocal(reference, project)
  if (reference.kind !== 'source') return undefined
  const { path, span, missing } = reference
  if (missing.kind === 'ignored') {
    const message = `the build stops: \`${missing.by.source.path}\` leaves \`${path}\` out of its context`
    const found = isKeptOut.test(path)
      ? { message, span, related: [{ span: missing.by, text: 'this line leaves it out' }] }
      : { message, span: missing.by, related: [{ span, text: 'it is copied here' }] }
    const isLocal = madeByPrograms.test(path) && deployment.service?.build?.context === undefined
    if (isLocal && isFedByJob(deployment, project)) return undefined
    // What a machine has built may be sent to another one, where no .dockerignore is.
    return isLocal ? { ...found, severity: 'warning', certainty: 'likely' } : found
  }
  const root = deployment.build?.context.root ?? ''
  const near = missing.near && posix.relative(root, missing.near)
  const message = `the build stops here: there is no \`${path}\` in its context${meant(near)}`
  if (missing.near === undefined && isSpokenOf(path, project)) return undefined
  if (isWithoutProject(deployment) && posix.basename(path) !== 'mix.exs') return undefined
  const isSure = missing.near !== undefined || !mayBeMade.test(path)
  return isSure && isContextSure(deployment) && !isWithoutProject(deployment)
    ? { message, span }
    : { message, span, severity: 'warning', certainty: 'likely' }
}

/** Whether mix.exs and mix.lock are asked for and neither is there: the Mix project is kept, or made, elsewhere, and all else with it. */
function isWithoutProject({ build }: DanglingIn['deployment']): boolean {
  const lost = (build?.stages ?? []).flatMap(({ dangling }) =>
    dangling.flatMap((one) => (one.kind === 'source' && one.missing.kind === 'absent' ? [one.path] : [])),
  )
  return ['mix.exs', 'mix.lock'].every((name) => lost.some((path) => posix.basename(path) === name))
}

/** Whether the image takes what Mix has built on the machine: there all else is made as well. */
const isBuiltOutside = ({ dockerfile }: DanglingIn['deployment']): boolean =>
  /^\s*(COPY|ADD)\s+(?!--from)[^\n]*\b_build\//im.test(dockerfile?.source.text ?? '')

/** Against what only the machine has that made it, where nothing in view says how another one does. */
function againstLocal({ path, span }: { path: string; span: Span }, project: Project): Finding | undefined {
  if (isMadeBefore(path, project)) return undefined
  return {
    message: `git ignores \`${path}\`: in a clean checkout, as CI has it, the build stops here`,
    why: 'It is on the machines that made it only, and may be old there: nothing in view makes it before the build.',
    remedy: 'Make it in the build, in a stage before, or give it as a secret of the build or of the service',
    span,
    severity: 'warning',
    certainty: 'likely',
  }
}

/** Whether a workflow that names the Dockerfile puts into its folder what another job has made, without the ignore file. */
const isFedByJob = ({ dockerfile }: DanglingIn['deployment'], { tree }: Project): boolean =>
  besideCode(tree).some(
    ({ path, text }) =>
      isGithubWorkflow(path) &&
      text.includes('download-artifact') &&
      dockerfile !== undefined &&
      text.includes(dockerfile.source.path),
  )

/** What is left out on purpose: to be copied is what is wrong. */
const isKeptOut = /(^|\/)(\.env[^/]*|[^/]*\.env)$|secret|\.(pem|key|p12)$/i

/** What a build of the software leaves beside its sources, and what is kept out of them: archives, stamps, keys. */
const mayBeMade =
  /\.(tar|tgz|zip|gz|xz|zst|bz2|deb|pem|crt|cer|key|env)$|(^|\/)(version|revision|release|build|commit|sha|artifacts?|out|target|public|static)[^/]*$/i

/** Whether something else that the Dockerfile copies is there: the folder is the right one then. A service names it. */
function isContextSure({ service, build }: DanglingIn['deployment']): boolean {
  if (service?.build?.context !== undefined) return true
  const written = (build?.stages ?? []).flatMap(({ dangling, stage }) =>
    stage.instructions.flatMap((one) =>
      (one.keyword === 'COPY' || one.keyword === 'ADD') && !one.from
        ? one.sources.map((word) => ({ word, isLost: dangling.some(({ span }) => span.start === word.span.start) }))
        : [],
    ),
  )
  return written.some(({ word, isLost }) => !isLost && !/^(\.?\/?$|https?:|git@)/.test(textOf(word.span)))
}
