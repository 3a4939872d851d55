import { placeOf, placesOf, trailOf } from '../../model/boot/trail.ts'
import { allBootsOf, type Booted, openReads, readsIn, settledWith, without } from '../../model/facts/boots.ts'
import { debugLevel, printerDoubt } from '../../model/facts/log-levels.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { type Span, sameSpan, span } from '../../text/source.ts'
import { infoInstead } from '../edits/level.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'log-level-default-debug',
  gotcha: 'log-level',
  severity: 'error',
  fix: 'safe',
  noFix: 'the level is not written out here',
  ofImages: true,
  summary: 'production logs at `:debug` unless somebody says otherwise',
  incident: 'Nobody sets the variable, and the mails and tokens of your users stand in the log in plain text.',
  remedy: 'Let the default be `:info`',
  why: `A level that can be changed at the start needs a default, and the default is what production gets on the day when
the variable is forgotten. At \`:debug\`, Ecto logs each query with its parameters.`,
  links: ['https://hexdocs.pm/logger/Logger.html#module-levels'],
  examples: [
    {
      title: 'the default of LOG_LEVEL',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true
        config :logger, level: String.to_existing_atom(System.get_env("LOG_LEVEL", "info"))`,
      bad: `
        -- config/runtime.exs: config :logger, level: String.to_existing_atom(System.get_env("LOG_LEVEL", "info")) --
        config :logger, level: String.to_existing_atom(System.get_env("LOG_LEVEL", "debug"))
                                                                                   ^^^^^^^`,
      fixed: true,
    },
    {
      title: 'the last branch of a case',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true

        level =
          case System.get_env("LOG_LEVEL") do
            "debug" -> :debug
            "error" -> :error
            _ -> :info
          end

        config :logger, level: level`,
      bad: `
        -- config/runtime.exs: _ -> :info --
        _ -> :debug
             ^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const booted of allBootsOf(project)) {
      const { boot, who, doubt } = booted
      if (debugLevel(boot)) continue
      for (const { name, span } of readsIn(boot.at('logger', 'level'), openReads(booted))) {
        const related = [{ span, text: `\`${name}\` is read here` }]
        const unset = without(boot, name)
        const level = unset && debugLevel(unset)
        const place = level && placeOf(trailOf(level.value))
        if (place) {
          yield {
            message: `${who} logs at \`:debug\` wherever \`${name}\` is not set`,
            span: place.span,
            related,
            fixes: quieter(project, booted, name, place.span),
            ...printerDoubt(unset),
            ...doubt,
          }
          continue
        }
        const odd = settledWith(boot, name, 'docker-gotchas')
        const usual = settledWith(boot, name, 'info')
        const rest = odd && usual && !debugLevel(usual) ? debugLevel(odd) : undefined
        const literal = rest && trailOf(rest.value)[0]
        if (literal === undefined) continue
        yield {
          message: `${who} logs at \`:debug\` wherever \`${name}\` is a word that the config does not know`,
          why: 'Somebody misspells the level, and the mails and tokens of your users stand in the log in plain text.',
          remedy: 'Let the last branch give `:info`',
          span: literal.span,
          related,
          fixes: quieter(project, booted, name, literal.span),
          severity: 'warning',
          certainty: 'likely',
        }
      }
    }
  },
})

/** The fix of a default. Who asks for `debug` by name, and gets it by way of the default, keeps it. */
function quieter(project: Project, { boot, deployment }: Booted, name: string, at: Span): readonly Fix[] {
  const edit = infoInstead(project, deployment, at)
  if (edit === undefined) return []
  const asked = settledWith(boot, name, 'debug')
  const level = asked && debugLevel(asked)
  const isAsked = level !== undefined && placesOf(level.value).some(({ span }) => sameSpan(span, at))
  const branch = isAsked ? /(?<=^|\n)[\t ]*_[\t ]*->[\t ]*$/.exec(at.source.text.slice(0, at.start)) : null
  const kept = branch ? [{ span: span(at.source, branch.index, branch.index), text: clauseOf(branch[0]) }] : []
  const safety = isAsked && kept.length === 0 ? 'unsafe' : 'safe'
  return [{ title: 'Log at `:info` where nobody says otherwise', safety, edits: [...kept, edit] }]
}

/** A branch for `debug` in the manner of another one. */
const clauseOf = (branch: string): string => `${branch.replace('_', '"debug"')}:debug\n`
