import type { Deployment } from '../../model/boot/deployment.ts'
import type { Probe } from '../../model/container/container.ts'
import { canFail, isContentWithAll, requestsOf } from '../../model/facts/health/requests.ts'
import { healthRoutesOf } from '../../model/phoenix/answer.ts'
import type { Project } from '../../model/project/project.ts'
import type { Step } from '../../model/stage-files/step.ts'
import { programThere } from '../../model/stages/program-there.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { span } from '../../text/source.ts'
import { healthRoute } from '../edits/health-route.ts'
import { partInstead } from '../edits/literal.ts'
import { installing } from '../edits/probe.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-check-cannot-fail',
  gotcha: 'health',
  severity: 'error',
  fix: 'safe',
  noFix: 'what it should ask is yours to say, or its command is put together elsewhere',
  ofImages: true,
  summary: 'the health check succeeds whatever the app answers',
  incident: 'The app answers every request with an error, and the container is said to be healthy for ever.',
  remedy: 'Let the check fail: `curl -f`, and nothing behind it that succeeds anyway',
  why: `A health check tells by its exit code. \`|| true\`, \`; exit 0\` and \`|| echo …\` turn every failure into a success,
and \`curl\` without \`-f\` is content with any answer: 404, 500 and 503 are successes to it.`,
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck', 'https://curl.se/docs/manpage.html#-f'],
  examples: [
    {
      title: 'a failure that is ignored',
      on: 'health',
      good: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD curl -fsS http://localhost:4000/health || exit 1`,
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health || exit 1 --
        HEALTHCHECK CMD curl -fsS http://localhost:4000/health || true
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'curl without -f',
      on: 'health',
      good: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD curl -f -s http://localhost:4000/health`,
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -f -s http://localhost:4000/health --
        HEALTHCHECK CMD curl -s http://localhost:4000/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'curl without -f, and no curl',
      on: 'health',
      good: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD curl -f -s http://localhost:4000/health`,
      bad: `
        -- Dockerfile: RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates curl --
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        -- Dockerfile: HEALTHCHECK CMD curl -f -s http://localhost:4000/health --
        HEALTHCHECK CMD curl -s http://localhost:4000/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      for (const probe of deployment.health) {
        const found = canFail(probe) ? undefined : deafness(probe)
        if (found) yield { ...found, fixes: (found.fixes ?? []).map((fix) => whole(fix, project, deployment, probe)) }
      }
    }
  },
})

function deafness(probe: Probe): Finding | undefined {
  const asking = probe.requests.map((request) => request.step)
  const ignored = asking.find((step) => step.mayFail)
  if (ignored) {
    return {
      message: 'the health check succeeds also where this request fails',
      span: ignored.span,
      related: ignored.via,
      fixes: failing(ignored),
    }
  }
  const content = asking.find(isContentWithAll)
  if (content) {
    const edit =
      partInstead(content.span, /^curl(?= )/, 'curl -f') ?? partInstead(content.span, /"curl"(?=,)/, '"curl", "-f"')
    return {
      message:
        '`curl` without `-f` succeeds whatever the app answers, so the health check only tells that a port is open',
      span: content.span,
      related: content.via,
      fixes: edit
        ? [{ title: 'Let `curl` fail where the app answers with an error', safety: 'safe', edits: [edit] }]
        : [],
    }
  }
  if (asking.length > 0) return undefined
  const [first] = probe.steps
  const all = probe.steps.every(
    (step) => step.command.kind === 'program' && /^(true|:|echo|exit)$/.test(step.command.name),
  )
  if (first === undefined || !all) return undefined
  return { message: 'the health check asks nothing and always succeeds', span: probe.span, related: [] }
}

/** The fix that lets the failure of a request be one. */
function failing({ span: at }: Step): readonly Fix[] {
  const { source, end } = at
  const found = /^([\t ]*(?:\|\||(;))[\t ]*)(true|:|exit 0)(?=["']?[\t ]*(?:\][\t ]*)?(\r?\n|$))/.exec(
    source.text.slice(end),
  )
  if (found?.[1] === undefined) return []
  const edit = found[2]
    ? { span: span(source, end, end + found[0].length), text: '' }
    : { span: span(source, end + found[1].length, end + found[0].length), text: 'exit 1' }
  return [{ title: 'Let the health check fail where the request fails', safety: 'safe', edits: [edit] }]
}

/** A fix with what else a check needs that can fail: its program, and a route that answers it. */
function whole(fix: Fix, project: Project, deployment: Deployment, probe: Probe): Fix {
  const { dockerfile, ships, build } = deployment
  const isMissing = (tool: string) => dockerfile && ships && programThere(tool, dockerfile, ships, build?.args) === 'no'
  const tools = probe.steps.flatMap(({ command }) =>
    command.kind === 'program' && /^(curl|wget)$/.test(command.name) ? [command.name] : [],
  )
  const installs = [...new Set(tools)].filter(isMissing).map((tool) => installing(deployment, tool))
  const unanswered = [...requestsOf(project)].find((asked) => asked.probe === probe && asked.answer.kind === 'none')
  const isRouted = healthRoutesOf(project.code).length > 0
  const route = unanswered && !isRouted ? (healthRoute(project, unanswered.request.path) ?? []) : []
  const more = [...installs.filter((edit) => edit !== undefined), ...route]
  return more.length === 0 ? fix : { ...fix, safety: 'unsafe', edits: [...fix.edits, ...more] }
}
