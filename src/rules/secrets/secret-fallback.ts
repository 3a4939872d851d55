import type { BootRead } from '../../model/boot/boot.ts'
import { allBootsOf, likely } from '../../model/facts/boots.ts'
import { secretFallbacksOf } from '../../model/facts/secrets/secret-fallbacks.ts'
import { isForProduction } from '../../model/facts/secrets/source-secrets.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { requiredInstead } from '../edits/literal.ts'
import { requiring } from '../edits/to-runtime.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-fallback',
  gotcha: 'secrets',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'the fallback is written in another form than `||` or a second argument',
  ofImages: true,
  summary: 'a secret that is not set is replaced by a text that everybody knows',
  incident: 'The variable is forgotten once, everything works, and whoever reads the repository has the secret.',
  remedy: 'Let the boot stop without the variable, and rotate the secret that stands here',
  why: `\`System.get_env("SECRET_KEY_BASE") || "…"\` never fails, so nobody learns that the secret is missing. Let the boot
stop instead: \`System.fetch_env!/1\`, or \`|| raise\`.`,
  links: ['https://hexdocs.pm/elixir/System.html#fetch_env!/1'],
  examples: [
    {
      title: 'a default for comfort',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true,
            secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- config/runtime.exs: secret_key_base: System.fetch_env!("SECRET_KEY_BASE") --
        secret_key_base: System.get_env("SECRET_KEY_BASE", "not-so-secret-1234567890-1234567890-1234567890-1234567890-1234567890")
                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a key of somebody else behind ||',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY")
          config :shop, ShopWeb.Endpoint, server: true,
            secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- config/runtime.exs: config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY") --
        config :shop, Shop.Mailer, api_key: System.get_env("MAIL_API_KEY") || "6f2b1c0d-93ae-4c1f-8a55-0c7d3f1e9b24"
                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const booted of allBootsOf(project)) {
      for (const { read, literal, key, isGiven } of secretFallbacksOf(booted)) {
        if (isGiven && !isForProduction(literal.source, project)) continue
        yield {
          message: isGiven
            ? `\`${key}\` has a secret for a fallback, which git keeps for ever although \`${read.name}\` is given: rotate it`
            : `\`${key}\` falls back to the text that stands here wherever \`${read.name}\` is not set`,
          span: literal,
          related: [...read.value.trail, { span: read.span, text: `\`${read.name}\` is read here` }],
          fixes: fixesOf(read, project),
          ...(isGiven
            ? {
                ...likely,
                why: 'Whoever has the repository has a secret that the app takes wherever the variable is missing.',
              }
            : booted.doubt),
        }
      }
    }
  },
})

function fixesOf({ name, span }: BootRead, project: Project): readonly Fix[] {
  const required = requiredInstead(span, name)
  return required ? requiring(name, required, project) : []
}
