import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { truthOf, type Value } from '../../languages/elixir/values/value.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { type Booted, bootsOf, doubtfulBootsOf, likely } from '../../model/facts/boots.ts'
import { mailersOf } from '../../model/facts/mailers.ts'
import { dependsOn } from '../../model/phoenix/mix.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'development-settings',
  gotcha: 'host-and-server',
  severity: 'warning',
  summary: 'production has settings that are meant for development',
  incident: "Errors show your code and your users' data to whoever sees the page, or no mail is ever sent.",
  remedy: 'Set it in config/dev.exs alone',
  why: `\`debug_errors: true\` answers an error with the page for developers: the code around it, the parameters and the session.
\`code_reloader: true\` asks Mix for changes at each request, and a release has none. \`Swoosh.Adapters.Local\` keeps mails in the
memory of the node for a page that only development has. What config.exs says holds in production too, unless prod.exs or
runtime.exs sets it again: \`mix phx.new\` writes the local adapter there.`,
  links: [
    'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-endpoint-configuration',
    'https://hexdocs.pm/swoosh/Swoosh.Adapters.Local.html',
  ],
  examples: [
    {
      title: 'the page for developers',
      on: 'phoenix',
      bad: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, debug_errors: true
                                                      ^^^^`,
    },
    {
      title: 'mails that nobody gets',
      on: 'phoenix',
      good: `
        -- lib/shop/mailer.ex --
        defmodule Shop.Mailer do
          use Swoosh.Mailer, otp_app: :shop
        end
        -- config/runtime.exs: + --
        config :shop, Shop.Mailer, adapter: Swoosh.Adapters.SMTP, relay: "mail.acme-tools.org"`,
      bad: `
        -- config/runtime.exs: Swoosh.Adapters.SMTP, relay: "mail.acme-tools.org" --
        Swoosh.Adapters.Local
        ^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const booted of doubtfulBootsOf(project)) {
      yield* ofEndpoints(booted)
      yield* ofMailers(booted)
    }
    for (const { deployment, boot, who, doubt } of bootsOf(project))
      for (const { name, span, adapter, isCalled, isConfigured, lacks } of mailersOf(deployment, boot)) {
        const place = adapter && placeOf(trailOf(adapter))
        if (place && lacks !== undefined && isCalled)
          yield {
            message: `${who} has no \`${lacks}\` for \`${name}\`, which its adapter asks for: each mail raises`,
            why: 'What sends a mail stops with `ArgumentError`: a request is answered with 500, a job fails.',
            remedy: `Set \`${lacks}:\` for the mailer in runtime.exs`,
            span: place.span,
            gotcha: 'runtime-config',
            ...doubt,
            ...likely,
          }
        if (
          adapter === undefined &&
          (isCalled || isConfigured) &&
          deployment.app &&
          dependsOn(deployment.app, 'swoosh')
        )
          yield {
            message: `${who} has no adapter for \`${name}\`: each mail raises`,
            why: 'What sends a mail stops with `KeyError`: a request is answered with 500, a job fails.',
            remedy: 'Set `adapter:` and what it needs in runtime.exs',
            span,
            ...doubt,
            ...likely,
          }
      }
  },
})

/** What the keys that are for development do in production. */
const ofDevelopment = {
  debug_errors: 'shows the page for developers to whoever meets an error',
  code_reloader: 'looks for changed code at each request, for which a release has no Mix',
} as const

function* ofEndpoints({ endpoints, who, doubt }: Booted): Iterable<Finding> {
  for (const { at } of endpoints)
    for (const [key, what] of Object.entries(ofDevelopment)) {
      const fault = faultIn(at(key), (one) => truthOf(one) === 'yes')
      const place = fault && placeOf(trailOf(fault.value))
      if (place && !/\/dev\.exs$/.test(place.span.source.path))
        yield { message: `${who} ${what}: \`${key}\` is on`, span: place.span, ...doubt, ...fault.doubt }
    }
}

/** Mails that only a page of development shows: where a file for production says so, or where code sends some. */
function* ofMailers({ deployment, boot, who, doubt }: Booted): Iterable<Finding> {
  for (const { name, adapter, isCalled } of mailersOf(deployment, boot)) {
    const isLocal = adapter && alternatives(adapter).every(keepsMails)
    const place = adapter && placeOf(trailOf(adapter))
    if (!isLocal || !place || !(isCalled || /\/(prod|runtime)\.exs$/.test(place.span.source.path))) continue
    const isOff = alternatives(adapter).every(isLocalAdapter) && isFalse(boot.at('swoosh', 'local'))
    yield {
      message: isOff
        ? `each mail of \`${name}\` fails in ${who}: its adapter keeps mails in a memory that \`local: false\` of Swoosh does not start`
        : `${who} keeps the mails of \`${name}\` in its memory, and nobody gets one`,
      why: isOff
        ? 'What sends a mail stops: a request is answered with 500, a job fails.'
        : 'Mails that confirm an address or reset a password are never sent, and no log line says so.',
      remedy: 'Set the adapter of your mail server in runtime.exs',
      span: place.span,
      gotcha: 'runtime-config',
      ...doubt,
      ...(isCalled ? {} : likely),
    }
  }
}

const isLocalAdapter = (value: Value): boolean => value.kind === 'atom' && value.name === 'Elixir.Swoosh.Adapters.Local'

const isFalse = (value: Value | undefined): boolean => value?.kind === 'atom' && value.name === 'false'

const keepsMails = (value: Value): boolean =>
  value.kind === 'atom' && /^Elixir\.Swoosh\.Adapters\.(Local|Test|Sandbox)$/.test(value.name)
