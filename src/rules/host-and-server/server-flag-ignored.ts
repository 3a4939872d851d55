import { placeOf } from '../../model/boot/trail.ts'
import { subjectOf } from '../../model/facts/boots.ts'
import { silentOf } from '../../model/facts/server-flags.ts'
import type { Label } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'server-flag-ignored',
  gotcha: 'host-and-server',
  severity: 'error',
  ofImages: true,
  summary: '`PHX_SERVER` is set, and the release listens on nothing all the same',
  incident: 'Everything is set as the guide says, the container is up, and nothing listens on its port.',
  remedy: 'Set the variable that the config reads, to the value that it wants, where the release is started',
  why: `Phoenix itself does not know \`PHX_SERVER\`: the \`runtime.exs\` that it generates asks for it. Where those lines are
gone, ask for another text, or are followed by \`server: false\`, the variable does nothing.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-runtime-configuration'],
  examples: [
    {
      title: 'a runtime.exs that does not ask',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/runtime.exs --
        import Config

        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true
        end

        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint, http: [port: 4000]
        end`,
      bad: `
        -- Dockerfile: ENV PHX_SERVER=true --
        ENV PHX_SERVER=true
            ^^^^^^^^^^^^^^^
        -- config/runtime.exs: if System.get_env("PHX_SERVER") do … if config_env() == :prod do --
        if config_env() == :prod do`,
    },
    {
      title: 'server: false behind it',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, http: [port: 4000], server: false
        -- config/runtime.exs: + --

        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true
        end`,
      bad: `
        -- Dockerfile: ENV PHX_SERVER=true --
        ENV PHX_SERVER=true
            ^^^^^^^^^^^^^^^
        -- config/runtime.exs: if config_env() == :prod do … if System.get_env("PHX_SERVER") do --
        if System.get_env("PHX_SERVER") do
        -- config/runtime.exs: + --

        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint, http: [port: 4000], server: false
        end`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const silent = silentOf(deployment, project)
      const { server } = deployment
      if (!silent?.ignored) continue
      const { boot, endpoint, ignored } = silent
      const { name, value, read, works } = ignored
      const cause = read
        ? works
          ? `the config wants another value than \`${value.value}\``
          : 'its config turns the server off'
        : boot.runtime
          ? 'nothing that the release evaluates at its start reads it'
          : 'the release has no `runtime.exs`, so nothing reads it at the start'
      const off = boot.writes.findLast(
        (write) => write.path.at(-1) === 'server' && write.path.includes(`Elixir.${endpoint.name}`),
      )
      const related: Label[] = read ? [{ span: read.span, text: `\`${name}\` is read here` }] : []
      if (off && read && !works) related.push({ span: off.span, text: 'this is the `server` that counts' })
      const place = placeOf(value.trail)
      yield {
        message: `${subjectOf(deployment)} listens on nothing although \`${name}\` is set: ${cause}`,
        span: place?.span ?? (server ?? deployment).span,
        related,
      }
    }
  },
})
