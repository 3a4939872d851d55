import { calls } from '../../languages/elixir/syntax/query.ts'
import { span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-function',
  gotcha: 'runtime-config',
  severity: 'error',
  fix: 'safe',
  ofImages: true,
  summary: '`System.get_env!/1` does not exist',
  incident: 'The release stops at its start with `UndefinedFunctionError`, before anything listens.',
  why: `No Elixir has \`System.get_env!/1\`. The function that raises for a missing variable is \`System.fetch_env!/1\`.
Config scripts are not compiled with the app, so nothing warns before the release starts.`,
  links: ['https://hexdocs.pm/elixir/System.html#fetch_env!/1'],
  examples: [
    {
      title: 'a required variable',
      bad: `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, Shop.Repo, url: System.get_env!("DATABASE_URL")
                                        ^^^^^^^^^^^^^^^
        end
      `,
      good: `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")
        end
      `,
      fixed: true,
    },
    {
      title: 'while the app runs',
      bad: `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- lib/shop/stock.ex --
        defmodule Shop.Stock do
          def url, do: System.get_env!("STOCK_URL") <> "/items"
                       ^^^^^^^^^^^^^^^
        end
      `,
      good: `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- lib/shop/stock.ex --
        defmodule Shop.Stock do
          def url, do: System.fetch_env!("STOCK_URL") <> "/items"
        end
      `,
      fixed: true,
    },
  ],
  *check(project) {
    for (const file of project.elixir.values()) {
      if (/(^|\/)config\/(dev|test)\.exs$/.test(file.source.path)) continue
      for (const call of calls(file, 'System.get_env!', 1)) {
        const at = span(call.span.source, call.span.start, call.nameSpan.end)
        yield {
          message: '`System.get_env!/1` does not exist in any version of Elixir',
          span: at,
          fixes: [
            {
              title: 'Call `System.fetch_env!/1`, which raises for a missing variable',
              safety: 'safe',
              edits: [{ span: call.nameSpan, text: 'fetch_env!' }],
            },
          ],
        }
      }
    }
  },
})
