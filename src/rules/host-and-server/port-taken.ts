import { copiedServices } from '../../model/facts/neighbours/copies.ts'
import type { Project } from '../../model/project/project.ts'
import type { PublishedPort, Service } from '../../model/services/service.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { sameSpan } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'port-taken',
  gotcha: 'host-and-server',
  severity: 'error',
  summary: 'several containers want the same port of the machine',
  incident:
    'The first container starts, and the others do not: "Bind for 0.0.0.0:… failed: port is already allocated".',
  remedy: 'Publish the port of a proxy in front of them instead, or a range of ports',
  why: `A port of a machine belongs to one container. Compose starts each container of a service with the same \`ports\`, so that
all but the first find theirs taken. Swarm alone shares a port among the containers of a service.`,
  links: [
    'https://docs.docker.com/reference/compose-file/services/#ports',
    'https://docs.docker.com/reference/compose-file/deploy/#replicas',
  ],
  examples: [
    {
      title: 'two containers of one service',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            ports: ["8000-8001:4000"]
            deploy:
              replicas: 2`,
      bad: `
        -- compose.yaml: ports: ["8000-8001:4000"] --
        ports: ["80:4000"]
                ^^^^^^^^^`,
    },
    {
      title: 'a script that starts more of them',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            ports: ["4000"]
        -- Makefile --
        deploy:
        \tdocker compose up -d --scale web=3`,
      bad: `
        -- compose.yaml: ports: ["4000"] --
        ports: ["127.0.0.1:4000:4000"]
                ^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    const stacks = new Set(project.deployments.map(({ service }) => service?.stack))
    const isOurs = ({ stack }: Service) => stacks.has(stack)
    yield* copied(project, isOurs)
    yield* shared(project.services.filter((one) => isOurs(one) && one.development === undefined))
  },
})

/** Ports of services of which more than one container is started. */
function* copied(project: Project, isOurs: (service: Service) => boolean): Iterable<Finding> {
  for (const { service, count, place, isSure } of copiedServices(project)) {
    if (!isOurs(service) || service.network === 'host') continue
    const { containerName } = service
    // Compose refuses what its own file says of both.
    if (containerName && place.span.source !== containerName.span.source) {
      yield {
        message: `the ${count} containers of \`${service.name}\` cannot all have one name`,
        why: 'Compose starts none of them: each container needs a name of its own.',
        remedy: 'Leave `container_name` out',
        span: containerName.span,
        related: [place],
        severity: 'warning',
        certainty: 'likely',
      }
      continue
    }
    for (const port of service.ports.filter(isFixed))
      yield {
        message: `only the first of the ${count} containers of \`${service.name}\` gets port ${port.published} of the machine`,
        span: port.span,
        related: [place],
        ...(isSure ? {} : { severity: 'warning', certainty: 'likely' }),
      }
  }
}

/** Ports that two services of a compose project publish, of which nothing says that they never run at once. */
function* shared(services: readonly Service[]): Iterable<Finding> {
  const ports = services.flatMap((service) => service.ports.filter(isFixed).map((port) => ({ service, port })))
  for (const [index, { service, port }] of ports.entries()) {
    const first = ports.slice(0, index).find((one) => meets(one.port, port) && one.service.stack === service.stack)
    if (first === undefined || first.service === service) continue
    // What is taken from other files, or by both from one place, may be meant for one of them at a time.
    const isOneFile = first.port.span.source === port.span.source && port.span.source.path === service.stack
    if (!isOneFile || sameSpan(first.port.span, port.span)) continue
    yield {
      message: `\`${first.service.name}\` and \`${service.name}\` want the same port ${port.published} of the machine`,
      remedy: 'Give one of them another port of the machine',
      span: port.span,
      related: [{ span: first.port.span, text: `\`${first.service.name}\` publishes it here` }],
      severity: 'warning',
      certainty: 'likely',
    }
  }
}

const isFixed = ({ published }: PublishedPort): boolean =>
  published !== undefined && /^\d+$/.test(published) && published !== '0'

const meets = (one: PublishedPort, other: PublishedPort): boolean =>
  one.published === other.published && one.protocol === other.protocol && sharesAddress(one.hostIp, other.hostIp)

const sharesAddress = (one: string | undefined, other: string | undefined): boolean => {
  const [any, more] = [one, other].map((address) =>
    address && !/^(0\.0\.0\.0|::)$/.test(address) ? address : undefined,
  )
  return any === undefined || more === undefined || any === more
}
