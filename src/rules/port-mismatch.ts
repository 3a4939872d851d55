import { placeOf, trailOf } from '../model/boot/trail.ts'
import { releaseImage, shopSources } from './example-parts.ts'
import { defineRule } from './rule.ts'

const project = (port: string) => `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              PHX_SERVER: "true"
            ports:
              - ${port}
            healthcheck:
              disable: true
${releaseImage}
${shopSources.replace('server: true', 'server: true, http: [port: 4000]')}`

export default defineRule({
  id: 'port-mismatch',
  gotcha: 'host-and-server',
  severity: 'warning',
  summary: 'the published port is not the one on which the endpoint listens',
  incident: 'The container is up, and every request to the published port is refused.',
  why: `The right side of \`ports: "80:4000"\` is the port inside of the container. It must be the one that
\`http: [port: …]\` of the endpoint has when the release has started, which mostly comes from \`PORT\`.`,
  links: [
    'https://docs.docker.com/reference/compose-file/services/#ports',
    'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html',
  ],
  examples: [
    {
      title: 'two ports of habit',
      bad: project('"80:8080"\n                ^^^^^^^^^'),
      good: project('"80:4000"'),
    },
  ],
  *check({ deployments }) {
    for (const { service, boot } of deployments) {
      const [published, more] = service?.ports ?? []
      const [endpoint, another] = boot?.endpoints ?? []
      if (!service || !boot?.settled || !published || more || !endpoint || another || endpoint.listens !== true)
        continue
      if (boot.doubt !== undefined || endpoint.at('https', 'port') !== undefined) continue
      const port = endpoint.at('http', 'port')
      if (port?.kind !== 'integer' || port.value === BigInt(published.target)) continue
      const place = placeOf(trailOf(port))
      yield {
        message: `the service \`${service.name}\` publishes port ${published.target} of the container, and \`${endpoint.name}\` listens on ${port.value}`,
        span: published.span,
        related: place ? [{ span: place.span, text: `the port that the endpoint gets comes from here` }] : [],
      }
    }
  },
})
