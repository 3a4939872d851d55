import type { Value } from '../../languages/elixir/values/value.ts'
import type { Boot } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import { type Endpoint, hasInit } from '../../model/boot/endpoint.ts'
import { spanOfKey } from '../../model/boot/span-of-key.ts'
import { isOf, isScript, placeOf, trailOf } from '../../model/boot/trail.ts'
import { doubtfulBootsOf, likely, mayRepair } from '../../model/facts/boots.ts'
import { acceptsAll, isLinkless, isNameOfContainer, placeholderOf, trailOfHost } from '../../model/facts/hosts.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix, Label } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { isWithin, sameSpan } from '../../text/source.ts'
import { demandedInstead } from '../edits/compose.ts'
import { hostRequired } from '../edits/host.ts'
import { isOfProduction } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'host-placeholder',
  gotcha: 'host-and-server',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'only you know the host, and nothing here asks for it at the start',
  ofImages: true,
  summary: 'the public host is a placeholder such as `localhost` or `example.com`',
  incident:
    'Links in mails and redirects lead to nobody, and LiveView refuses its socket because the origin is not allowed.',
  remedy: 'Give the public host that people reach the app by',
  why: `The endpoint builds every absolute link from \`url: [host: …]\`, and checks the origin of sockets against it. What
counts is the host that the endpoint gets at its start, whatever the variable is called that brings it.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-endpoint-configuration'],
  examples: [
    {
      title: 'localhost in the compose file',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              PHX_HOST: shop.acme-tools.org
        -- config/runtime.exs: if config_env() == :prod do … end --
        config :shop, ShopWeb.Endpoint,
          server: true,
          http: [port: 4000],
          url: [host: System.get_env("PHX_HOST") || "example.com", port: 443, scheme: "https"]`,
      bad: `
        -- compose.yaml: PHX_HOST: shop.acme-tools.org --
        PHX_HOST: localhost
                  ^^^^^^^^^`,
    },
    {
      title: 'left from config.exs',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, url: [host: "localhost"]
        -- config/runtime.exs: http: [port: 4000] --
        url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"],
        http: [port: 4000]`,
      bad: `
        -- config/config.exs: config :shop, ShopWeb.Endpoint, url: [host: "localhost"] --
        config :shop, ShopWeb.Endpoint, url: [host: "localhost"]
                                                    ^^^^^^^^^^^
        -- config/runtime.exs: url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"], --`,
    },
  ],
  *check(project) {
    for (const { deployment, boot, endpoints, doubt } of doubtfulBootsOf(project)) {
      const { service } = deployment
      for (const endpoint of endpoints) {
        const host = endpoint.at('url', 'host')
        const fault = faultIn(host, (one) => wordFor(one) !== undefined)
        const text = fault && wordFor(fault.value)
        if (fault === undefined || text === undefined) continue
        const trail = trailOfHost(trailOf(fault.value), endpoint, boot)
        const written = spanOfKey(boot, [endpoint.otpApp, `Elixir.${endpoint.name}`, 'url', 'host'])
        const place =
          placeOf(trail, fault.value.kind === 'binary' ? fault.value.text : '') ??
          (written && { span: written, text: 'it is set here' })
        if (place === undefined || ((boot.doubt !== undefined || hasInit(endpoint)) && isShared(place))) continue
        // Whoever starts an image alone may give it another name.
        const isOpen = service === undefined && text === nameOfContainer
        const who = service ? service.subject : `\`${endpoint.name}\``
        yield {
          message: `the links of ${who} lead to ${text === nameOfContainer ? text : `\`${text === '' ? 'https://' : text}\``}`,
          span: place.span,
          related: [...trail.filter((label) => label !== place), ...mayRepair(deployment, boot)],
          fixes: asked(project, deployment, place.span, trail),
          ...(isLinkless(endpoint, deployment, project)
            ? { severity: 'info', why: 'Nothing in view makes links of it yet; those that come will lead to nobody.' }
            : isForOperators(endpoint, boot, trail)
              ? {
                  severity: 'info',
                  why: 'Another endpoint has the public host; links of this one lead to its own machine.',
                }
              : acceptsAll(endpoint)
                ? { why: 'Links in mails and redirects lead to nobody.' }
                : {}),
          ...(acceptsAll(endpoint) || isOpen || isPublicElsewhere(endpoint, deployment, project)
            ? likely
            : { ...fault.doubt, ...doubt }),
        }
      }
    }
  },
})

/** Whether an endpoint with a host of its own says itself whose sockets it takes, beside one that has a public host. */
const isForOperators = (endpoint: Endpoint, { endpoints, reads }: Boot, trail: readonly Label[]): boolean =>
  trail.every(({ span: at }) => at.source.path.endsWith('.exs') && !reads.some(({ span }) => sameSpan(span, at))) &&
  /^(list|unknown|oneOf)$/.test(endpoint.at('check_origin')?.kind ?? '') &&
  endpoints.some((other) => {
    const host = other.at('url', 'host')
    return (
      other.name !== endpoint.name &&
      host !== undefined &&
      faultIn(host, (one) => wordFor(one) !== undefined) === undefined
    )
  })

/** Whether a platform starts the same endpoint with a public host, so that a compose file may be for trying it out. */
const isPublicElsewhere = (endpoint: Endpoint, { service }: Deployment, project: Project): boolean =>
  service !== undefined &&
  service.platform === undefined &&
  doubtfulBootsOf(project).some(
    ({ deployment, endpoints }) =>
      deployment.service?.platform !== undefined &&
      endpoints.some((other) => {
        const host = other.name === endpoint.name ? other.at('url', 'host') : undefined
        return host?.kind === 'binary' && wordFor(host) === undefined
      }),
  )

/** Whether a value stands in the config of all environments, so that what is meant for production may be out of view. */
const isShared = ({ span }: Label): boolean => isScript(span.source.path) && !isOfProduction(span.source)

/** Where the links lead with a host that is none; undefined where it may be one. */
const wordFor = (host: Value): string | undefined => (isNameOfContainer(host) ? nameOfContainer : placeholderOf(host))

const nameOfContainer = 'the id of its container, which Docker gives it in `HOSTNAME`'

/** The fix that asks whoever starts the app for its host. */
function asked(project: Project, { service, boot }: Deployment, at: Span, trail: readonly Label[]): readonly Fix[] {
  const given = [...(service?.declared ?? []), ...(service?.build?.declaredArgs ?? [])]
  const variable = given.find(({ valueSpan }) => valueSpan && isWithin(at, valueSpan))
  const edit = variable && demandedInstead(variable)
  if (edit) return [{ title: `Ask for \`${edit.name}\` where Compose is called`, safety: 'unsafe', edits: [edit] }]
  const read = boot?.reads.find(
    (one) => one.during === 'boot' && one.value.kind === 'unset' && trail.some((label) => isOf(label, one)),
  )
  return read ? hostRequired(project, read.span, read.name) : []
}
