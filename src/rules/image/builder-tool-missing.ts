import { releasesOf, type ShippedRelease, stagesBehind, wordsOf } from '../../model/facts/assets.ts'
import { type Lacking, lackingIn, redirectsGit } from '../../model/facts/needs/builder.ts'
import type { BuildTool } from '../../model/stages/build-tools.ts'
import type { BuiltStage } from '../../model/stages/built-stage.ts'
import { rootImageOf } from '../../model/stages/root-image.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'builder-tool-missing',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'the image that builds lacks what fetches or compiles a dependency',
  incident: 'The build stops: "make" not found in the path, or the "git" executable is not available.',
  remedy: 'Install it in the stage that builds, before the step that needs it',
  why: `Packages such as \`bcrypt_elixir\` are compiled by \`make\` and a C compiler, and a dependency with \`github:\` is fetched by
\`git\`, which Mix asks again each time it compiles. \`elixir:1.18\` has all of these; its \`slim\` and \`alpine\` variants and the
images \`hexpm/elixir\` have none of them.`,
  links: [
    'https://hexdocs.pm/comeonin/requirements.html',
    'https://hexdocs.pm/phoenix/releases.html#containers',
    'https://hexdocs.pm/mix/Mix.Tasks.Deps.html#module-git-options-git',
  ],
  examples: [
    {
      title: 'C in a slim image',
      on: 'phoenix',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.18-slim AS build
        RUN apt-get update && apt-get install -y build-essential
        -- Dockerfile: RUN mix release --
        RUN mix deps.get && mix release
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0"] --
        def project, do: [app: :shop, version: "0.1.0", deps: [{:bcrypt_elixir, "~> 3.0"}]]`,
      bad: `
        -- Dockerfile: RUN apt-get update && apt-get install -y build-essential --
        RUN apt-get update && apt-get install -y curl
        -- Dockerfile: RUN mix deps.get && mix release --
        RUN mix deps.get && mix release
                            ^^^^^^^^^^^`,
    },
    {
      title: 'no git',
      on: 'phoenix',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM hexpm/elixir:1.18.4-erlang-27.3.4-debian-bookworm-20250610-slim AS build
        RUN apt-get update && apt-get install -y git
        -- Dockerfile: RUN mix release --
        RUN mix deps.get && mix release
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0"] --
        def project do
          [app: :shop, version: "0.1.0", deps: [{:heroicons, github: "tailwindlabs/heroicons", app: false, compile: false}]]
        end`,
      bad: `
        -- Dockerfile: RUN apt-get update && apt-get install -y git --
        -- Dockerfile: RUN mix deps.get && mix release --
        RUN mix deps.get && mix release
            ^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const shipped of releasesOf(project)) {
      const stages = [...stagesBehind(shipped.ships)].toSorted((a, b) => a.stage.index - b.stage.index)
      const told = new Set<BuildTool>()
      for (const stage of stages) {
        for (const lacking of lackingIn(stage, shipped, project)) {
          const tools = lacking.tools.filter((tool) => !told.has(tool) && !(isOfGit(tool) && redirectsGit(shipped)))
          for (const tool of tools) told.add(tool)
          if (tools.length > 0) yield findingOf({ ...lacking, tools }, stage, shipped)
        }
      }
    }
  },
})

/** What git needs for an address, which its settings may change. */
const isOfGit = (tool: BuildTool): boolean => tool === 'ssh' || tool === 'certificates'

const words: Readonly<Record<BuildTool, string>> = {
  git: '`git`',
  ssh: '`ssh`',
  certificates: 'the certificates of the authorities',
  make: '`make`',
  cc: 'a C compiler',
  'c++': 'a C++ compiler',
  headers: 'the headers of the C library',
  cargo: 'Rust',
  glibc: 'glibc, for which alone it is there,',
}

const doing: Readonly<Record<Lacking['work'], string>> = {
  fetched: 'fetches',
  checked: 'checks the commit of',
  compiled: 'compiles',
}

function findingOf({ step, work, dependency, tools }: Lacking, stage: BuiltStage, { build }: ShippedRelease): Finding {
  const root = rootImageOf(build.dockerfile, stage, build.args)
  const image = root.kind === 'known' ? root.value : undefined
  const named = tools.filter((tool) => tool !== 'headers' || !tools.some((one) => /^c(c|\+\+)$/.test(one)))
  const what = named.map((tool) => words[tool]).join(' and ')
  const isSure = step.runs === 'always' && !step.mayFail && !tools.every(isOfGit)
  return {
    message: `\`${wordsOf(step)}\` ${doing[work]} \`${dependency.name}\`, and nothing brings ${what} into this stage`,
    span: step.span,
    related: [
      ...step.via,
      { span: dependency.span, text: `\`${dependency.name}\`` },
      ...(image ? [{ span: image.span, text: `\`${image.image}\` has none of it` }, ...image.trail] : []),
    ],
    remedy: tools.includes('glibc')
      ? 'Build on Debian or Ubuntu, and run on the same'
      : `Install ${packagesFor(tools, /alpine/.test(image?.image ?? ''))} in this stage, before this step`,
    ...(isSure ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

/** The packages of Alpine, or else of Debian and Ubuntu. */
function packagesFor(tools: readonly BuildTool[], isAlpine: boolean): string {
  const packages = tools.map((tool) => {
    switch (tool) {
      case 'git':
      case 'cargo':
        return tool
      case 'ssh':
        return 'openssh-client'
      case 'certificates':
        return 'ca-certificates'
      default:
        return isAlpine ? 'build-base' : 'build-essential'
    }
  })
  return [...new Set(packages)].map((name) => `\`${name}\``).join(' and ')
}
