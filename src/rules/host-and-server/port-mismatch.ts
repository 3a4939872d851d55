import type { Deployment } from '../../model/boot/deployment.ts'
import { surelyListens } from '../../model/boot/endpoint.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { doubtAbout, doubtfulBootsOf } from '../../model/facts/boots.ts'
import type { Edit, Fix } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'port-mismatch',
  gotcha: 'host-and-server',
  severity: 'warning',
  fix: 'unsafe',
  summary: 'the published port is not the one on which the endpoint listens',
  incident: 'The container is up, and every request to the published port is refused.',
  remedy: 'Use one port for the endpoint, the published port and the health check',
  why: `The right side of \`ports: "80:4000"\` is the port inside of the container. It must be the one that
\`http: [port: …]\` of the endpoint has when the release has started, which mostly comes from \`PORT\`. Where nothing is
published, proxies and platforms go by \`EXPOSE\`.`,
  links: [
    'https://docs.docker.com/reference/compose-file/services/#ports',
    'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html',
  ],
  examples: [
    {
      title: 'two ports of habit',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            ports:
              - "80:4000"`,
      bad: `
        -- compose.yaml: - "80:4000" --
        - "80:8080"
          ^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'EXPOSE of another framework',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        EXPOSE 4000
        CMD ["/app/bin/shop", "start"]`,
      bad: `
        -- Dockerfile: EXPOSE 4000 --
        EXPOSE 3000
               ^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const { deployment, boot } of doubtfulBootsOf(project)) {
      const { service } = deployment
      const [published, more] = service?.ports ?? []
      const [endpoint, another] = boot.endpoints
      if (!boot.settled || !endpoint || !boot.endpoints.every(surelyListens)) continue
      if (boot.endpoints.some((one) => one.at('https', 'port') !== undefined)) continue
      const ports = boot.endpoints.map((one) => one.at('http', 'port'))
      const [port] = ports
      if (port?.kind !== 'integer' || ports.some((one) => one?.kind !== 'integer')) continue
      const place = placeOf(trailOf(port))
      const exposed = published || another ? undefined : exposedOtherwise(deployment, `${port.value}`)
      if (exposed)
        yield {
          message: `the image says that it listens on ${textOf(exposed)}, and \`${endpoint.name}\` listens on ${port.value}`,
          why: 'Whoever goes by what the image says, such as a platform, asks a port on which nothing listens.',
          remedy: 'Let `EXPOSE` name the port that the endpoint listens on',
          span: exposed,
          related: place ? [{ span: place.span, text: 'the port that the endpoint gets comes from here' }] : [],
          certainty: 'likely',
          fixes: saying(partInstead(exposed, /^\d+/, `${port.value}`), `${port.value}`),
        }
      const isTaken = ports.some((one) => one?.kind === 'integer' && one.value === BigInt(published?.target ?? 0))
      if (!service || !published || more || isTaken) continue
      yield {
        message: `${service.subject} ${service.platform ? 'gets its requests at' : 'publishes'} port ${published.target} of the container, and \`${endpoint.name}\` listens on ${port.value}`,
        span: published.span,
        fixes: another
          ? []
          : saying(
              partInstead(
                published.span,
                new RegExp(`(?<![\\d.])${published.target}(?=(/tcp)?["']?$)`),
                `${port.value}`,
              ),
              `${port.value}`,
            ),
        related: place ? [{ span: place.span, text: 'the port that the endpoint gets comes from here' }] : [],
        ...doubtAbout(boot),
      }
    }
  },
})

/** The only port that an image exposes, where it is another one: proxies such as Traefik send their requests there. */
function exposedOtherwise({ ships }: Deployment, port: string): Span | undefined {
  const exposed = ships?.stage.instructions.flatMap((one) => (one.keyword === 'EXPOSE' ? one.ports : [])) ?? []
  const [only, more] = exposed
  const [, number] = /^(\d+)(?:\/tcp)?$/.exec(only?.text ?? '') ?? []
  return number === undefined || more || number === port ? undefined : only?.span
}

/** The fix that names the port on which the endpoint listens. */
const saying = (edit: Edit | undefined, port: string): readonly Fix[] =>
  edit ? [{ title: `Name port ${port}, on which the endpoint listens`, safety: 'unsafe', edits: [edit] }] : []
