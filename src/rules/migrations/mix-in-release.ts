import type { Deployment } from '../../model/boot/deployment.ts'
import { wordsOf } from '../../model/facts/assets.ts'
import { subjectOf } from '../../model/facts/boots.ts'
import { asksForMix, hooksOf, mixCallsIn } from '../../model/facts/migrations.ts'
import { mixCallsInto } from '../../model/facts/neighbours/calls-into.ts'
import { migratorsOf } from '../../model/phoenix/migrator.ts'
import type { Project } from '../../model/project/project.ts'
import { runsCode, type Step, writtenAt } from '../../model/stage-files/step.ts'
import { mixThere } from '../../model/stages/mix-there.ts'
import type { Finding, Fix, Label } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { migratingWords, servingWords, wordsInstead } from '../edits/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'mix-in-release',
  gotcha: 'migrations',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'nothing in the release is known to do the same',
  ofImages: true,
  summary: '`mix` is called in a container that has only the release',
  incident:
    'The container stops at its start with `mix: command not found`, or boots on a database without the new columns.',
  remedy: 'Call a function of the release: `bin/migrate`, or `bin/app eval "App.Release.migrate()"`',
  why: `Mix is a build tool. A release holds the compiled app and the Erlang runtime, neither \`mix\` nor the sources, and
the image that it is copied into has no Elixir. Tasks such as \`ecto.migrate\` have to be functions of the app, which the
release calls with \`eval\`.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#ecto-migrations-and-custom-commands',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-one-off-commands-eval-and-rpc',
  ],
  examples: [
    {
      title: 'an entrypoint script that migrates with Mix',
      on: 'repo',
      good: `
        -- mix.exs --
        (removed)
        -- Dockerfile: USER nobody --
        COPY --chmod=755 docker/entrypoint.sh /entrypoint.sh
        USER nobody
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENTRYPOINT ["/entrypoint.sh"]
        CMD ["/app/bin/server"]
        -- docker/entrypoint.sh --
        #!/bin/sh
        set -e
        /app/bin/migrate
        exec "$@"`,
      bad: `
        -- docker/entrypoint.sh: /app/bin/migrate --
        mix ecto.migrate
        ^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a command that migrates with Mix',
      on: 'repo',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"]`,
      bad: `
        -- Dockerfile: CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"] --
        CMD ["/bin/sh", "-c", "mix ecto.migrate && exec /app/bin/shop start"]
                               ^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'no bin/migrate in the release',
      on: 'repo',
      good: `
        -- fly.toml --
        (removed)
        -- rel/overlays/bin/migrate --
        (removed)
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/bin/sh", "-c", "/app/bin/shop eval Shop.Release.migrate && exec /app/bin/shop start"]`,
      bad: `
        -- Dockerfile: CMD ["/bin/sh", "-c", "/app/bin/shop eval Shop.Release.migrate && exec /app/bin/shop start"] --
        CMD ["/bin/sh", "-c", "mix ecto.migrate && exec /app/bin/shop start"]
                               ^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { dockerfile, ships, start, health, hooks, build } = deployment
      if (dockerfile === undefined || ships === undefined) continue
      const there = mixThere(dockerfile, ships, build?.args)
      if (there === 'yes' || (there === 'unknown' && deployment.release === undefined)) continue
      const base = { span: ships.stage.base.span, text: 'this image has no Elixir' }
      const trail = there === 'no' ? [base] : []
      for (const step of [...start, ...hooks, ...health.flatMap((probe) => probe.steps)]) {
        const found = findingAt(step, trail, deployment, project)
        if (found) yield there === 'no' ? found : likely(found)
      }
      if (deployment.runs !== 'release' || deployment.release === undefined) continue
      for (const span of there === 'no' ? mixCallsInto(deployment, project) : []) {
        const into = `\`${wordsOf({ span })}\` cannot run in ${subjectOf(deployment)}: there is no Mix in its image`
        const remedy = remedyFor(taskIn(span), deployment, project)
        yield likely({ message: into, remedy, span, related: trail })
      }
      for (const source of hooksOf(project, deployment.release)) {
        for (const { span, certain } of mixCallsIn(source)) {
          const found: Finding = {
            message: messageFor(wordsOf({ span })),
            remedy: remedyFor(taskIn(span), deployment, project),
            span,
            related: [shipped(deployment), ...trail],
          }
          yield there === 'no' && certain ? found : likely(found)
        }
      }
    }
  },
})

type MixCommand = Extract<Step['command'], { readonly kind: 'mix' }>

const messageFor = (words: string) =>
  `\`${words.replace(/\s+/g, ' ')}\` cannot run: there is no Mix in the image that runs`

const likely = (finding: Finding): Finding => ({ ...finding, severity: 'warning', certainty: 'likely' })

const shipped = ({ release, ships, span }: Deployment): Label => {
  return { span: release?.step.span ?? ships?.stage.from.span ?? span, text: 'the file becomes part of this release' }
}

function findingAt(step: Step, trail: readonly Label[], deployment: Deployment, project: Project): Finding | undefined {
  const { command } = step
  const { span, via } = writtenAt(step)
  if (step.isPassedBy || asksForMix(step.guards)) return undefined
  const related = [...via, ...trail]
  const maybe = step.runs === 'maybe' ? ({ severity: 'warning', certainty: 'likely' } as const) : {}
  if (command.kind === 'mix') {
    const drawer = /^(phx\.server|run)$/.test(command.task) ? ({ gotcha: 'host-and-server' } as const) : {}
    const fixes = releaseInstead(step, deployment, project)
    const noFix = insteadOf(command, deployment, project) && { noFix: 'its words cannot be changed one by one here' }
    const remedy = remedyFor(command.task, deployment, project)
    return { message: messageFor(wordsOf({ span })), remedy, span, related, fixes, ...noFix, ...maybe, ...drawer }
  }
  if (command.kind !== 'release' || !runsCode(command.command)) return undefined
  const call = /\bMix\.[\w.]*\w/.exec(command.args.join(' '))?.[0]
  if (call === undefined) return undefined
  return {
    message: `\`${call}\` is not there: a release is without Mix, and \`${command.command}\` has only what it holds`,
    remedy: `Call a function that does the same without \`${call}\``,
    span,
    related,
    ...maybe,
  }
}

const taskIn = (span: Span): string => /\bmix\s+([\w.]+)/.exec(wordsOf({ span }))?.[1] ?? ''

/** What is to be done in the place of a task, in one line. */
function remedyFor(task: string, deployment: Deployment, project: Project): string {
  const name = deployment.release?.name || 'APP'
  if (/^ecto\.(create|drop|setup|reset)$/.test(task))
    return 'Create the database once, outside of this container, and take this line away'
  if (task === 'ecto.migrate') {
    const words = migratingWords(deployment, project)
    if (words) return `Call \`${words.join(' ')}\` in its place`
    const [migrator, ...others] = migratorsOf(project.code)
    if (migrator) {
      const call = others.length > 0 ? 'the function that migrates' : `\`migrate\` of \`${migrator.name}\``
      return `Call ${call} in its place, by \`bin/${name} eval\``
    }
    return `Let \`mix phx.gen.release\` write a release module, and call its \`migrate\` by \`bin/${name} eval\``
  }
  if (task === 'phx.server')
    return `Start the release in its place: \`${(servingWords(deployment) ?? [`bin/${name}`, 'start']).join(' ')}\``
  if (/^(compile|release|deps\.\w+|assets\.\w+|(phx|phoenix)\.digest|local\.\w+)$/.test(task))
    return 'Run it in the stage that builds the release, before `mix release`'
  return `Make a function of the release module of what the task does, and call it by \`bin/${name} eval\``
}

/** The words that have the release do what Mix is called for. */
function insteadOf(
  { task, args }: MixCommand,
  deployment: Deployment,
  project: Project,
): readonly string[] | undefined {
  if (args.some((arg) => arg !== '--quiet')) return undefined
  if (task === 'ecto.migrate') return migratingWords(deployment, project)
  return task === 'phx.server' ? servingWords(deployment) : undefined
}

/** The fix that has the release do it. */
function releaseInstead(step: Step, deployment: Deployment, project: Project): readonly Fix[] {
  const { command } = step
  if (command.kind !== 'mix') return []
  const words = insteadOf(command, deployment, project)
  const edit = words && wordsInstead(writtenAt(step).span, ['mix', command.task, ...command.args], words)
  if (!words || !edit) return []
  return [{ title: `Call \`${words.join(' ')}\` in its place`, safety: 'unsafe', edits: [edit] }]
}
