import { posix } from 'node:path'
import { bundles, releasesOf, type ShippedRelease, stagesBehind, wordsOf } from '../../model/facts/assets.ts'
import { type AbsentEntry, absentEntryOf } from '../../model/facts/code/absent-entry.ts'
import type { Dependency } from '../../model/phoenix/mix/dependencies.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import { type NeededPackages, neededPackages } from '../../model/phoenix/packages.ts'
import type { Project } from '../../model/project/project.ts'
import { locate } from '../../model/stage-files/locate.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { BuiltStage } from '../../model/stages/built-stage.ts'
import { programThere } from '../../model/stages/program-there.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'assets-tool-missing',
  gotcha: 'assets',
  severity: 'warning',
  stops: false,
  summary: 'what builds the assets is not there when it is called',
  incident:
    'The build stops at a task or a package that nobody can find, though it works on the machine of the developer.',
  remedy: 'Install what the assets need in the stage that builds them, before the step that calls it',
  why: `A dependency with \`only: :dev\` does not exist where MIX_ENV is \`prod\`; \`runtime: Mix.env() == :dev\` is what Phoenix
generates, and it does. Packages of \`assets/package.json\` come by \`npm ci\`, which neither Mix nor \`esbuild\` call, and the
images of Elixir have no Node.js.`,
  links: ['https://hexdocs.pm/phoenix/asset_management.html', 'https://hexdocs.pm/mix/Mix.Tasks.Deps.html'],
  examples: [
    {
      title: 'esbuild for development only',
      on: 'phoenix',
      good: `
        -- Dockerfile: RUN mix release --
        RUN mix deps.get && mix assets.deploy
        RUN mix release
        -- mix.exs: use Mix.Project … def project, do: [app: :shop, version: "0.1.0"] --
        use Mix.Project

        def project do
          [app: :shop, version: "0.1.0", aliases: aliases(), deps: [{:phoenix, "~> 1.8"}, {:esbuild, "~> 0.10", runtime: Mix.env() == :dev}]]
        end

        defp aliases, do: ["assets.deploy": ["esbuild shop --minify", "phx.digest"]]`,
      bad: `
        -- Dockerfile: RUN mix deps.get && mix assets.deploy --
        RUN mix deps.get && mix assets.deploy
                            ^^^^^^^^^^^^^^^^^
        -- mix.exs: [app: :shop, version: "0.1.0", aliases: aliases(), deps: [{:phoenix, "~> 1.8"}, {:esbuild, "~> 0.10", runtime: Mix.env() == :dev}]] --
        [app: :shop, version: "0.1.0", aliases: aliases(), deps: [{:phoenix, "~> 1.8"}, {:esbuild, "~> 0.10", only: :dev}]]`,
    },
    {
      title: 'packages that nothing installs',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix deps.get … RUN mix assets.deploy --
        RUN apt-get update && apt-get install -y npm && npm ci --prefix assets
        RUN mix deps.get && mix assets.deploy
        -- assets/package.json --
        {"dependencies": {"topbar": "^3.0.0"}}
        -- assets/js/app.js --
        import topbar from "topbar"`,
      bad: `
        -- Dockerfile: RUN apt-get update && apt-get install -y npm && npm ci --prefix assets … RUN mix deps.get && mix assets.deploy --
        RUN mix deps.get && mix assets.deploy
                            ^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'npm in an image of Elixir',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix deps.get … RUN mix assets.deploy --
        RUN apt-get update && apt-get install -y npm && npm ci --prefix assets
        RUN mix deps.get && mix assets.deploy`,
      bad: `
        -- Dockerfile: RUN apt-get update && apt-get install -y npm && npm ci --prefix assets --
        RUN npm ci --prefix assets
            ^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const shipped of releasesOf(project)) {
      const stages = [...stagesBehind(shipped.ships)]
      const absent = stages.flatMap((stage) => withoutProgram(stage, shipped) ?? [])
      const task = stages.flatMap(({ steps }) => steps).flatMap((step) => forOthers(step, shipped) ?? [])
      yield* absent.slice(0, 1)
      yield* task.slice(0, 1)
      const entry = absentEntryOf(project, shipped)
      if (entry && entry.lacks !== 'copy') yield withoutEntry(entry)
      if (absent.length === 0 && task.length === 0) yield* withoutPackages(project, stages, shipped)
    }
  },
})

/** A bundler whose profile, or the file that this names, there is not. */
function withoutEntry({ step, lacks, entry, later }: AbsentEntry): Finding {
  const what =
    lacks === 'profile'
      ? `stops: no config has a profile \`${entry}\``
      : `bundles \`${entry}\`, which the project does not have`
  return {
    message: `\`${wordsOf(step)}\` ${what}`,
    why: 'The build stops at the bundler.',
    remedy: 'Name what there is, in mix.exs and in the config of the bundler',
    span: step.span,
    related: [...step.via, ...(later ? [later] : [])],
    severity: 'error',
    stops: true,
  }
}

/** A program of Node.js that a stage calls and surely does not have. */
function withoutProgram(stage: BuiltStage, { build, deployment }: ShippedRelease): Finding | undefined {
  const args = deployment.build?.args
  const called = new Set(stage.steps.flatMap(({ command }) => (command.kind === 'program' ? command.name : [])))
  const lacking = ['node', 'npm', 'npx', 'yarn', 'pnpm', 'bun', 'bunx'].filter(
    (name) => called.has(name) && programThere(name, build.dockerfile, stage, args) === 'no',
  )
  const step = stage.steps.find(
    ({ command, runs, mayFail }) =>
      command.kind === 'program' && runs === 'always' && !mayFail && lacking.includes(command.name),
  )
  if (step?.command.kind !== 'program') return undefined
  const { name } = step.command
  return {
    message: `\`${wordsOf(step)}\` cannot run: nothing brings \`${name}\` into this stage`,
    span: step.span,
    related: [...step.via, { span: stage.stage.from.span, text: `this image has no \`${name}\`` }],
  }
}

const dependencyOf: Readonly<Record<string, string>> = {
  esbuild: 'esbuild',
  tailwind: 'tailwind',
  sass: 'dart_sass',
  bun: 'bun',
}

/** A bundler that mix.exs has for other environments than that of the build. */
function forOthers(step: Step, { release }: ShippedRelease): Finding | undefined {
  const { command } = step
  if (command.kind !== 'mix' || release.app === undefined || step.mayFail) return undefined
  const name = dependencyOf[command.task.split('.')[0] ?? '']
  const dependency = name === undefined ? undefined : dependencyNamed(name, release.app)
  const { only } = dependency ?? {}
  const mixEnv = command.mixEnv.kind === 'known' ? command.mixEnv.value : undefined
  if (!dependency || mixEnv === undefined || only === undefined || only.length === 0 || only.includes(mixEnv))
    return undefined
  return {
    message: `\`${wordsOf(step)}\` has no \`mix ${command.task}\`: mix.exs has \`${name}\` for \`:${only.join('` and `:')}\` only, and MIX_ENV is \`${mixEnv}\``,
    span: step.span,
    related: [...step.via, { span: dependency.span, text: 'the dependency' }],
    ...(step.runs === 'always' ? {} : { certainty: 'likely' as const }),
  }
}

/** A dependency, unless another app of the project has it for all environments. */
function dependencyNamed(name: string, app: MixApp): Dependency | undefined {
  const found = [app, ...app.children].flatMap(({ deps }) => deps.filter((one) => one.name === name))
  return found.every(({ only }) => only !== undefined) ? found[0] : undefined
}

/** Bundling with packages of a package.json that nothing installs. */
function* withoutPackages(
  project: Project,
  stages: readonly BuiltStage[],
  { release }: ShippedRelease,
): Iterable<Finding> {
  const steps = stages.flatMap((stage) => stage.steps)
  const apps = release.app ? [release.app, ...release.app.children] : []
  for (const app of apps) {
    const needed = neededPackages(project.tree, app)
    const step = steps.find((one) => one.stage === release.step.stage && bundles(one) && needsPackages(one))
    if (!needed || !step || steps.some(mayInstall)) continue
    const folder = posix.join(
      release.project,
      posix.relative(release.app?.folder ?? '', posix.dirname(needed.source.path)),
    )
    const places = [folder, release.project].map((one) =>
      locate(release.files, posix.join(one, 'node_modules'), release.before),
    )
    if (places.some(({ origin }) => origin.kind !== 'absent')) continue
    yield {
      message: `\`${wordsOf(step)}\` bundles without ${whatOf(needed)} of \`${needed.source.path}\`: nothing installs ${needed.names.length > 1 ? 'them' : 'it'}`,
      span: step.span,
      related: [...step.via, { span: needed.span, text: 'the packages' }],
      certainty: 'likely',
    }
  }
}

const whatOf = ({ names: [first, ...others] }: NeededPackages): string =>
  `\`${first}\`${others.length > 0 ? ' and the other packages' : ''}`

/** Tailwind's own program has its plugins with it; what else bundles follows the imports of scripts. */
const needsPackages = ({ command }: Step) => command.kind !== 'mix' || command.task === 'esbuild'

const mayInstall = ({ command }: Step): boolean =>
  command.kind === 'unknown' ||
  (command.kind === 'program' && /^(npm|yarn|pnpm|bun|deno|volta|corepack)$|\.sh$/.test(command.name)) ||
  (command.kind === 'mix' && /npm|yarn|pnpm|node|bun|assets\.setup|^cmd$/.test(command.task))
