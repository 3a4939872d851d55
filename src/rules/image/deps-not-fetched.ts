import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { isKnownImage } from '../../model/facts/lost/known-image.ts'
import { type LockedPackage, lockedPackages } from '../../model/phoenix/lock.ts'
import type { Dependency } from '../../model/phoenix/mix/dependencies.ts'
import { type MixApp, mixText } from '../../model/phoenix/mix.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { BuiltStage } from '../../model/stages/built-stage.ts'
import { lineageOf } from '../../model/stages/mix-there.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'deps-not-fetched',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'the build compiles, and nothing has fetched the dependencies',
  incident: 'The build stops: the dependency is not available, run `mix deps.get`.',
  remedy: 'Run `mix deps.get --only $MIX_ENV` before it, behind the COPY of mix.exs and mix.lock',
  why: `\`mix compile\`, \`mix release\` and whatever compiles on the way look for each dependency in \`deps/\`. On a developer's
machine it is there; \`.dockerignore\` keeps it out of the build, where \`mix deps.get\` has to fetch it.`,
  links: ['https://hexdocs.pm/mix/Mix.Tasks.Deps.Get.html'],
  examples: [
    {
      title: 'no deps.get',
      on: 'phoenix',
      good: `
        -- .dockerignore --
        deps
        _build
        -- mix.exs: version: "0.1.0" --
        version: "0.1.0", deps: [{:phoenix, "~> 1.8"}]
        -- Dockerfile: RUN mix release --
        RUN mix deps.get --only prod
        RUN mix release
      `,
      bad: `
        -- Dockerfile: RUN mix deps.get --only prod --
        -- Dockerfile: RUN mix release --
        RUN mix release
            ^^^^^^^^^^^
      `,
    },
    {
      title: 'fetched too late',
      on: 'phoenix',
      good: `
        -- .dockerignore --
        deps
        _build
        -- mix.exs: version: "0.1.0" --
        version: "0.1.0", deps: [{:phoenix, "~> 1.8"}]
        -- Dockerfile: RUN mix release --
        RUN mix deps.get --only prod
        RUN mix deps.compile
        RUN mix release
      `,
      bad: `
        -- Dockerfile: RUN mix deps.get --only prod … RUN mix deps.compile --
        RUN mix deps.compile
            ^^^^^^^^^^^^^^^^
        RUN mix deps.get --only prod
      `,
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) {
      const found = refused(deployment) ?? against(deployment) ?? unseenByFetch(deployment)
      if (found) yield found
      yield* misspelt(deployment)
    }
  },
})

/** A dependency whose version Mix does not take for a requirement (Version, "Requirements"). */
function refused({ app, release }: Deployment): Finding | undefined {
  const wanted = [app, ...(app?.children ?? [])].flatMap((one) => one?.deps ?? [])
  for (const { name, span: at, only } of wanted) {
    const [, before = '', requirement] = /^(\{\s*:\w+\s*,\s*)"([^"#\\]*)"/.exec(textOf(at)) ?? []
    const isWanted = only === undefined || only.includes(release?.mixEnv ?? 'prod')
    if (requirement === undefined || !isWanted || requirement.split(/ +(?:and|or) +/).every(isRequirement)) continue
    const start = at.start + before.length
    return {
      message: `the build stops here: \`${requirement}\`, which \`${name}\` is wanted in, is no requirement of a version`,
      why: 'Mix refuses to read the dependencies: invalid requirement.',
      remedy: 'Write it as Mix reads it, such as `~> 1.7`',
      span: span(at.source, start, start + requirement.length + 2),
    }
  }
  return undefined
}

const isRequirement = (part: string): boolean =>
  /^(~> *\d+\.\d+(\.\d+)?|(==|!=|<=|>=|<|>|!)? *\d+\.\d+\.\d+)(-[\w.-]+)?(\+[\w.-]+)?$/.test(part.trim())

function against({ release, build }: Deployment): Finding | undefined {
  const app = release?.app
  const stage = build?.stages.find(({ files }) => files === release?.files)
  if (!release || !build || !stage || app === undefined || app.unread || !isKnownImage(stage, build)) return undefined
  const wanted = (app.umbrella ? app.children : [app])
    .flatMap(({ deps }) => deps)
    .find((one) => isFetched(one, release.mixEnv))
  const before = lineageOf(stage).flatMap(({ steps }) => steps.filter(({ id }) => id <= release.step.id))
  if (!wanted || /\bdeps_path:/.test(mixText(app)) || before.some(isOpen)) return undefined
  const folder = posix.join(release.project, 'deps', wanted.name)
  if (mayBeCopied(folder, stage)) return undefined
  const compiling = before.find((step) => compiles(step, release.project))
  const { origin } = locate(release.files, folder, release.before)
  const fetching = build.stages.flatMap(({ steps }) => steps).filter(fetches)
  const isLater = (step: Step) => before.includes(step) && step.id > (compiling?.id ?? 0)
  const later = fetching.find(isLater)
  const isInTime = (step: Step) => fetches(step) && step.cwd === release.project && !isLater(step)
  const isFetchedLate = later && origin.kind === 'made' && !before.some(isInTime)
  if (!compiling || (origin.kind !== 'absent' && !isFetchedLate)) return undefined
  const elsewhere = fetching.find((step) => !isLater(step))
  const why = elsewhere
    ? `\`mix deps.get\` fetches it into \`${posix.join(elsewhere.cwd, 'deps')}\`${before.includes(elsewhere) ? '' : ' of another stage'}, and nothing brings it here`
    : later
      ? '`mix deps.get` comes later'
      : 'nothing runs `mix deps.get`'
  const fetched = elsewhere ?? later
  return {
    message: `the build stops here: \`deps/${wanted.name}\` is not there, since ${why}`,
    span: compiling.span,
    related: [
      ...compiling.via,
      { span: wanted.span, text: 'this dependency is needed' },
      ...(fetched ? [{ span: fetched.span, text: 'fetched here' }] : []),
    ],
    ...(elsewhere ? { remedy: 'Copy `deps/` to where the app is compiled, or fetch it there' } : {}),
  }
}

/** Options of a dependency that Mix takes no notice of, since they are misspelt: it fetches something else. */
function* misspelt({ app, release }: Deployment): Iterable<Finding> {
  for (const { name, only, misspelt: slips } of [app, ...(app?.children ?? [])].flatMap((one) => one?.deps ?? [])) {
    if (only && !only.includes(release?.mixEnv ?? 'prod')) continue
    for (const { name: option, span, meant, decides } of slips) {
      if (decides === 'environment') continue
      const what =
        decides === 'source' ? `so Mix asks Hex for \`${name}\`` : `so Mix takes no notice of it in \`${name}\``
      yield {
        message: `\`${option}:\` is no option of a dependency, ${what}; did you mean \`${meant}:\`?`,
        span,
        why:
          decides === 'source'
            ? '`mix deps.get` stops, or fetches the package of a stranger who has the name there.'
            : 'Another version is taken than is meant, or from elsewhere.',
        remedy: `Write \`${meant}:\``,
        ...(decides === 'source' ? {} : { severity: 'warning', certainty: 'likely' }),
      }
    }
  }
}

/** An app of an umbrella whose mix.exs is not there yet when the dependencies are fetched: Mix takes no notice of it then. */
function unseenByFetch({ release, build, world }: Deployment): Finding | undefined {
  const umbrella = release?.app
  const stage = build?.stages.find(({ files }) => files === release?.files)
  if (!release || !umbrella?.umbrella || umbrella.unread || !stage) return undefined
  const before = lineageOf(stage).flatMap(({ steps }) => steps.filter(({ id }) => id <= release.step.id))
  const compiling = before.find((step) => compiles(step, release.project))
  const fetched = before.filter(fetches)
  const [fetch] = fetched
  if (!compiling || !fetch || fetch.id > compiling.id || before.some(isOpen)) return undefined
  const mixFileOf = ({ folder }: MixApp) =>
    posix.join(release.project, posix.relative(umbrella.folder, folder), 'mix.exs')
  const isSeen = (app: MixApp) =>
    fetched.some((step) => {
      const at = release.files.writes.findIndex(
        (write) => write.kind === 'made' && write.artifact.kind === 'packages' && write.artifact.step === step,
      )
      return at === -1 || locate(release.files, mixFileOf(app), at).origin.kind !== 'absent'
    })
  const wantedOf = ({ deps }: MixApp) => deps.filter((one) => isFetched(one, release.mixEnv))
  const seen = [umbrella, ...umbrella.children].filter(isSeen).flatMap(wantedOf)
  const unseen = umbrella.children.filter(
    (app) => !isSeen(app) && locate(release.files, mixFileOf(app), release.before).origin.kind === 'context',
  )
  const lock = world.sourceAt(posix.join(umbrella.folder, 'mix.lock'))
  const brought = closureOf(seen, lockedPackages(lock))
  const lacking = unseen.flatMap((app) => wantedOf(app).map((wanted) => ({ app, wanted })))
  const found = lacking.find(({ wanted }) => brought === undefined || !brought.has(wanted.name))
  if (!found?.app.file || mayBeCopied(posix.join(release.project, 'deps', found.wanted.name), stage)) return undefined
  const { wanted } = found
  return {
    message: `\`mix deps.get\` runs before \`${found.app.file.source.path}\` is there, so nothing fetches \`${wanted.name}\``,
    span: fetch.span,
    why: 'Mix takes an umbrella for the apps whose mix.exs it finds: the dependencies of others it does not fetch, and the build stops when it compiles.',
    remedy: 'Copy the mix.exs of each app before it',
    related: [
      ...fetch.via,
      { span: wanted.span, text: 'this dependency is needed' },
      { span: compiling.span, text: 'the build stops here' },
    ],
    // What the others fetch may bring it along.
    ...(brought ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

/** The names of dependencies and of what comes along with them; undefined where mix.lock does not say it of each. */
function closureOf(
  dependencies: readonly Dependency[],
  locked: ReadonlyMap<string, LockedPackage>,
): ReadonlySet<string> | undefined {
  const names = new Set(dependencies.map(({ name }) => name))
  for (const name of names) {
    const one = locked.get(name)
    if (one?.version === undefined) return undefined
    for (const needed of one.needs) names.add(needed)
  }
  return names
}

const fetches = ({ command }: Step): boolean => command.kind === 'mix' && command.task === 'deps.get'

/** Whether a COPY brings the folder from machines that have it: .dockerignore does not leave it out. */
const mayBeCopied = (folder: string, stage: BuiltStage): boolean =>
  lineageOf(stage).some(({ files }) =>
    files.writes.some((write) => {
      const rest = below(write.target, folder)
      if (write.kind !== 'copy' || write.from.in !== 'context' || rest === undefined) return false
      return write.from.context.missing(posix.join(write.from.path, rest))?.kind !== 'ignored'
    }),
  )

/** Whether Mix looks for a dependency in `deps/`. */
const isFetched = ({ span, only }: Dependency, mixEnv: string): boolean =>
  (only === undefined || only.includes(mixEnv)) &&
  !/\b(path|in_umbrella|system_env|compile|optional|targets):/.test(textOf(span))

/** Whether a step may bring them in a way that is not in view. */
const isOpen = ({ command, env }: Step): boolean =>
  command.kind === 'unknown' ||
  env('MIX_DEPS_PATH').kind !== 'unset' ||
  (command.kind === 'program' && /\.sh$|^(make|just|nix|git)$/.test(command.name))

const compiles = ({ command, cwd, runs, mayFail }: Step, project: string): boolean =>
  command.kind === 'mix' &&
  cwd === project &&
  runs === 'always' &&
  !mayFail &&
  /^(compile|deps\.compile|release|phx\.digest)$/.test(command.task)
