import type { Deployment } from '../../model/boot/deployment.ts'
import { isScript, placeOf, trailOf } from '../../model/boot/trail.ts'
import { doubtAbout, doubtfulBootsOf, endpointIn, startReads, without } from '../../model/facts/boots.ts'
import { isServedByText } from '../../model/facts/server-flags.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { withoutVariable } from '../edits/compose.ts'
import { instructionAt, withoutPair } from '../edits/dockerfile.ts'
import { insertedAt } from '../edits/lines.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'server-flag-misread',
  gotcha: 'host-and-server',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'the variable cannot be taken out of this place by itself',
  ofImages: true,
  summary: 'a text such as `PHX_SERVER=false` is taken for a boolean',
  incident: 'A container that should serve nothing, such as a worker, listens and takes requests.',
  remedy: 'Leave the variable unset, or compare it with `== "true"` in runtime.exs',
  why: `\`if System.get_env("PHX_SERVER")\`, as Phoenix generates it, asks whether the variable is set. Every text is true
in Elixir, \`"false"\`, \`"0"\` and the empty one too. To leave the server off, do not set the variable. Where the text
itself becomes \`server:\`, Phoenix does not start.`,
  links: ['https://hexdocs.pm/phoenix/releases.html'],
  examples: [
    {
      title: 'a worker',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          worker:
            build: .
            environment:
              PHX_SERVER: "true"
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true`,
      bad: `
        -- compose.yaml: PHX_SERVER: "true" --
        PHX_SERVER: "false"
                    ^^^^^^^`,
    },
    {
      title: 'a text for a boolean',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: System.get_env("PHX_SERVER") == "true"`,
      bad: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, server: System.get_env("PHX_SERVER") == "true" --
        config :shop, ShopWeb.Endpoint, server: System.get_env("PHX_SERVER")
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const { boot, deployment, endpoints, doubt } of doubtfulBootsOf(project)) {
      for (const { name, value, span } of startReads(deployment, boot)) {
        if (value.kind !== 'known' || !/^(false|0|no|off|)$/i.test(value.value)) continue
        const place = placeOf(value.trail)
        if (place === undefined || place.span.source === span.source) continue
        const unset = without(boot, name)
        const isTurnedOn = endpoints.some(
          (endpoint) =>
            endpoint.listens === 'yes' && !isServedByText(endpoint) && endpointIn(unset, endpoint)?.listens === 'no',
        )
        if (!isTurnedOn) continue
        yield {
          message: `\`${name}\` is ${value.value === '' ? 'empty' : `\`${value.value}\``}, which is a text like any other: the server is on`,
          span: place.span,
          related: [{ span, text: `\`${name}\` is read here` }],
          fixes: leftOut(deployment, name, place.span),
          ...doubtAbout(boot),
        }
      }
      for (const endpoint of endpoints) {
        const server = endpoint.at('server')
        const trail = server && isServedByText(endpoint) ? trailOf(server) : []
        const place = trail.findLast(({ span }) => isScript(span.source.path))
        if (server === undefined || place === undefined) continue
        const isSure = server.kind === 'binary'
        yield {
          message: `\`server\` of \`${endpoint.name}\` gets a text${isSure ? '' : ' wherever the variable is set'}, and Phoenix stops at anything but a boolean`,
          why: 'The release stops at its start where the variable is set, whatever its text is.',
          remedy: 'Compare it with `== "true"` in runtime.exs',
          span: place.span,
          related: trail.filter((label) => label !== place),
          severity: isSure ? 'error' : 'warning',
          fixes: compared(place.span),
          ...(isSure ? doubt : { certainty: 'likely' }),
        }
      }
    }
  },
})

/** The fix that leaves the variable out of the service, or of the image. */
function leftOut({ service, dockerfile }: Deployment, name: string, at: Span): readonly Fix[] {
  const variable = service?.declared.find((one) => one.name === name)
  const instruction = dockerfile && instructionAt(dockerfile, at)
  const pair = instruction?.keyword === 'ENV' ? instruction.pairs.find((one) => one.name === name) : undefined
  const edit =
    instruction?.keyword === 'ENV' && pair ? withoutPair(instruction, pair) : variable && withoutVariable(variable)
  return edit ? [{ title: `Leave \`${name}\` out`, safety: 'unsafe', edits: [edit] }] : []
}

/** The fix that asks for the text, where the read is all that `server:` gets. */
function compared(at: Span): readonly Fix[] {
  const { text } = at.source
  const isRead = /^System\.(get_env|fetch_env!)\("\w+"\)$/.test(textOf(at))
  const isAll = /\bserver:[\t ]*$/.test(text.slice(0, at.start)) && /^[\t ]*([,\])]|\r?\n|$)/.test(text.slice(at.end))
  if (!isRead || !isAll) return []
  const edits = [insertedAt(at.source, at.end, ' == "true"')]
  return [{ title: 'Turn the server on where the text is `true`', safety: 'unsafe', edits }]
}
