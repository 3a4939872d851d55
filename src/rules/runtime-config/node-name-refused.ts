import type { Deployment } from '../../model/boot/deployment.ts'
import { environmentAtBoot } from '../../model/boot/environment.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { subjectOf } from '../../model/facts/boots.ts'
import { atRelease } from '../../model/stage-files/release-files.ts'
import type { Finding } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'node-name-refused',
  gotcha: 'runtime-config',
  severity: 'error',
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
      const found = against(deployment) ?? apart(deployment)
      if (found) yield found
    }
  },
})

/** What is wrong with the name, by the rules of `net_kernel` (Erlang/OTP, `create_hostpart`). */
function against(deployment: Deployment): Finding | undefined {
  const { server, release } = deployment
  if (release === undefined || server?.command.kind !== 'release') return undefined
  const lookup = environmentAtBoot(deployment, true)
  const distribution = lookup('RELEASE_DISTRIBUTION')
  const node = lookup('RELEASE_NODE')
  const kind = textIn(distribution, 'sname')
  const name = textIn(node, release.name)
  if (kind === undefined || name === undefined || isScripted(deployment)) return undefined
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
    }
  return undefined
}

/** A node that DNSCluster does not find: it asks for \`name@address\` (dns_cluster, "Deployment considerations"). */
function apart(deployment: Deployment): Finding | undefined {
  const { server, release, boot, app, code } = deployment
  if (!release || !app?.name || server?.command.kind !== 'release' || isScripted(deployment)) return undefined
  const query = boot?.at(app.name, 'dns_cluster_query')
  const lookup = environmentAtBoot(deployment, true)
  const kind = textIn(lookup('RELEASE_DISTRIBUTION'), 'sname')
  const node = lookup('RELEASE_NODE')
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

/** The text of a variable, or what the script of the release takes where it is not set or empty. */
const textIn = (value: Known<string>, otherwise: string): string | undefined =>
  value.kind === 'known' ? value.value || otherwise : value.kind === 'unset' ? otherwise : undefined

/** Whether rel/env.sh.eex has a part in the name that is not known: what it sets counts without `export` as well. */
function isScripted({ release, world }: Deployment): boolean {
  const origin = release && atRelease(release, 'rel/env.sh.eex').origin
  if (origin?.kind === 'absent' || origin?.kind === 'removed') return false
  const text = origin?.kind === 'context' ? world.sourceAt(origin.path)?.text : undefined
  const written = text === undefined ? [] : [...text.matchAll(/^([^#\n]*)\bRELEASE_(?:NODE|DISTRIBUTION)=(.*)$/gm)]
  const isLiteral = ([, before = '', value = '']: RegExpExecArray) =>
    /\bexport\b/.test(before) && /^(["']?)[\w@.:-]+\1\s*$/.test(value)
  return text === undefined || !written.every(isLiteral)
}

/** Whether the machine has no domain as far as is in view: pods of Kubernetes have that of their cluster. */
const mayLackDomain = ({ service }: Deployment): boolean =>
  service === undefined ||
  service.platform === 'fly' ||
  (service.connection.open === undefined && !service.hostname?.includes('.'))
