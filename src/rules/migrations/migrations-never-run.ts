import { isGithubWorkflow } from '../../files/names.ts'
import { besideCode } from '../../files/tree.ts'
import { migratesAtStart, migratorsOf } from '../../model/phoenix/migrator.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import { developmentWord } from '../../model/shipping/production.ts'
import { migrates } from '../../model/stage-files/migrating.ts'
import { overlayOf } from '../../model/stage-files/release-files.ts'
import { migratingFirst } from '../edits/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'migrations-never-run',
  gotcha: 'migrations',
  severity: 'info',
  fix: 'unsafe',
  noFix: 'the container is started in a form that cannot be rewritten line by line',
  summary: 'nothing here runs the migrations',
  incident: 'The new version starts on the old tables, and the first query for a new column fails.',
  remedy: 'Run `bin/migrate` before the app starts, or supervise `Ecto.Migrator`',
  why: `A release does not migrate by itself. Something has to call \`bin/migrate\` before the new version takes requests: the
command of the container, a one-off job of the deployment, or an \`Ecto.Migrator\` among the children of the app's
supervisor. Where a platform does it, this is for your information only.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#ecto-migrations-and-custom-commands',
    'https://hexdocs.pm/ecto_sql/Ecto.Migrator.html',
  ],
  examples: [
    {
      title: 'a migrator that nobody calls',
      on: 'repo',
      bad: `
        -- fly.toml --
        (removed)
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/shop", "start"]
            ^^^^^^^^^^^^^^^^^^^^^^^^^^
        -- compose.yaml --
        services:
          web:
            build: .
            environment: [DATABASE_URL]`,
    },
    {
      title: 'a server that starts alone',
      on: 'repo',
      good: `
        -- fly.toml --
        (removed)
        -- compose.yaml --
        services:
          web:
            build: .
            command: /bin/sh -c "/app/bin/migrate && exec /app/bin/server"
            environment: [DATABASE_URL]
        -- rel/overlays/bin/server --
        #!/bin/sh
        cd -P -- "$(dirname -- "$0")"
        PHX_SERVER=true exec ./shop start`,
      bad: `
        -- compose.yaml: command: /bin/sh -c "/app/bin/migrate && exec /app/bin/server" --
        command: /app/bin/server
        -- rel/overlays/bin/server: PHX_SERVER=true exec ./shop start --
        PHX_SERVER=true exec ./shop start
                        ^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    if (project.deployments.some(({ start }) => start.some(migrates))) return
    const done = new Set<MixApp>()
    for (const deployment of project.deployments) {
      const { app, release, runs, boot, server, span, service } = deployment
      if (!app || !release || runs === 'mix' || done.has(app)) continue
      // Who starts a bare image calls the `bin/migrate` that Phoenix generates: a contract, and no mistake.
      if (!service && overlayOf(release, 'bin/migrate').origin.kind !== 'absent') continue
      done.add(app)
      const apps = [app, ...app.children]
      const hasRepos =
        project.code.using('Ecto.Repo').length > 0 ||
        apps.some(({ name }) => name !== undefined && boot?.at(name, 'ecto_repos') !== undefined)
      const [migrator] = migratorsOf(project.code)
      if (!hasRepos || !migrator || migratesAtStart(project.code) || isMentioned(project)) continue
      const first = migratingFirst(deployment, project)
      yield {
        message: `\`${migrator.name}\` can migrate, and nothing here calls it when a new version is deployed`,
        span: server?.span ?? span,
        related: [...(server?.via ?? []), { span: migrator.nameSpan, text: 'the module that migrates' }],
        fixes: first ? [{ title: 'Migrate before the app starts', safety: 'unsafe', edits: [first] }] : [],
      }
    }
  },
})

/** Whether a Dockerfile, script, compose file or the like speaks of migrations; `bin/migrate` itself does not count. */
const isMentioned = (project: Project): boolean =>
  besideCode(project.tree).some(
    ({ path, text }) =>
      !/\.(exs|md|lock)$|(^|\/)rel\/overlays\/bin\/[^/]*migrat[^/]*$|(^|\/)\.(docker|git)ignore$/.test(path) &&
      developmentWord(path) === undefined &&
      !isGithubWorkflow(path) &&
      /^[^#\n\r\u2028\u2029]*(migrat|ecto\.(setup|reset))/im.test(text),
  )
