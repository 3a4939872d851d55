import type { Boot } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { placesOf } from '../../model/boot/trail.ts'
import { allBootsOf, type Booted, lacksOwnScript, likely, mayRepair } from '../../model/facts/boots.ts'
import { keyName, literalOf, secretFallbacksOf, textsIn } from '../../model/facts/secrets/secret-fallbacks.ts'
import { dependsOn } from '../../model/phoenix/mix.ts'
import { isAtLeast } from '../../model/phoenix/versions.ts'
import type { Project } from '../../model/project/project.ts'
import { isRealSecret } from '../../model/secrets/secret-look.ts'
import { isDummy, secretIn } from '../../model/secrets/secrets.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { isWithin, type Span, sameSpan } from '../../text/source.ts'
import { requiredInstead } from '../edits/literal.ts'
import { demandedOf, movedToRuntime, optionAt, requiring } from '../edits/to-runtime.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-in-config',
  gotcha: 'secrets',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'it is a part of a larger value, or stands outside of the config of the app',
  ofImages: true,
  summary: 'production runs with a secret that is written out in the config',
  incident: 'Whoever can read the repository or the image can sign sessions, or use the account behind the key.',
  remedy: 'Read it from the environment in runtime.exs, and rotate it: git and old images keep the old one',
  why: `A literal in \`config/*.exs\` is in git, and \`mix release\` writes it in plain text into the image, as
\`releases/*/sys.config\`. Read it in \`config/runtime.exs\` by \`System.fetch_env!/1\`. A literal that \`runtime.exs\` sets
again is not meant here: it is none that production runs with.`,
  links: ['https://hexdocs.pm/phoenix/deployment.html#handling-of-your-application-secrets'],
  examples: [
    {
      title: 'the key of the sessions',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true, secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, server: true, secret_key_base: System.fetch_env!("SECRET_KEY_BASE") --
        config :shop, ShopWeb.Endpoint, server: true, secret_key_base: "Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz"
                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'the key of a mail service',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, Shop.Mailer, api_key: System.fetch_env!("SENDGRID_API_KEY")
          config :shop, ShopWeb.Endpoint, server: true, secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- config/runtime.exs: config :shop, Shop.Mailer, api_key: System.fetch_env!("SENDGRID_API_KEY") --
        config :shop, Shop.Mailer, api_key: "SG.x8Zr5uYd9eJf3iMoNqBg7aXw"
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const booted of allBootsOf(project)) {
      const fallbacks = secretFallbacksOf(booted).map(({ literal }) => literal)
      for (const { path, value } of textsIn(booted.boot.config)) {
        const literal = literalOf(value)
        if (literal === undefined || !isSecret(path.at(-1) ?? '', value.text)) continue
        // Distillery puts the variable there when the release starts (REPLACE_OS_VARS).
        if (isMadeByDistillery(booted) && /^\$\{\w+\}$/.test(value.text)) continue
        if (fallbacks.some((one) => sameSpan(one, literal))) continue
        yield {
          message: `production runs with the \`${keyName(path)}\` that is written here`,
          span: literal,
          related: [
            ...placesOf(value).filter(({ span, decides }) => decides !== 'around' && !sameSpan(span, literal)),
            ...mayRepair(booted.deployment, booted.boot),
          ],
          // Distillery reads no runtime.exs.
          fixes: booted.boot.tool
            ? []
            : (fallbackFixes(literal, booted.boot, project) ?? fixesOf(literal, path, booted.deployment, project)),
          ...(isTemplate(value.text, literal, booted) ? likely : {}),
          ...(isOfDemo(path) && !isRealSecret(value.text)
            ? {
                ...likely,
                why: 'Whoever can read the repository can use the account of the demo, wherever there is one.',
              }
            : {}),
          ...(isFinal(booted.boot) && !lacksOwnScript(booted.boot, project) ? {} : booted.doubt),
        }
      }
      yield* overriddenInImage(booted)
    }
  },
})

/** Whether nothing sets other values at the start: Distillery has config providers from 2.0 on. */
function isFinal({ doubt, tool, versions }: Boot): boolean {
  const version = versions.locked('distillery')
  return doubt === undefined || (tool === 'Distillery' && version !== undefined && !isAtLeast(version, 2, 0))
}

/** Whether a placeholder stands in sources of which no release is made here: who makes one may write the secret in. */
const isTemplate = (text: string, { source }: Span, { deployment }: Booted): boolean =>
  isDummy(text) && deployment.release === undefined && deployment.runs !== 'mix' && source.path.endsWith('.exs')

/** Whether a key belongs to a demo, whose login is mostly there for everybody. */
const isOfDemo = (path: readonly string[]): boolean =>
  path.some((key) => /(^|[._])(demo|sample|example|playground)(?![a-z])/i.test(key))

/** Whether Distillery makes the release, by what is in view or, where no release is, by the dependencies. */
const isMadeByDistillery = ({ boot, deployment: { app, release } }: Booted): boolean =>
  boot.tool !== undefined || (release === undefined && app !== undefined && dependsOn(app, 'distillery'))

/** A key of the app's own is no secret any more once it is written out, whatever it looks like. */
const isSecret = (key: string, text: string): boolean =>
  key === 'secret_key_base'
    ? text !== ''
    : !/cookie/i.test(key) && !/\s/.test(text) && secretIn(key, text) !== undefined

/** The secrets of the `sys.config` of a built image that the start replaces by others. */
function* overriddenInImage({ boot }: Booted): Iterable<Finding> {
  const inEffect = [...textsIn(boot.config)].flatMap(({ value }) => literalOf(value) ?? [])
  for (const { path, value } of boot.build ? textsIn(boot.build.config) : []) {
    const literal = literalOf(value)
    if (literal === undefined || !literal.source.path.endsWith('sys.config')) continue
    if (!isSecret(path.at(-1) ?? '', value.text) || !isRealSecret(value.text)) continue
    if (inEffect.some((one) => sameSpan(one, literal))) continue
    yield {
      message: `the image holds a \`${keyName(path)}\` that its start replaces by another one: whoever has the image can read it`,
      span: literal,
      severity: 'info',
    }
  }
}

/** The fix of a secret that stands in for a variable which nobody sets. */
function fallbackFixes(literal: Span, { reads }: Boot, project: Project): readonly Fix[] | undefined {
  for (const { name, span } of reads) {
    const required = requiredInstead(span, name)
    if (required && isWithin(literal, required.span)) return requiring(name, required, project)
  }
  return undefined
}

/** The fix that reads a secret when the release starts, and has Compose ask for it. */
function fixesOf(literal: Span, path: readonly string[], { app }: Deployment, project: Project): readonly Fix[] {
  const name = variableFor(path)
  const required = `System.fetch_env!("${name}")`
  const option = optionAt(project, literal)
  const isWhole = option !== undefined && sameSpan(option.value.span, literal)
  const edits = /(^|\/)(runtime|releases)\.exs$/.test(literal.source.path)
    ? [{ span: literal, text: required }]
    : isWhole && app && movedToRuntime(project, app, option, required)
  if (!edits) return []
  return [
    {
      title: `Read \`${name}\` when the release starts, and rotate it`,
      safety: 'unsafe',
      edits: [...edits, ...demandedOf(project, name)],
    },
  ]
}

/** `SECRET_KEY_BASE`, and `MAILER_API_KEY` of `Shop.Mailer.api_key`. */
function variableFor(path: readonly string[]): string {
  const key = path.at(-1) ?? ''
  const owner = key === 'secret_key_base' ? '' : ((path.at(-2) ?? '').split('.').at(-1) ?? '')
  const [first = '', last = ''] = [owner, key].map((word) => word.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase())
  const isSaidTwice = first === '' || `${last}_`.startsWith(`${first}_`)
  return (isSaidTwice ? last : `${first}_${last}`).replace(/\W+/g, '_')
}
