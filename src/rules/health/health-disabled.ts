import type { Deployment } from '../../model/boot/deployment.ts'
import { subjectOf } from '../../model/facts/boots.ts'
import { hasDatabase, serves, waitingFor } from '../../model/facts/health/requests.ts'
import { healthRoutesOf } from '../../model/phoenix/answer.ts'
import type { Span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-disabled',
  gotcha: 'health',
  severity: 'info',
  summary: 'the health check of the app is turned off',
  incident: 'A container that hangs, or that has lost its database, gets traffic as before, and nobody is told.',
  remedy: 'Take the line away, or check a route that asks the database',
  why: `\`disable: true\` and \`HEALTHCHECK NONE\` take away the health check that the image has. That is right for a worker, and
where an orchestrator asks instead; where neither is so, nothing asks the app any more.`,
  links: [
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
  ],
  examples: [
    {
      title: 'turned off for a while',
      on: 'health',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            healthcheck:
              interval: 10s`,
      bad: `
        -- compose.yaml: interval: 10s --
        disable: true
        ^^^^^^^^^^^^^`,
    },
    {
      title: 'HEALTHCHECK NONE',
      on: 'health',
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK NONE
        ^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    const [route] = healthRoutesOf(project.code)
    for (const deployment of project.deployments) {
      const { ships, service } = deployment
      const span = offAt(deployment)
      const own = ships?.healthcheck?.command ? ships.healthcheck.span : undefined
      if (!span || !serves(deployment) || (service && waitingFor(project, service))) continue
      if (!own && !route && !hasDatabase(project)) continue
      yield {
        message: `the health check of ${subjectOf(deployment)} is turned off${route ? `: nothing asks \`${route.path}\`` : ''}`,
        span,
        related: own
          ? [{ span: own, text: 'the health check of the image' }]
          : route
            ? [{ span: route.span, text: 'this route is there to be asked' }]
            : [],
      }
    }
  },
})

/** What turns the health check off. */
function offAt({ service, ships }: Deployment): Span | undefined {
  if (service?.health) return service.health.disabled ? service.health.span : undefined
  return ships?.healthcheck && !ships.healthcheck.command ? ships.healthcheck.span : undefined
}
