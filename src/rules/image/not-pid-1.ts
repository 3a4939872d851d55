import type { Deployment } from '../../model/boot/deployment.ts'
import { wordsOf } from '../../model/facts/assets.ts'
import { runnerOf } from '../../model/facts/runner.ts'
import type { RunningShell, Step } from '../../model/stage-files/step.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { type Span, span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'not-pid-1',
  gotcha: 'image',
  severity: 'warning',
  ofImages: true,
  fix: 'safe',
  summary: 'a shell stands in front of the app and keeps the signal to stop',
  incident:
    '`docker stop` and every deploy wait ten seconds and then kill the app: requests are cut off, and jobs are left half done.',
  remedy: 'Put `exec` before the last command of the script, or use the exec form',
  why: `\`docker stop\` sends SIGTERM to the first process of the container alone, upon which Erlang shuts down in order. Where
that process is a shell that waits for the app, nothing arrives: a shell does not pass signals on. \`exec\` puts the app
in its place. The \`sh\` of Debian and Ubuntu waits even for the last command of \`sh -c\`; \`bash -c\` and the \`sh\` of Alpine
make room for that one, but not in a script. \`init: true\` and \`tini\` only tell the shell, which dies without the app.`,
  links: [
    'https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example',
    'https://docs.docker.com/reference/cli/docker/container/stop/',
  ],
  examples: [
    {
      title: 'migrations, then the app',
      on: 'repo',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"]`,
      bad: `
        -- Dockerfile: CMD ["sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"] --
        CMD ["sh", "-c", "/app/bin/migrate && /app/bin/shop start"]
                                              ^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a script without exec',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        COPY docker/entrypoint.sh /
        ENTRYPOINT ["/entrypoint.sh"]
        -- docker/entrypoint.sh --
        #!/bin/sh
        set -e
        echo "starting"
        exec /app/bin/shop start`,
      bad: `
        -- docker/entrypoint.sh: exec /app/bin/shop start --
        /app/bin/shop start
        ^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'the shell form',
      on: 'release',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD exec /app/bin/shop start`,
      bad: `
        -- Dockerfile: CMD exec /app/bin/shop start --
        CMD /app/bin/shop start
            ^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) {
      const { server, start, boot } = deployment
      if (!server || server.isPassedBy || start.some(trapsTerm)) continue
      // `start` of Distillery comes back at once.
      if (boot?.tool && server.command.kind === 'release' && server.command.command === 'start') continue
      const waiting = server.shells.findIndex((shell) => stays(shell, deployment))
      const shell = server.shells[waiting]
      if (!shell) continue
      const place = startedBy(server, waiting)
      const app = `\`${wordsOf({ ...server, span: place })}\``
      const isBeside = server.shells.some(({ then }) => then === 'beside')
      const isDaemon = server.command.kind === 'release' && /^daemon/.test(server.command.command)
      yield {
        message: isBeside
          ? `\`${nameOf(shell)}\` starts ${app} beside itself and passes no signal on`
          : `\`${nameOf(shell)}\` waits in front of ${app} and passes no signal on`,
        span: place,
        related: server.via,
        ...(isBeside || isDaemon
          ? {
              noFix: '`exec` changes nothing in front of what runs in the background or in a pipe',
              remedy: 'Start the app in the foreground, or pass the signal on by `trap`',
            }
          : { fixes: [execFix(server, deployment)] }),
        ...(server.runs === 'always' ? {} : { certainty: 'likely' }),
      }
    }
  },
})

const nameOf = ({ file, shell }: RunningShell) => file?.name ?? shell

/** Where a shell starts what runs in it: the next shell, or the app. */
const startedBy = ({ shells, span }: Step, index: number): Span => shells[index + 1]?.span ?? span

/** Whether a shell surely stays in front of what it runs (seen of dash 0.5.12, bash 5.2 and BusyBox 1.35). */
function stays({ shell, file, then }: RunningShell, deployment: Deployment): boolean {
  if (then === 'replaced') return false
  if (file || then === 'waits' || then === 'beside') return true
  const runner = runnerOf(deployment)
  const families = runner.kind === 'known' ? runner.value.distributions.map(({ family }) => family) : []
  const isDash = shell === 'dash' || (shell === 'sh' && families.length > 0 && families.every(hasDash))
  return isDash || (shell === 'bash' && then === 'block')
}

const hasDash = (family: string) => family === 'debian' || family === 'ubuntu'

/** Whether a script takes care of the signal itself. */
const trapsTerm = ({ command, isPassedBy }: Step): boolean =>
  !isPassedBy &&
  command.kind === 'program' &&
  command.name === 'trap' &&
  command.argv.some((word) => /TERM|^15$/.test(word ?? 'TERM'))

/** Puts `exec` where a shell waits. What follows in the shell is not run any more then. */
function execFix(server: Step, deployment: Deployment): Fix {
  const waiting = server.shells.flatMap((shell, index) => (stays(shell, deployment) ? [{ shell, index }] : []))
  const edits = waiting.map(({ index }) => {
    const { source, start } = startedBy(server, index)
    return { span: span(source, start, start), text: 'exec ' }
  })
  return {
    title: 'Start it with `exec`',
    safety: waiting.every(({ shell }) => shell.then === 'last') ? 'safe' : 'unsafe',
    edits,
  }
}
