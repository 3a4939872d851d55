import type { RunInstruction } from '../../languages/dockerfile/types.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { stagesBehind, wordsOf } from '../../model/facts/assets.ts'
import { dependsOn } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import { developmentWord } from '../../model/shipping/production.ts'
import { migrates } from '../../model/stage-files/migrating.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Edit, Fix } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { isAlone, runOf, withoutCommand } from '../edits/before-step.ts'
import { beforeStart } from '../edits/dockerfile.ts'
import { lineStart, linesOf, withCommentsAbove } from '../edits/lines.ts'
import { migratingFirst } from '../edits/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'migrate-at-build',
  gotcha: 'migrations',
  severity: 'error',
  stops: true,
  fix: 'unsafe',
  noFix: 'the release has nothing that migrates yet, or this is no plain line of the Dockerfile',
  summary: 'the image build migrates the database',
  incident: 'The build stops because it reaches no database, or the migrations of production never run.',
  remedy: 'Migrate where the release starts: `bin/migrate`, or `eval` of the release module',
  why: `An image is built once, before and away from the database that it will run with. What a build migrates is at best
a database of the build machine. Migrations belong between the build and the start: into the command of the container,
or into a step of the deployment.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#ecto-migrations-and-custom-commands',
    'https://hexdocs.pm/ecto_sql/Mix.Tasks.Ecto.Migrate.html',
  ],
  examples: [
    {
      title: '`mix ecto.migrate` in a RUN',
      on: 'phoenix',
      good: `
        -- mix.exs --
        (removed)
        -- Dockerfile: RUN mix release --
        RUN mix deps.get && mix assets.deploy
        RUN mix release
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/server"]`,
      bad: `
        -- Dockerfile: RUN mix release --
        RUN mix ecto.migrate
            ^^^^^^^^^^^^^^^^
        RUN mix release
        -- Dockerfile: CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/server"] --
        CMD ["/app/bin/server"]`,
    },
    {
      title: 'a release that can migrate at its start',
      on: 'repo',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"]`,
      bad: `
        -- Dockerfile: RUN mix release --
        RUN mix ecto.migrate
            ^^^^^^^^^^^^^^^^
        RUN mix release
        -- Dockerfile: CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"] --
        CMD ["/app/bin/shop", "start"]`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { ships, app } = deployment
      if (ships === undefined || (app && databaseIsFile(app))) continue
      for (const { stage, steps } of stagesBehind(ships)) {
        if (stage.name !== undefined && developmentWord(stage.name) !== undefined) continue
        for (const step of steps.filter(migrates)) {
          const run = stage.instructions.find(({ span }) => span.start <= start(step) && start(step) < span.end)
          if (steps.some((other) => startsDatabase(other) && run && isIn(other, run.span))) continue
          const certain = step.runs === 'always' && !step.mayFail
          yield {
            message: `\`${wordsOf(step)}\` runs while the image is built, where the database of production is out of reach`,
            span: step.span,
            related: step.via,
            fixes: atStart(step, deployment, project),
            ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
          }
        }
      }
    }
  },
})

/** Where the Dockerfile has the step, or the command that leads to it. */
const start = (step: Step) =>
  (step.via[0] && step.via[0].span.source !== step.span.source ? step.via[0] : step).span.start
const isIn = (step: Step, run: { readonly start: number; readonly end: number }) =>
  run.start <= start(step) && start(step) < run.end

const databaseIsFile = (app: Parameters<typeof dependsOn>[0]) =>
  dependsOn(app, 'ecto_sqlite3') && !dependsOn(app, 'postgrex')

const startsDatabase = ({ command }: Step) =>
  command.kind === 'program' &&
  (/^(postgres|postgresql|pg_ctl|pg_ctlcluster|mysqld|mysqld_safe|mariadbd|initdb|docker-entrypoint\.sh)$/.test(
    command.name,
  ) ||
    (/^(service|systemctl)$/.test(command.name) &&
      command.argv.some((arg) => /postgres|mysql|mariadb/.test(arg ?? ''))))

/** The fix that migrates when the container starts, and not before. */
function atStart(step: Step, deployment: Deployment, project: Project): readonly Fix[] {
  const run = deployment.build && runOf(deployment.build, step)
  const gone = run && isAlone(run, step) ? withComment(run, deployment) : [withoutCommand(step.span)]
  const first = deployment.start.some(migrates) ? [] : [migratingFirst(deployment, project)]
  const edits = [...gone, ...first]
  if (!edits.every((edit) => edit !== undefined)) return []
  return [{ title: 'Migrate when the container starts', safety: 'unsafe', edits }]
}

/** Takes a RUN away, and its comment to where the container starts. */
function withComment({ span: at }: RunInstruction, { build, ships }: Deployment): readonly Edit[] {
  const whole = withCommentsAbove(at, build?.dockerfile.comments ?? [])
  const comment = textOf({ ...whole, end: lineStart(at.source, at.start) }).trimEnd()
  const isOf = /migrat|database|\becto\b|schema|\btables?\b|\bdb\b/i.test(comment)
  if (!isOf || !ships || ships.stage.from.span.source !== at.source) return [{ span: linesOf(at), text: '' }]
  return [{ span: linesOf(whole), text: '' }, beforeStart(ships.stage, comment)]
}
