import { posix } from 'node:path'
import { entryAt } from '../../files/tree.ts'
import { isAlias, moduleName } from '../../languages/elixir/syntax/module-name.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { type UnlistedRepo, unlistedRepoOf } from '../../model/facts/lost/repos.ts'
import { migratorsOf } from '../../model/phoenix/migrator.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import { dependsOn } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import type { Edit, Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-release-migrator',
  gotcha: 'migrations',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'which repos were meant is yours to say',
  summary: 'the app has a database and nothing in it that migrates without Mix',
  incident: 'The first deployment finds no way to create its tables, and each later one none to change them.',
  remedy: 'Run `mix phx.gen.release`, which writes the module and the script',
  why: `\`mix ecto.migrate\` is not there once the app is a release. What is there is Ecto's own \`Ecto.Migrator\`: a
function of the app has to call it, so that the release can with \`eval\`. \`mix phx.gen.release\` writes such a module,
and \`bin/migrate\` that calls it.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#ecto-migrations-and-custom-commands',
    'https://hexdocs.pm/ecto_sql/Ecto.Migrator.html',
  ],
  examples: [
    {
      title: 'repos, and no module that migrates them',
      on: 'repo',
      good: `
        -- fly.toml --
        (removed)
        -- Makefile --
        deploy:
        	fly deploy && fly ssh console -C /app/bin/migrate`,
      bad: `
        -- lib/shop/release.ex --
        (removed)
        -- rel/overlays/bin/migrate --
        (removed)
        -- config/config.exs: config :shop, ecto_repos: [Shop.Repo] --
        config :shop, ecto_repos: [Shop.Repo]
                                  ^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'the app of an umbrella that has the repo',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/bin/sh", "-c", "/app/bin/shop eval 'Store.Release.migrate' && exec /app/bin/shop start"]
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0"] --
        def project, do: [apps_path: "apps", releases: [shop: [applications: [store: :permanent]]]]
        -- apps/store/mix.exs --
        defmodule Store.MixProject do
          use Mix.Project
          def project, do: [app: :store, version: "0.1.0"]
        end
        -- config/config.exs: config :logger, level: :info --
        config :store, ecto_repos: [Store.Repo]
        config :logger, level: :info
        -- apps/store/lib/store/release.ex --
        defmodule Store.Release do
          def migrate do
            Application.ensure_loaded(:store)
            {:ok, _, _} = Ecto.Migrator.with_repo(Store.Repo, &Ecto.Migrator.run(&1, :up, all: true))
          end
        end`,
      bad: `
        -- apps/store/lib/store/release.ex --
        (removed)
        -- Dockerfile: CMD ["/bin/sh", "-c", "/app/bin/shop eval 'Store.Release.migrate' && exec /app/bin/shop start"] --
        CMD ["/bin/sh", "-c", "exec /app/bin/shop start"]
        -- config/config.exs: config :store, ecto_repos: [Store.Repo] --
        config :store, ecto_repos: [Store.Repo]
                                   ^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    const done = new Set<MixApp>()
    for (const deployment of project.deployments) {
      const { app, release, runs, boot } = deployment
      if (!app || !boot || !release || runs === 'mix' || done.has(app)) continue
      done.add(app)
      const unlisted = unlistedRepoOf(deployment)
      if (unlisted)
        yield {
          message: `the migrations of \`${unlisted.repo}\` do not run: ${lacks[unlisted.key]} \`ecto_repos\` of \`:${unlisted.owner}\``,
          span: unlisted.span,
          why: 'The migrations find no repo, do nothing and end well, and the app has no tables.',
          remedy: `Name the repo in \`config :${unlisted.owner}, ecto_repos: […]\``,
          severity: 'error',
        }
      if (migratesSomehow(project, app)) continue
      const repos = reposOf(deployment, app)
      if (repos === undefined || isNowhere(repos.repo, deployment)) continue
      const fix = fixFor(project, app, repos.owner, repos.repo, release.name)
      yield {
        message: `\`${repos.repo}\` has no way to be migrated in the release: no module of the app calls \`Ecto.Migrator\``,
        span: repos.span,
        related: [
          ...release.step.via,
          { span: release.step.span, text: 'the release is made here, and it is without Mix' },
        ],
        certainty: 'likely',
        ...(hasMigrations(project) ? {} : { severity: 'info' }),
        ...(fix ? { fixes: [fix] } : {}),
      }
    }
  },
})

const lacks: Readonly<Record<UnlistedRepo['key'], string>> = {
  misspelt: 'this was most likely meant to be',
  empty: 'there is nothing in',
  absent: 'no config sets',
}

/** Whether a module of the app, a script or a package migrates. Without modules in view it may. */
const migratesSomehow = (project: Project, app: MixApp): boolean =>
  project.code.modules.length === 0 ||
  migratorsOf(project.code).length > 0 ||
  ['ecto_boot_migration', 'ecto_migrate', 'ecto_release', 'distillery'].some((name) => dependsOn(app, name)) ||
  project.tree.sources.some(
    ({ path, text }) => !/\.(md|lock)$/.test(path) && /Ecto\.Migrator|EctoBootMigration/.test(text),
  )

/** Whether there is anything to migrate yet; where only the config is in view there may be. */
const hasMigrations = ({ tree }: Project): boolean =>
  tree.entries.every(({ path }) => !/(^|\/)priv(\/|$)/.test(path)) ||
  tree.entries.some(({ path }) => /(^|\/)migrations\/.*\.exs$/.test(path))

/** Whether the code of the app is in view, down to what it starts, and no module is the repo that the config names. */
const isNowhere = (repo: string, { app, code }: Deployment): boolean =>
  app?.applicationModule !== undefined && code.module(app.applicationModule) !== undefined && !code.module(repo)

interface Repos {
  readonly owner: MixApp
  /** Without `Elixir.` */
  readonly repo: string
  readonly span: Span
}

/** The repos that the config names, and the app that has them. */
function reposOf({ boot }: Deployment, app: MixApp): Repos | undefined {
  const apps = app.umbrella ? app.children : [app]
  for (const owner of apps) {
    const [repo] = owner.name === undefined ? [] : modulesIn(boot?.at(owner.name, 'ecto_repos'))
    const write = boot?.writes.findLast(({ path }) => path[0] === owner.name && path[1] === 'ecto_repos')
    if (repo !== undefined && write) return { owner, repo, span: write.span }
  }
  return undefined
}

const modulesIn = (value: Value | undefined): readonly string[] =>
  value?.kind === 'list'
    ? value.items.flatMap((item) => (item.kind === 'atom' && isAlias(item.name) ? [moduleName(item.name)] : []))
    : []

/** The module and the script that `mix phx.gen.release` generates. */
function fixFor(project: Project, app: MixApp, owner: MixApp, repo: string, release: string): Fix | undefined {
  const namespace = repo.split('.')[0]
  const name = owner.name
  if (namespace === undefined || name === undefined || release === '') return undefined
  const moduleFile = posix.join(owner.folder, 'lib', name, 'release.ex')
  const script = posix.join(app.folder, 'rel/overlays/bin/migrate')
  const exists = (path: string) => entryAt(project.tree, path) !== undefined
  if (exists(moduleFile) || project.code.module(`${namespace}.Release`)) return undefined
  const edits = [created(moduleFile, moduleText(namespace, name))]
  if (!exists(script)) edits.push(created(script, scriptText(namespace, release)))
  return { title: `Write ${edits.map(({ span }) => `\`${span.source.path}\``).join(' and ')}`, safety: 'unsafe', edits }
}

const created = (path: string, text: string): Edit => ({ span: { source: { path, text: '' }, start: 0, end: 0 }, text })

const moduleText = (namespace: string, app: string) => `defmodule ${namespace}.Release do
  @moduledoc "Migrates the database in production, where there is no Mix."

  @app :${app}

  def migrate do
    load_app()

    for repo <- repos() do
      {:ok, _, _} = Ecto.Migrator.with_repo(repo, &Ecto.Migrator.run(&1, :up, all: true))
    end
  end

  def rollback(repo, version) do
    load_app()
    {:ok, _, _} = Ecto.Migrator.with_repo(repo, &Ecto.Migrator.run(&1, :down, to: version))
  end

  defp repos, do: Application.fetch_env!(@app, :ecto_repos)

  defp load_app do
    Application.ensure_all_started(:ssl)
    Application.ensure_loaded(@app)
  end
end
`

const scriptText = (namespace: string, release: string) => `#!/bin/sh
set -eu

cd -P -- "$(dirname -- "$0")"
exec ./${release} eval ${namespace}.Release.migrate
`
