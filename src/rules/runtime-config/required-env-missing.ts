import type { Boot, BootRead } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { misspeltIn } from '../../model/env/misspelt.ts'
import { behindStops, likely, subjectOf } from '../../model/facts/boots.ts'
import { isOfMissing, stopOf } from '../../model/facts/crashes.ts'
import { unreplacedIn } from '../../model/facts/distillery.ts'
import { exportedInVain } from '../../model/facts/named-elsewhere.ts'
import { mayBeFilled } from '../../model/facts/secrets/unfilled.ts'
import { oneShotOf } from '../../model/outcome/one-shot.ts'
import type { Service } from '../../model/services/service.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { demanded, givenVariable } from '../edits/compose.ts'
import { beforeStart } from '../edits/dockerfile.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'required-env-missing',
  gotcha: 'runtime-config',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'the value has to be given outside of these files',
  summary: 'a service does not get a variable without which the release stops at its start',
  incident: 'The container stops at its start, and again at each restart, before anything listens.',
  remedy: 'Give the variable where the container is started',
  why: `\`System.fetch_env!/1\`, and \`System.get_env/1\` with \`|| raise\`, end the boot where the variable is not set. A
compose service gets nothing but what its image, its \`env_file\` and its \`environment\` give; a variable of the shell
or of \`.env\` reaches it only where the compose file names it.`,
  links: [
    'https://hexdocs.pm/elixir/System.html#fetch_env!/1',
    'https://docs.docker.com/compose/how-tos/environment-variables/',
  ],
  examples: [
    {
      title: 'a variable that the compose file does not pass on',
      on: 'phoenix',
      good: `
        -- lib/shop_web/endpoint.ex --
        (removed)
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              STORE_NAME: shoes
              STOCK_URL: https://stock.acme-tools.org
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop,
          name: System.fetch_env!("STORE_NAME"),
          stock_url: System.fetch_env!("STOCK_URL")`,
      bad: `
        -- compose.yaml: STOCK_URL: https://stock.acme-tools.org --
        -- config/runtime.exs: stock_url: System.fetch_env!("STOCK_URL") --
        stock_url: System.fetch_env!("STOCK_URL")
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a secret that only the build has',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env}
            healthcheck:
              disable: true
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")`,
      bad: `
        -- compose.yaml: build: . … SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env} --
        build:
          context: .
          args: [SECRET_KEY_BASE]
        -- config/runtime.exs: secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing") --
        secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) {
      const { boot, service } = deployment
      const literal = literalInstead(deployment)
      if (literal) yield literal
      if (oneShotOf(deployment)?.isRemote) continue
      const first = boot && service && (stopsFor(boot) ?? missedBy(deployment))
      if (!service || !first) {
        yield* perhapsMissing(deployment)
        continue
      }
      for (const missing of [first, ...othersBehind(boot, first)]) {
        const { name, span, value } = missing
        const isOpen = mayBeFilled(service, name)
        yield {
          message: isOpen
            ? `${service.subject} stops at its start if the real Secret lacks \`${name}\`, as its template does`
            : `${service.subject} stops at its start: \`${name}\` is not set`,
          span,
          related: [...value.trail, ...exportedInVain(deployment, name)],
          fixes: fixesOf(service, missing),
          ...(isOpen ? likely : {}),
        }
      }
    }
  },
})

/** A release of Distillery that nothing tells to put variables into its config: it takes `"${PORT}"` as it stands there. */
function literalInstead(deployment: Deployment): Finding | undefined {
  const { boot, server, service, ships } = deployment
  const found = boot && unreplacedIn(boot)
  if (boot === undefined || found === undefined || server === undefined) return undefined
  const name = 'REPLACE_OS_VARS'
  const given = service && givenVariable(service, name, '"true"')
  const edit = service ? given : ships && beforeStart(ships.stage, `ENV ${name}=true`)
  return {
    message: `${subjectOf(deployment)} runs with the text \`${found.text}\` in its config: \`${name}\` is not set`,
    why: 'Distillery puts variables into the config only where it is told to; else a port or an address is no number and no name.',
    remedy: `Set \`${name}=true\` where the release starts`,
    span: server.span,
    related: [...server.via, { span: found.at, text: 'it is written here' }],
    fixes: edit ? [{ title: `Set \`${name}\``, safety: 'safe', edits: [edit] }] : [],
    ...(boot.environment(name).kind === 'unset' && service ? {} : likely),
  }
}

/** The variables that somebody out of view may give, and that a file which should give them lacks or has misspelt. */
function* perhapsMissing(deployment: Deployment): Iterable<Finding> {
  for (const { name, span, value, during, required } of deployment.boot?.reads ?? []) {
    if (during !== 'boot' || !required || value.kind !== 'unknown' || !value.isLacking) continue
    yield {
      message: `${subjectOf(deployment)} stops at its start where nobody sets \`${name}\``,
      span,
      related: value.trail,
      ...likely,
    }
  }
  for (const { meant } of misspeltIn(deployment)) {
    const read = deployment.boot?.reads.find((one) => one.during === 'boot' && one.required && one.name === meant)
    if (read?.value.kind !== 'unknown') continue
    yield {
      message: `${subjectOf(deployment)} stops at its start where nobody sets \`${meant}\``,
      span: read.span,
      ...likely,
    }
  }
}

/** The fix that lets the service ask for the variable where Compose is called. */
function fixesOf(service: Service, { name }: BootRead): readonly Fix[] {
  const edit = givenVariable(service, name, demanded(name))
  return edit
    ? [{ title: `Give \`${name}\` to the service by \`.env\` or the shell`, safety: 'unsafe', edits: [edit] }]
    : []
}

/** The variable for whose absence the boot surely stops. */
function stopsFor({ crashes, reads }: Boot): BootRead | undefined {
  const crash = crashes.find((one) => one.during === 'boot' && one.certainty === 'certain')
  if (crash === undefined || !isOfMissing(crash.error.type)) return undefined
  return reads.findLast((read) => read.during === 'boot' && read.required && read.value.kind === 'unset')
}

/** The variables that the boot would stop for as well if it came to them, each where it is first read. */
function othersBehind(boot: Boot, first: BootRead): readonly BootRead[] {
  const others = new Map<string, BootRead>()
  for (const read of behindStops(boot)?.reads ?? []) {
    const stops = read.during === 'boot' && read.required && read.guards.length === 0 && read.value.kind === 'unset'
    if (stops && read.name !== first.name && !others.has(read.name)) others.set(read.name, read)
  }
  return [...others.values()]
}

/** The variable whose absence something else does not take, such as `String.to_integer/1`. */
function missedBy(deployment: Deployment): BootRead | undefined {
  const read = stopOf(deployment)?.culprit?.read
  return read?.value.kind === 'unset' ? read : undefined
}
