import type { Probe } from '../model/deployment.ts'
import type { Finding } from '../text/diagnostic.ts'
import { textOf } from '../text/source.ts'
import { canFail, isContentWithAll } from './health.ts'
import { askingAction, healthSources, probedImage } from './health-parts.ts'
import { defineRule } from './rule.ts'

export default defineRule({
  id: 'health-check-cannot-fail',
  gotcha: 'health',
  severity: 'error',
  fix: 'safe',
  ofImages: true,
  summary: 'the health check succeeds whatever the app answers',
  incident: 'The app answers every request with an error, and the container is said to be healthy for ever.',
  why: `A health check tells by its exit code. \`|| true\`, \`; exit 0\` and \`|| echo …\` turn every failure into a success,
and \`curl\` without \`-f\` is content with any answer: 404, 500 and 503 are successes to it.`,
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck', 'https://curl.se/docs/manpage.html#-f'],
  examples: [
    {
      title: 'a failure that is ignored',
      bad: `
${probedImage(`HEALTHCHECK CMD curl -fsS http://localhost:4000/health || true
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`)}
${healthSources(askingAction)}`,
      good: `
${probedImage('HEALTHCHECK CMD curl -fsS http://localhost:4000/health || exit 1')}
${healthSources(askingAction)}`,
    },
    {
      title: 'curl without -f',
      bad: `
${probedImage(`HEALTHCHECK CMD curl -s http://localhost:4000/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`)}
${healthSources(askingAction)}`,
      good: `
${probedImage('HEALTHCHECK CMD curl -f -s http://localhost:4000/health')}
${healthSources(askingAction)}`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const { health } of project.deployments) {
      for (const probe of health) {
        const found = canFail(probe) ? undefined : deafness(probe)
        if (found) yield found
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
    }
  }
  const content = asking.find(isContentWithAll)
  if (content) {
    const name = textOf(content.span).startsWith('curl ') ? content.span : undefined
    const end = (name?.start ?? 0) + 'curl'.length
    const edit = name && { span: { ...name, start: end, end }, text: ' -f' }
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
