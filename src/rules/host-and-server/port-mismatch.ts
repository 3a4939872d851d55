import type { Deployment } from '../../model/boot/deployment.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import { type Endpoint, surelyListens } from '../../model/boot/endpoint.ts'
import { hasOtherListener } from '../../model/boot/other-listeners.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { doubtAbout, doubtfulBootsOf, openReads, without } from '../../model/facts/boots.ts'
import { mayBeProxied } from '../../model/facts/neighbours/proxies.ts'
import type { Edit, Fix } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'port-mismatch',
  gotcha: 'host-and-server',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'which of the two ports was meant is yours to say',
  summary: 'the published port is not the one on which the endpoint listens',
  incident: 'The container is up, and every request to the published port is refused.',
  remedy: 'Use one port for the endpoint, the published port and the health check',
  why: `The right side of \`ports: "80:4000"\` is the port inside of the container. It must be the one that
\`http: [port: …]\` of the endpoint has when the release has started, which mostly comes from \`PORT\`. Where nothing is
published, proxies and platforms go by \`EXPOSE\`. Fly.io sets no \`PORT\` by itself: \`internal_port\` has to be the one that the
config falls back to, or \`[env]\` says it.`,
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
    for (const booted of doubtfulBootsOf(project)) {
      const { deployment, boot } = booted
      const { service } = deployment
      const [published, more] = service?.ports ?? []
      const [endpoint, another] = boot.endpoints
      if (!boot.settled || !endpoint || !boot.endpoints.every(surelyListens) || mayBeProxied(deployment)) continue
      if (boot.endpoints.some((one) => one.at('https', 'port') !== undefined)) continue
      if (hasOtherListener(boot, deployment.code)) continue
      const listening = (isFault: (port: string) => boolean) => portOf(boot.endpoints, isFault)
      const exposed = published || another ? undefined : exposedOnly(deployment)
      const otherwise = exposed && listening((port) => port !== exposed.port)
      if (exposed && otherwise)
        yield {
          message: `the image says that it listens on ${textOf(exposed.span)}, and \`${endpoint.name}\` listens on ${otherwise.port}`,
          why: 'Whoever goes by what the image says, such as a platform, asks a port on which nothing listens.',
          remedy: 'Let `EXPOSE` name the port that the endpoint listens on',
          span: exposed.span,
          related: otherwise.related,
          certainty: 'likely',
          fixes: saying(partInstead(exposed.span, /^\d+/, otherwise.port), otherwise.port),
        }
      if (!service || !published || more) continue
      const isOther = (port: string) => port !== `${published.target}`
      const isUnsaid = service.platform === 'fly' && openReads(booted).some(({ name }) => name === 'PORT')
      const unsaid = isUnsaid ? without(boot, 'PORT') : undefined
      const left = unsaid?.endpoints.length === boot.endpoints.length ? portOf(unsaid.endpoints, isOther) : undefined
      const fault = listening(isOther) ?? (left && { ...left, doubt: { certainty: 'likely' } as const })
      if (!fault) continue
      const target = new RegExp(`(?<![\\d.])${published.target}(?=(/tcp)?["']?$)`)
      yield {
        message: `${service.subject} ${service.platform ? 'gets its requests at' : 'publishes'} port ${published.target} of the container, and \`${endpoint.name}\` listens on ${fault.port}`,
        span: published.span,
        fixes:
          another || fault.doubt.certainty ? [] : saying(partInstead(published.span, target, fault.port), fault.port),
        related: fault.related,
        ...fault.doubt,
        ...doubtAbout(boot),
      }
    }
  },
})

/** The port that all endpoints have the fault with, and how surely; undefined where one of them does not surely have it. */
function portOf(endpoints: readonly Endpoint[], isFault: (port: string) => boolean) {
  const faults = endpoints.map((one) =>
    faultIn(one.at('http', 'port'), (port) => port.kind === 'integer' && isFault(`${port.value}`)),
  )
  const [first] = faults
  if (first?.value.kind !== 'integer' || faults.includes(undefined)) return undefined
  const place = placeOf(trailOf(first.value))
  return {
    port: `${first.value.value}`,
    doubt: faults.find((one) => one?.doubt.certainty)?.doubt ?? {},
    related: place ? [{ span: place.span, text: 'the port that the endpoint gets comes from here' }] : [],
  }
}

/** The only port that an image exposes: proxies such as Traefik send their requests there. */
function exposedOnly({ ships }: Deployment): { readonly span: Span; readonly port: string } | undefined {
  const exposed = ships?.stage.instructions.flatMap((one) => (one.keyword === 'EXPOSE' ? one.ports : [])) ?? []
  const [only, more] = exposed
  const [, port] = /^(\d+)(?:\/tcp)?$/.exec(only?.text ?? '') ?? []
  return only === undefined || port === undefined || more ? undefined : { span: only.span, port }
}

/** The fix that names the port on which the endpoint listens. */
const saying = (edit: Edit | undefined, port: string): readonly Fix[] =>
  edit ? [{ title: `Name port ${port}, on which the endpoint listens`, safety: 'unsafe', edits: [edit] }] : []
