import type { Deployment } from '../../model/boot/deployment.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { subjectOf } from '../../model/facts/boots.ts'
import { type NodeName, nodeNameOf, speaksIpv6 } from '../../model/facts/neighbours/node-name.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'node-name-refused',
  gotcha: 'runtime-config',
  severity: 'error',
  stops: false,
  summary: 'the node of the release has a name that Erlang refuses',
  incident: "The release stops at its start: `Can't set long node name!`, or `Can't set short node name!`.",
  remedy:
    'Give RELEASE_NODE a host that other nodes know: `name@host.with.a.domain` for `name`, `name@host` for `sname`',
  why: `With \`RELEASE_DISTRIBUTION=name\` the host of the node has a domain or is an address. Where RELEASE_NODE has no \`@\`, Erlang takes
the name of the machine and the domain of its resolver, and a container has no domain unless its host or its network
gives one. With \`sname\`, which is what a release takes by itself, the host must have no dot. \`DNSCluster\` looks for addresses alone.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-environment-variables',
    'https://www.erlang.org/doc/system/distributed.html#nodes',
  ],
  examples: [
    {
      title: 'a long name without a host',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              RELEASE_DISTRIBUTION: sname
              RELEASE_NODE: shop`,
      bad: `
        -- compose.yaml: RELEASE_DISTRIBUTION: sname --
        RELEASE_DISTRIBUTION: name
        -- compose.yaml: RELEASE_NODE: shop --
        RELEASE_NODE: shop
                      ^^^^`,
    },
    {
      title: 'a short name with a domain',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              RELEASE_DISTRIBUTION: name
              RELEASE_NODE: shop@shop.internal`,
      bad: `
        -- compose.yaml: RELEASE_DISTRIBUTION: name --
        -- compose.yaml: RELEASE_NODE: shop@shop.internal --
        RELEASE_NODE: shop@shop.internal
                      ^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const name = nodeNameOf(deployment)
      const found = name && (against(deployment, name) ?? apart(deployment, name))
      if (found) yield found
    }
  },
})

/** What is wrong with the name, by the rules of `net_kernel` (Erlang/OTP, `create_hostpart`). */
function against(deployment: Deployment, found: NodeName): Finding | undefined {
  const { kind, name, node, distribution, address } = found
  if (address && kind === 'sname' && !address.isV6)
    return {
      message: `${subjectOf(deployment)} has a short name, whose host is an address: Erlang refuses one with a dot`,
      remedy: 'Set RELEASE_DISTRIBUTION to `name`',
      span: address.span,
      related: distribution.trail,
      severity: 'warning',
      certainty: 'likely',
    }
  if (address?.isV6 && kind !== 'none' && !speaksIpv6(deployment))
    return {
      message: `${subjectOf(deployment)} has an address of IPv6 in its name, and Erlang speaks IPv4 to other nodes`,
      why: 'The release starts, and neither other nodes nor its own `remote` and `rpc` connect to it.',
      remedy: 'Set `ERL_AFLAGS="-proto_dist inet6_tcp"` in rel/env.sh.eex',
      span: address.span,
      related: [],
      severity: 'warning',
      certainty: 'likely',
    }
  if (kind === undefined || name === undefined || found.isScripted) return undefined
  const host = /@(.+)$/s.exec(name)?.[1]
  const place = placeOf(node.kind === 'known' ? node.trail : distribution.trail)
  if (place === undefined) return undefined
  const related = [...node.trail, ...distribution.trail].filter(({ span }) => span !== place.span)
  if (kind === 'name' && host === undefined && mayLackDomain(deployment))
    return {
      message: `${subjectOf(deployment)} has the long name \`${name}\` without a host: Erlang needs one with a domain`,
      span: place.span,
      related,
      certainty: 'likely',
    }
  if (kind !== 'none' && name.includes('$'))
    return {
      message: `${subjectOf(deployment)} has the name \`${name}\` as it stands there: nobody puts a variable in`,
      why: 'The node cannot be reached by its name, neither by other nodes nor by `remote` and `rpc` of the release.',
      remedy: 'Write the variable as who gives it puts it in: `$(POD_IP)` for Kubernetes, `${IP}` for Compose',
      span: place.span,
      related,
    }
  if (kind === 'name' && host !== undefined && !/[.:]/.test(host))
    return {
      message: `${subjectOf(deployment)} has the long name \`${name}\`, whose host has no domain: nodes with long names refuse it`,
      why: 'The release starts, and neither other nodes nor its own `remote` and `rpc` connect to it: "Hostname … is illegal".',
      span: place.span,
      related,
      severity: 'warning',
    }
  if (kind === 'sname' && host?.includes('.'))
    return {
      message: `${subjectOf(deployment)} has the short name \`${name}\`, whose host has a dot: Erlang refuses it`,
      span: place.span,
      related,
      stops: true,
    }
  return undefined
}

/** A node that DNSCluster does not find: it asks for `name@address` (dns_cluster, "Deployment considerations"). */
function apart(deployment: Deployment, { kind, node, isScripted }: NodeName): Finding | undefined {
  const { boot, app, code } = deployment
  if (!app?.name || isScripted) return undefined
  const query = boot?.at(app.name, 'dns_cluster_query')
  const host = node.kind === 'known' ? /@(.+)$/s.exec(node.value)?.[1] : undefined
  const place = query?.kind === 'binary' && query.text !== '' ? placeOf(trailOf(query)) : undefined
  const isNamed = kind === 'name' && host !== undefined && !/^[\d.]+$|:/.test(host)
  if (!place || (kind !== 'sname' && !isNamed) || !startsCluster(code)) return undefined
  return {
    message: isNamed
      ? `${subjectOf(deployment)} looks for nodes by their addresses, and is called \`${host}\` itself`
      : `${subjectOf(deployment)} looks for nodes by their addresses, and has a short name, which has none`,
    why: 'Each node stays alone: what one of them broadcasts, the others never get.',
    remedy: 'Set RELEASE_DISTRIBUTION to `name` and RELEASE_NODE to `name@` and the address of the container',
    span: place.span,
    related: isNamed && node.kind === 'known' ? node.trail : [],
    severity: 'warning',
    certainty: 'likely',
  }
}

const startsCluster = ({ modules }: Deployment['code']): boolean =>
  modules.some(({ span: at }) => /\bDNSCluster\b/.test(textOf(at)))

/** Whether the machine has no domain as far as is in view: pods of Kubernetes have that of their cluster. */
const mayLackDomain = ({ service }: Deployment): boolean =>
  service === undefined ||
  service.platform === 'fly' ||
  (service.platform === undefined && service.connection.open === undefined && !service.hostname?.includes('.'))
