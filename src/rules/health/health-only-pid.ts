import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { wordsOf } from '../../model/facts/assets.ts'
import { canFail } from '../../model/facts/health/requests.ts'
import type { Project } from '../../model/project/project.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { commandInstead, probeOf } from '../edits/probe.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-only-pid',
  gotcha: 'health',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'a fix needs one health route, one known port, and `curl` or `wget` in the image',
  ofImages: true,
  summary: 'the health check asks whether a process runs, and not whether it answers',
  incident: 'The app hangs, or has lost its database, and the container is said to be healthy for ever.',
  remedy: 'Ask a route of the app over HTTP instead of the process alone',
  why: `\`bin/my_app pid\` prints the number of the process, and \`pgrep\` finds it. Docker knows that without a health check: a
container ends with its process. What is worth asking is what only the app can tell, whether a request is answered.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-bin-release_name-commands',
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
  ],
  examples: [
    {
      title: 'bin/shop pid',
      on: 'health',
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD ["/app/bin/shop", "pid"]
                        ^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'pgrep',
      on: 'health',
      good: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD curl -fsS http://localhost:4000/health || exit 1`,
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health || exit 1 --
        HEALTHCHECK CMD pgrep beam.smp || exit 1
                        ^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      for (const probe of deployment.health) {
        const first = probe.steps.find(asksForProcess)
        if (!first || !canFail(probe) || !probe.steps.every((step) => asksForProcess(step) || isIdle(step))) continue
        yield {
          message: `the health check only asks whether a process runs: \`${wordsOf(first)}\` says nothing of what it answers`,
          span: first.span,
          related: probe.via,
          fixes: requesting(first, project, deployment),
        }
      }
    }
  },
})

/** Whether a step looks for a process: `pid` of the release, or a program that lists or signals processes. */
function asksForProcess({ command }: Step): boolean {
  if (command.kind === 'release') return command.command === 'pid'
  if (command.kind !== 'program') return false
  if (command.name === 'kill') return command.argv[1] === '-0'
  return /^(pgrep|pidof|ps|jps|top)$/.test(posix.basename(command.name))
}

/** Whether a step has no part in the answer, or only looks through the list of processes. */
const isIdle = ({ command }: Step): boolean =>
  command.kind === 'program' && /^(true|:|exit|echo|printf|cd|set|cat|test|\[|e?grep|wc|awk|head)$/.test(command.name)

/** The fix that asks the health route. */
function requesting({ span }: Step, project: Project, deployment: Deployment): readonly Fix[] {
  const written = probeOf(project, deployment)
  const edit = written && commandInstead(span, written.words)
  if (!written || !edit) return []
  return [{ title: `Ask \`${written.path}\``, safety: 'unsafe', edits: [edit, ...written.route, ...written.installs] }]
}
