import { posix } from 'node:path'
import { besideCode } from '../../files/tree.ts'
import { releasesOf, type ShippedRelease, stagesBehind, wordsOf } from '../../model/facts/assets.ts'
import { likely } from '../../model/facts/boots.ts'
import { absentEntryOf } from '../../model/facts/code/absent-entry.ts'
import { blankedComments, envOf, uncompiledImportOf } from '../../model/facts/code/colocated.ts'
import type { Project } from '../../model/project/project.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { StageFiles, Write } from '../../model/stage-files/types.ts'
import type { Build, BuiltStage } from '../../model/stages/built-stage.ts'
import type { Finding, Fix, Label } from '../../text/diagnostic.ts'
import { beforeStep } from '../edits/before-step.ts'
import { movedBefore } from '../edits/move-step.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'assets-before-sources',
  gotcha: 'assets',
  severity: 'warning',
  stops: false,
  summary: 'the assets are bundled before the sources that they are made from are there',
  fix: 'safe',
  noFix: 'moving a COPY changes what the build can cache, so its place is yours to choose',
  incident: 'Styles of whole pages are missing in production, or the build stops at an import that cannot be resolved.',
  remedy: 'Copy the sources, and compile them where hooks are imported, before `mix assets.deploy`',
  why: `Tailwind writes the classes that it finds in the templates of \`lib/\`, and no others: where \`lib/\` is copied after
\`mix assets.deploy\`, it finds none. The hooks that are written into templates come out of them when the app is compiled, into the build folder of
its MIX_ENV, so \`esbuild\` needs a \`mix compile\` before.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#containers',
    'https://tailwindcss.com/docs/detecting-classes-in-source-files',
    'https://hexdocs.pm/phoenix_live_view/Phoenix.LiveView.ColocatedHook.html',
  ],
  examples: [
    {
      title: 'the templates come after Tailwind',
      on: 'assets',
      good: `
        -- Dockerfile: COPY . . … RUN mix assets.deploy --
        COPY mix.exs ./
        COPY config config
        COPY lib lib
        COPY assets assets
        RUN mix deps.get && mix assets.deploy
        -- lib/shop_web/components/layouts/root.html.heex --
        <body class="m-4">{@inner_content}</body>`,
      bad: `
        -- Dockerfile: COPY lib lib --
        -- Dockerfile: RUN mix deps.get && mix assets.deploy --
        RUN mix deps.get && mix assets.deploy
                            ^^^^^^^^^^^^^^^^^
        COPY lib lib`,
    },
    {
      title: 'the assets come after the bundler',
      on: 'assets',
      good: `
        -- config/config.exs: config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000]
        config :esbuild, shop: [args: ~w(js/app.js --bundle --outdir=../priv/static/assets), cd: Path.expand("../assets", __DIR__)]
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0", aliases: aliases()] … end --
        def project, do: [app: :shop, version: "0.1.0", aliases: ["assets.deploy": ["esbuild shop", "phx.digest"]]]
        -- Dockerfile: COPY . . … RUN mix assets.deploy --
        COPY mix.exs ./
        COPY config config
        COPY assets assets
        RUN mix deps.get
        RUN mix assets.deploy`,
      bad: `
        -- Dockerfile: COPY assets assets --
        -- Dockerfile: RUN mix assets.deploy --
        RUN mix assets.deploy
            ^^^^^^^^^^^^^^^^^
        COPY assets assets`,
    },
    {
      title: 'hooks that are not compiled yet',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix deps.get … RUN mix assets.deploy --
        RUN mix deps.get && mix compile && mix assets.deploy
        -- lib/shop_web/live/home_live.ex --
        defmodule ShopWeb.HomeLive do
          use Phoenix.LiveView
          def render(assigns), do: ~H"""
          <script :type={Phoenix.LiveView.ColocatedHook} name=".Sort">export default {}</script>
          """
        end
        -- assets/js/app.js --
        import {hooks} from "phoenix-colocated/shop"
        -- config/config.exs: config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000] --
        config :esbuild, shop: [env: %{"NODE_PATH" => [Path.expand("../deps", __DIR__), Mix.Project.build_path()]}]
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"],
            http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000],
            secret_key_base: System.fetch_env!("SECRET_KEY_BASE")
        end`,
      bad: `
        -- Dockerfile: RUN mix deps.get && mix compile && mix assets.deploy --
        RUN mix deps.get && mix assets.deploy
                            ^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const shipped of releasesOf(project)) {
      const found =
        withoutEntry(project, shipped) ?? withoutTemplates(project, shipped) ?? withoutHooks(project, shipped)
      if (found) yield found
    }
  },
})

/** What is bundled comes later, or not at all. */
function withoutEntry(project: Project, shipped: ShippedRelease): Finding | undefined {
  const found = absentEntryOf(project, shipped)
  if (found?.lacks !== 'copy') return undefined
  const { step, entry, later } = found
  return {
    message: `\`${wordsOf(step)}\` bundles \`${entry}\`, which is not there${later ? ' yet' : ''}`,
    why: 'The build stops: the bundler does not find the file, or the folder that it starts in.',
    remedy: `Copy the assets ${later ? '' : 'into this stage '}before they are bundled`,
    span: step.span,
    related: [...step.via, ...(later ? [later] : [])],
    severity: 'error',
    stops: true,
  }
}

/** Every run of Tailwind has no `lib/` to look through, and the release has one. */
function withoutTemplates(project: Project, { release, ships }: ShippedRelease): Finding | undefined {
  const apps = release.app ? [release.app, ...release.app.children] : []
  const folders = apps.flatMap(({ folder }) => {
    const path = posix.join(folder, 'lib')
    const has = project.tree.entries.some(
      (entry) => entry.path.startsWith(`${path}/`) && /\.(h|l)?eex$|_web\/(live|components)\/.*\.ex$/.test(entry.path),
    )
    return has ? [posix.relative(release.app?.folder ?? '', path)] : []
  })
  if (folders.length === 0) return undefined
  const runs = hasDirectives(project) ? [...stagesBehind(ships)].flatMap((stage) => runsOfTailwind(stage, project)) : []
  const first = runs.find(({ step }) => /css|tailwind/.test(wordsOf(step))) ?? runs[0]
  if (!first || runs.some((run) => run.step.runs === 'maybe' || folders.some((folder) => isThere(folder, run))))
    return undefined
  const later = folders.flatMap((folder) => {
    const { causes } = locate(release.files, posix.join(release.project, folder), release.before)
    return causes.slice(0, 1).map(({ span }): Label => ({ span, text: 'the templates come only here' }))
  })
  return {
    message: `\`${wordsOf(first.step)}\` runs Tailwind where there is no \`${folders[0]}\` yet, so that it finds no class names`,
    why: 'Styles of whole pages are missing in production, and the build says nothing.',
    remedy: 'Copy the sources that Tailwind scans before it runs',
    span: first.step.span,
    related: [...first.step.via, ...later.slice(0, 1)],
    ...likely,
  }
}

/** Whether a style sheet of the assets has Tailwind write classes into it: only then it looks through templates. */
function hasDirectives({ tree }: Project): boolean {
  const sheets = tree.sources.filter(({ path }) => /(^|\/)assets\/.*\.s?css$/.test(path))
  return (
    sheets.length === 0 ||
    sheets.some(({ text }) =>
      /@(tailwind|source|plugin|theme)\b|@import\s+(url\()?["']tailwindcss/.test(blankedComments(text)),
    )
  )
}

interface Run {
  readonly step: Step
  readonly files: StageFiles
  /** How many writes of `files` had happened. */
  readonly before: number
}

/** The steps of a stage that run Tailwind. */
const runsOfTailwind = ({ files }: BuiltStage, project: Project): readonly Run[] =>
  files.writes.flatMap((write, before) =>
    write.kind === 'made' && write.artifact.kind === 'bundle' && runsTailwind(write.artifact.step, project)
      ? [{ step: write.artifact.step, files, before }]
      : [],
  )

/** Tailwind from 3 on; older ones leave classes out only where they are told that this is production. */
const scans = /"tailwindcss":\s*"[^"\d]*(?:[3-9]|\d\d)|"@tailwindcss\/(?:cli|vite|postcss)"/

/** Whether a bundler is Tailwind, or one that is told of it in the package.json of a Phoenix app. */
function runsTailwind({ command, lost }: Step, { tree, apps }: Project): boolean {
  if (command.kind === 'mix') return command.task === 'tailwind'
  if (command.kind !== 'program' || lost) return false
  if (command.name === 'tailwindcss') return true
  const folders = apps.flatMap(({ folder }) => [folder || '.', posix.join(folder, 'assets')])
  return besideCode(tree).some(
    ({ path, text }) =>
      posix.basename(path) === 'package.json' && folders.includes(posix.dirname(path)) && scans.test(text),
  )
}

/** Whether anything of a folder of the project may be there when Tailwind runs in the project, or in its `assets`. */
function isThere(folder: string, { step, files, before }: Run): boolean {
  const paths = ['.', '..', '../..'].map((up) => posix.resolve(step.cwd, up, folder))
  return paths.some((path) => {
    const { origin } = locate(files, path, before)
    if (origin.kind !== 'absent' && origin.kind !== 'removed') return true
    for (let at: StageFiles | undefined = files; at; at = at.base) {
      const writes: readonly Write[] = at === files ? at.writes.slice(0, before) : at.writes
      if (writes.some((write) => write.kind !== 'removed' && below(path, write.target) !== undefined)) return true
    }
    return false
  })
}

/** A bundler takes in what the compiler writes, and nothing is compiled before, or only in another environment. */
function withoutHooks(project: Project, shipped: ShippedRelease): Finding | undefined {
  const found = uncompiledImportOf(project, shipped)
  if (found === undefined) return undefined
  const { step, imported, profile, inOther, later } = found
  const env = inOther && envOf(inOther)
  return {
    message: `\`${wordsOf(step)}\` bundles before anything compiles the app${env ? ' in its environment' : ''}, and takes in what the compiler writes`,
    why: 'The build stops: what is imported from `phoenix-colocated` cannot be resolved.',
    remedy: 'Compile the app before its assets are bundled, with the same MIX_ENV',
    span: step.span,
    related: [
      ...step.via,
      { span: imported, text: 'it is imported here' },
      ...(profile ? [{ span: profile.span, text: 'the bundler looks through what the compiler writes' }] : []),
      inOther
        ? { span: inOther.span, text: `this compiles for \`${env}\`` }
        : { span: (later ?? shipped.release.step).span, text: 'the app is compiled only here' },
    ],
    severity: 'error',
    fixes: inOther ? [] : compiledBefore(shipped.build, step, later),
    noFix: inOther ? 'which MIX_ENV was meant is yours to say' : 'the two commands cannot change places by themselves',
  }
}

/** The fix that compiles the app before a step. */
function compiledBefore(build: Build, step: Step, later: Step | undefined): readonly Fix[] {
  const written = later ? undefined : beforeStep(build, step, 'mix compile')
  const edits = later ? movedBefore(build, step, later) : written && [written]
  return edits ? [{ title: 'Compile the app before its assets are bundled', safety: 'safe', edits }] : []
}
