import { healthRoutesOf } from '../model/phoenix/answer.ts'
import { hasDatabase, serves, waitingFor } from './health.ts'
import { askingAction, healthSources, probedImage } from './health-parts.ts'
import { defineRule } from './rule.ts'

const compose = (health: string) => `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              PHX_HOST: shop.acme-tools.org
              DATABASE_URL: ecto://db/shop
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?}
${health}`

export default defineRule({
  id: 'health-missing',
  gotcha: 'health',
  severity: 'info',
  summary: 'nothing asks the app whether it is well',
  incident: 'A container that hangs, or that has lost its database, gets traffic as before, and nobody is told.',
  why: `Docker only sees whether the process runs. Without a health check a deployment is done as soon as the container has
started, and \`depends_on\` with \`condition: service_healthy\` refuses to start what waits for it.`,
  links: [
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://docs.docker.com/compose/how-tos/startup-order/',
  ],
  examples: [
    {
      title: 'a health route that nothing asks',
      bad: `
${probedImage('EXPOSE 4000')}
${healthSources(askingAction)}
${compose('').replace('          web:', '          web:\n          ^^^')}`,
      good: `
${probedImage('EXPOSE 4000')}
${healthSources(askingAction)}
${compose(`            healthcheck:
              test: ["CMD", "curl", "-fsS", "http://localhost:4000/health"]`)}`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { service, server, health, ships } = deployment
      const isOff = service?.health?.disabled === true
      if (service === undefined || (service.health && !isOff) || health.length > 0) continue
      const waiting = waitingFor(project, service.name)
      if (waiting) {
        yield {
          message: `\`${waiting.name}\` waits until \`${service.name}\` is healthy, and \`${service.name}\` has no health check`,
          span: waiting.span,
          related: [
            {
              span: (isOff && service.health?.span) || service.span,
              text: isOff ? 'it is turned off here' : `neither \`${service.name}\` nor its image has one`,
            },
          ],
          severity: 'warning',
        }
      } else if (!isOff && !ships?.healthcheck && server && serves(deployment) && hasDatabase(project)) {
        const [route] = healthRoutesOf(project.code)
        yield {
          message: route
            ? `the service \`${service.name}\` has no health check: nothing asks \`${route.path}\``
            : `the service \`${service.name}\` has no health check`,
          span: service.span,
          related: route ? [{ span: route.span, text: 'this route is there to be asked' }] : [],
        }
      }
    }
  },
})
