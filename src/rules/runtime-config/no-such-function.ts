import { calls } from '../../languages/elixir/syntax/query.ts'
import { likely } from '../../model/facts/boots.ts'
import { lostNames } from '../../model/facts/lost/definitions.ts'
import { lostFunctionsIn } from '../../model/facts/lost/functions.ts'
import type { LostFunction } from '../../model/facts/lost/given.ts'
import { type Source, span } from '../../text/source.ts'
import { meantInstead } from '../edits/slip.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-function',
  gotcha: 'runtime-config',
  severity: 'error',
  stops: false,
  fix: 'safe',
  noFix: 'which name was meant is yours to say',
  ofImages: true,
  summary: 'a function is named that there is not',
  incident:
    'The release stops at its start with `UndefinedFunctionError`, or the first request that comes there fails.',
  remedy: 'Write the name that the function has',
  why: `No Elixir has \`System.get_env!/1\`. The function that raises for a missing variable is \`System.fetch_env!/1\`.
Config scripts are not compiled with the app, so nothing warns before the release starts. The actions of a router and the
functions of other modules are looked up when they are called; of a pipeline and a \`use\` the compiler stops.`,
  links: ['https://hexdocs.pm/elixir/System.html#fetch_env!/1'],
  examples: [
    {
      title: 'a required variable',
      on: 'repo',
      bad: `
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL") --
        config :shop, Shop.Repo, url: System.get_env!("DATABASE_URL")
                                      ^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'while the app runs',
      on: 'release',
      good: `
        -- lib/shop/stock.ex --
        defmodule Shop.Stock do
          def url, do: System.fetch_env!("STOCK_URL") <> "/items"
        end`,
      bad: `
        -- lib/shop/stock.ex: def url, do: System.fetch_env!("STOCK_URL") <> "/items" --
        def url, do: System.get_env!("STOCK_URL") <> "/items"
                     ^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'an action that the controller does not have',
      on: 'health',
      bad: `
        -- lib/shop_web/router.ex: :show --
        :shwo
        ^^^^^`,
    },
  ],
  *check(project) {
    const codes = new Set(project.deployments.map((deployment) => deployment.code))
    const mixFiles = codes.size === 0 ? [] : [...project.elixir.values()].filter(({ source }) => isMixFile(source))
    for (const { name, span: at, near, stops, isDoubtful } of [
      ...[...codes].flatMap(lostFunctionsIn),
      ...mixFiles.flatMap(lostNames),
    ])
      yield {
        message: `${consequences[stops]}: there is no \`${name}\`${meant(near)}`,
        span: at,
        why: whys[stops],
        stops: stops === 'build' || stops === 'start',
        ...(isDoubtful ? likely : {}),
        fixes: meantInstead(at, partMeant(name, near), near),
      }
    for (const file of project.elixir.values()) {
      if (/(^|\/)config\/(dev|test)\.exs$/.test(file.source.path)) continue
      for (const call of calls(file, 'System.get_env!', 1)) {
        const at = span(call.span.source, call.span.start, call.nameSpan.end)
        yield {
          message: '`System.get_env!/1` does not exist in any version of Elixir',
          remedy: 'Call `System.fetch_env!/1`',
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

/** What of a name the other one stands for: all of it, where that is a module, else its last part. */
const partMeant = (name: string, near: string | undefined): string =>
  near?.includes('.') ? name : (/:?\w*[?!]?$/.exec(name.replace(/\/\d+$/, ''))?.[0] ?? name)

const isMixFile = ({ path }: Source): boolean => /(^|\/)mix\.exs$/.test(path)

const consequences: Readonly<Record<LostFunction['stops'], string>> = {
  build: 'the compiler stops here',
  start: 'the release stops at its start',
  request: 'the requests of this route fail',
  call: 'this call fails',
}

const whys: Readonly<Record<LostFunction['stops'], string>> = {
  build: 'The build stops, and no image is made.',
  start: 'The release stops at its start, and again at each restart.',
  request: 'The first request that comes there is answered with 500.',
  call: 'What calls it stops with `UndefinedFunctionError`: a request is answered with 500, a job fails.',
}
