import { posix } from 'node:path'
import { gitLeavesOut } from '../../files/git-ignored.ts'
import { sourceAt } from '../../files/tree.ts'
import { decidingPattern, excludes } from '../../languages/dockerignore/dockerignore.ts'
import type { CrashCause } from '../../languages/elixir/values/types.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import type { LostConfig } from '../../model/boot/lost-config.ts'
import { doubtOf } from '../../model/facts/boots.ts'
import { meantOfLibrary } from '../../model/phoenix/library-modules.ts'
import type { Project } from '../../model/project/project.ts'
import { ignoreFor } from '../../model/stage-files/find-context.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { nearPath } from '../../model/stage-files/missing.ts'
import type { Finding, Label } from '../../text/diagnostic.ts'
import { type Source, type Span, sameSpan, span } from '../../text/source.ts'
import { calledAt } from '../called.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'build-config-broken',
  gotcha: 'runtime-config',
  severity: 'error',
  summary: 'the config cannot be read when the release is built',
  incident: 'The build stops while Mix reads the config, or the release is made without it.',
  remedy: 'Mend what stops the config, or read it in runtime.exs',
  why: `\`mix\` evaluates \`config/config.exs\` and what it imports before it does anything else. A file that
\`import_config\` names must be in the build stage at that moment; where \`config.exs\` itself is not there, Mix takes it that
there is no config. All other checks go on as if the file were there.`,
  links: ['https://hexdocs.pm/elixir/Config.html#import_config/1'],
  examples: [
    {
      title: 'an imported file that is not copied',
      on: 'phoenix',
      good: `
        -- Dockerfile: COPY . . --
        COPY mix.exs ./
        COPY config/config.exs config/prod.exs config/runtime.exs config/
        COPY lib lib
        -- config/config.exs: + --
        import_config "prod.exs"
        -- config/prod.exs --
        import Config
        config :shop, pages: 25
      `,
      bad: `
        -- Dockerfile: config/prod.exs config/runtime.exs --
        config/runtime.exs
        -- config/config.exs: import_config "prod.exs" --
        import_config "prod.exs"
        ^^^^^^^^^^^^^^^^^^^^^^^^
      `,
    },
    {
      title: 'an imported file that is nowhere',
      on: 'phoenix',
      bad: `
        -- config/config.exs: + --
        import_config "prod.exs"
        ^^^^^^^^^^^^^^^^^^^^^^^^
      `,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      for (const lost of deployment.boot?.lost ?? []) {
        const found = againstLost(lost, deployment, project)
        if (found) yield found
      }
      const found = againstCrash(deployment, project)
      if (found) yield found
    }
  },
})

const phaseOf = (deployment: Deployment) => (deployment.runs === 'mix' ? 'Mix stops at the start' : 'the build stops')

function againstLost(lost: LostConfig, deployment: Deployment, project: Project): Finding | undefined {
  const { crash, inTree, isWritten } = lost
  const { release, server, runs } = deployment
  const made = runs === 'mix' ? 'app starts' : 'release is made'
  // A COPY that names the file stops the build first.
  if (!crash && !isWritten && !lost.isFolderCopied) return undefined
  if (lost.isUnimported) return againstUnimported(inTree, project)
  const span = crash?.error.span ?? release?.step.span ?? server?.span
  if (span === undefined) return undefined
  const why = leftOutBy(lost, deployment, project)
  const where = isWritten ? (why ? '`.dockerignore` leaves it out' : 'nothing copies it') : 'it is not there'
  const near = isWritten ? undefined : nearPath(inTree, project.tree)
  const message = crash
    ? `${phaseOf(deployment)}: \`${inTree}\` is imported, and ${where}${meant(near)}`
    : `the ${made} without \`${inTree}\`, so none of its settings hold: ${where}`
  // On the machine of whoever has the file it is copied with its folder.
  const isElsewhere = !isWritten && lost.isFolderCopied && gitLeavesOut(project.tree, inTree)
  // Of all environments there is one config.exs.
  const isOpen = runs === 'mix' && !inTree.endsWith('/config.exs') && doubtOf(deployment).certainty !== undefined
  const doubt = isElsewhere || isOpen || crash?.certainty === 'maybe'
  const happens = crash
    ? 'The build stops while Mix reads the config, or the app at its start where that runs Mix.'
    : `The ${made} without these settings, and its libraries go on with their defaults.`
  return {
    message,
    why: happens,
    span,
    related: [
      ...(why ? [why] : copyOfImporter(lost, deployment)),
      ...(near === undefined ? [] : environmentOf(deployment, inTree)),
    ],
    ...(doubt ? { severity: 'warning', certainty: 'likely' } : {}),
  }
}

/** What copies the script that imports the lost one, without that. */
function copyOfImporter({ crash, isWritten }: LostConfig, { release }: Deployment): readonly Label[] {
  const importer = crash?.error.span.source.path
  if (!isWritten || !release || importer === undefined) return []
  const path = posix.resolve(release.project, posix.relative(release.app?.folder ?? '', importer))
  const [copy] = locate(release.files, path).causes
  return copy ? [{ span: copy.span, text: `this copies \`${importer}\`, and not what it imports` }] : []
}

/** What sets the environment after which the script is called. */
function environmentOf({ release, server }: Deployment, path: string): readonly Label[] {
  const mixEnv = (release?.step ?? server)?.env('MIX_ENV')
  return mixEnv?.kind === 'known' && posix.basename(path) === `${mixEnv.value}.exs` ? mixEnv.trail : []
}

/** The settings of production, which Mix takes only where config.exs imports them. */
function againstUnimported(path: string, { tree }: Project): Finding | undefined {
  const [source, entry] = [path, posix.join(posix.dirname(path), 'config.exs')].map((one) => sourceAt(tree, one))
  return (
    source && {
      message: `nothing imports \`${path}\`, so none of its settings hold`,
      why: 'The release is made without these settings, and its libraries go on with their defaults.',
      remedy: 'Import it at the end of config.exs',
      span: firstLineOf(source),
      related: entry ? [{ span: firstLineOf(entry), text: 'Mix reads this, and what it imports' }] : [],
    }
  )
}

const firstLineOf = (source: Source): Span => span(source, 0, /^.*/.exec(source.text)?.[0].length ?? 0)

/** The line of .dockerignore that keeps a config script out. */
function leftOutBy({ inTree }: LostConfig, { build }: Deployment, { tree }: Project): Label | undefined {
  if (build === undefined) return undefined
  const { root } = build.context
  const ignore = ignoreFor(build.dockerfile.source.path, root, tree)
  const path = posix.relative(root, inTree)
  const at = ignore && excludes(ignore, path) ? decidingPattern(ignore, path) : undefined
  return at && { span: at, text: 'this line leaves it out' }
}

/** A module that there is not. */
function reasonOf(cause: CrashCause | undefined): string | undefined {
  if (cause?.kind === 'no-module') return `there is no module \`${cause.module}\`${meant(meantOfLibrary(cause.module))}`
  const slip = cause?.kind === 'no-function' ? meantOfLibrary(cause.key.replace(/\.[^.]*$/, '')) : undefined
  return cause?.kind === 'no-function' && slip ? `\`${cause.key}\` does not exist${meant(slip)}` : undefined
}

/** What stops the config for another reason than a variable or a file that is not there. */
function againstCrash(deployment: Deployment, { elixir }: Project): Finding | undefined {
  const { outcome } = deployment.boot?.build ?? {}
  if (outcome?.kind !== 'crash' || outcome.certainty !== 'certain') return undefined
  const { type, cause, span } = outcome.error
  const isOfAnother =
    /^(System\.EnvError|RuntimeError)$/.test(type) ||
    (cause?.kind === 'no-function' && cause.key.startsWith('System.get_env!/')) ||
    (elixir.get(span.source.path)?.problems.length ?? 0) > 0
  if (isOfAnother) return undefined
  return {
    message: `${phaseOf(deployment)} when it reads the config: ${reasonOf(cause) ?? `\`${calledAt(span)}\` raises \`${type || outcome.error.kind}\``}`,
    span,
    // Whoever builds may hand in the variable that is asked for under its name.
    ...(type === 'KeyError' &&
    deployment.boot?.reads.some(({ name, span: at }) => sameSpan(at, span) && isArgument(name, deployment))
      ? { severity: 'warning', certainty: 'likely' }
      : {}),
  }
}

/** Whether the Dockerfile takes a variable from whoever builds. */
const isArgument = (name: string, { dockerfile }: Deployment): boolean =>
  dockerfile?.instructions.some((one) => one.keyword === 'ARG' && one.pairs.some((pair) => pair.name === name)) === true
