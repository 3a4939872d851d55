import type { AskedFile } from '../../model/facts/static/asked.ts'
import { unservedFiles } from '../../model/facts/static/unserved.ts'
import type { Label } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'static-not-served',
  gotcha: 'assets',
  severity: 'warning',
  summary: 'pages ask for static files that `Plug.Static` does not serve',
  incident: 'The file is in the release, and browsers get 404 for it: no favicon, no image, no style.',
  remedy: 'Name the folder or file among those that `Plug.Static` serves',
  why: `With \`only:\` a \`Plug.Static\` serves those files and folders whose first part is in the list, and passes any other request
on to the router. \`~p\` and \`static_path\` give a file of \`priv/static\` the name that the digest has for it. Of a file right
below \`priv/static\`, such as \`favicon.ico\`, that is another first part, which \`only_matching: ~w(favicon)\` takes.`,
  links: ['https://hexdocs.pm/plug/Plug.Static.html', 'https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Digest.html'],
  examples: [
    {
      title: 'a folder that is not in the list',
      on: 'phoenix',
      good: `
        -- lib/shop_web/endpoint.ex --
        defmodule ShopWeb.Endpoint do
          use Phoenix.Endpoint, otp_app: :shop
          plug Plug.Static, at: "/", from: :shop, only: ~w(assets images robots.txt)
        end
        -- lib/shop_web/components/layouts/root.html.heex --
        <link rel="stylesheet" href={~p"/assets/app.css"} />
        <img src={~p"/images/logo.svg"} />`,
      bad: `
        -- lib/shop_web/endpoint.ex: only: ~w(assets images robots.txt) --
        only: ~w(assets robots.txt)
              ^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'the name that the digest gives',
      on: 'assets',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"
        -- lib/shop_web.ex --
        defmodule ShopWeb do
          def static_paths, do: ~w(assets favicon.ico robots.txt)
        end
        -- lib/shop_web/endpoint.ex --
        defmodule ShopWeb.Endpoint do
          use Phoenix.Endpoint, otp_app: :shop
          plug Plug.Static, at: "/", from: :shop, only: ShopWeb.static_paths(), only_matching: ~w(favicon)
        end
        -- lib/shop_web/components/layouts/root.html.heex --
        <link rel="icon" href={~p"/favicon.ico"} />
        -- priv/static/favicon.ico --
        (a picture)`,
      bad: `
        -- lib/shop_web/endpoint.ex: only: ShopWeb.static_paths(), only_matching: ~w(favicon) --
        only: ShopWeb.static_paths()
        -- lib/shop_web/endpoint.ex: Plug.Static --
        Plug.Static
        ^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const { endpoint, missing, digested, served } of unservedFiles(project)) {
      if (missing.length > 0)
        yield {
          message: `pages ask for ${namesOf(missing)}, and \`${endpoint.name}\` serves no such name of \`priv/static\``,
          span: served.span,
          related: labelsOf(missing),
          certainty: 'likely',
        }
      if (digested.length > 0)
        yield {
          message: `pages ask for ${namesOf(digested)} by the name that the digest gives it, and \`${endpoint.name}\` does not serve that`,
          remedy: 'Let `only_matching` take what its name begins with',
          span: served.plug,
          related: labelsOf(digested),
          certainty: 'likely',
        }
    }
  },
})

const namesOf = (asked: readonly AskedFile[]): string => {
  const [first, second, ...more] = [...new Set(asked.map(({ path }) => path))]
  const others = second === undefined ? '' : more.length > 0 ? ` and ${more.length + 1} others` : ` and \`${second}\``
  return `\`${first}\`${others}`
}

const labelsOf = (asked: readonly AskedFile[]): readonly Label[] =>
  asked.map(({ span }) => ({ span, text: 'it is asked for here' }))
