import type { Deployment } from '../../model/boot/deployment.ts'
import type { Endpoint } from '../../model/boot/endpoint.ts'
import { endpointConfig } from '../../model/boot/endpoint-config.ts'
import { hasOtherListener } from '../../model/boot/other-listeners.ts'
import { bootsOf } from '../../model/facts/boots.ts'
import { adapterOf, listenersOf } from '../../model/outcome/listener.ts'
import { onEveryBranch, resultOf } from '../../model/outcome/made.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { hasOwnRuntime } from '../edits/literal.ts'
import { inRuntimeConfig } from '../edits/runtime-config.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'http-missing',
  gotcha: 'host-and-server',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'the project has no runtime.exs of its own that works up to its end',
  summary: 'the server is on and has nothing to listen on',
  incident: 'The container is up, its log is without an error, and nothing listens on any port.',
  remedy: 'Give the endpoint `http: [port: …]` in runtime.exs',
  why: `\`server: true\` starts the listeners that \`http:\` and \`https:\` of the endpoint describe. Phoenix has no default for
them: where production sets neither, there is nothing to start. \`config/dev.exs\` has an \`http:\` of its own, so the mistake
does not show on the machine of the developer.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-runtime-configuration'],
  examples: [
    {
      title: 'no http: in production',
      on: 'phoenix',
      bad: `
        -- config/runtime.exs: server: true, … http: [port: 4000] --
        server: true
                ^^^^`,
    },
    {
      title: 'http: for another environment only',
      on: 'phoenix',
      bad: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, --
        if config_env() == :staging, do: config(:shop, ShopWeb.Endpoint, http: [port: 4000])
        config :shop, ShopWeb.Endpoint,
        -- config/runtime.exs: server: true, … http: [port: 4000] --
        server: true
                ^^^^`,
    },
  ],
  *check(project) {
    for (const { deployment, boot, endpoints, who, doubt } of bootsOf(project)) {
      // What an endpoint is that another library defines cannot be known.
      if (boot.endpoints.some((one) => one.module === undefined) || hasOtherListener(boot, project.code)) continue
      for (const endpoint of endpoints) {
        const config = endpointConfig(endpoint, ['http', 'https', 'adapter'])
        const listeners = resultOf(onEveryBranch(config, (closed) => listenersOf(closed, boot.environment)))
        if (
          endpoint.listens !== 'yes' ||
          listeners.kind !== 'known' ||
          listeners.value.length > 0 ||
          adapterOf(config) === 'other'
        )
          continue
        const on = boot.writes.findLast(
          ({ path }) => path.at(-1) === 'server' && path.at(-2) === `Elixir.${endpoint.name}`,
        )
        const span = on?.span ?? deployment.server?.span
        yield {
          message: `${who} listens on nothing: the server of \`${endpoint.name}\` is on, and its config has neither \`http:\` nor \`https:\``,
          span: span ?? deployment.span,
          fixes: deployment.boot?.settled ? listening(project, deployment, endpoint) : [],
          ...doubt,
        }
      }
    }
  },
})

/** The fix that listens on all addresses, at the port that Phoenix generates. */
function listening(project: Project, deployment: Deployment, { name, otpApp }: Endpoint): readonly Fix[] {
  const { app, boot } = deployment
  const given = boot?.environment('PORT')
  if (!app || !hasOwnRuntime(deployment) || (given?.kind === 'known' && !/^\d+$/.test(given.value))) return []
  const port = 'String.to_integer(System.get_env("PORT", "4000"))'
  const value = `[ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: ${port}]`
  const edit = inRuntimeConfig(project, app, { of: `:${otpApp}, ${name}`, key: 'http', value })
  return edit ? [{ title: `Let \`${name}\` listen on \`PORT\``, safety: 'unsafe', edits: [edit] }] : []
}
