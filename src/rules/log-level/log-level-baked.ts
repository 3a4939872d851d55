import { isAtom } from '../../languages/elixir/values/value.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { mentionedNames } from '../../model/env/mentions.ts'
import { type Booted, doubtAbout, doubtfulBootsOf, settledWith } from '../../model/facts/boots.ts'
import { printsLess } from '../../model/facts/log-levels.ts'
import { only } from '../../model/outcome/aborts.ts'
import { logLevelOf } from '../../model/outcome/logging.ts'
import { onEveryBranch, resultOf } from '../../model/outcome/made.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix, Label } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { hasOwnRuntime, partInstead } from '../edits/literal.ts'
import { inRuntimeConfig } from '../edits/runtime-config.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'log-level-baked',
  gotcha: 'log-level',
  severity: 'info',
  fix: 'unsafe',
  noFix: 'the config that would read it is out of view',
  summary: 'a log level is given at the start, and the app keeps its own',
  incident: 'On the day when somebody needs more of the log, or less, setting the variable changes nothing.',
  remedy: 'Read the level from a variable in runtime.exs',
  why: `Logger knows no environment variable. A level that is written in \`config/prod.exs\` is frozen into the release; what
may be set at the start is what \`runtime.exs\` reads, in the form in which it reads it: a \`case\` with \`"debug"\` does not
know \`DEBUG\`.`,
  links: [
    'https://hexdocs.pm/logger/Logger.html#module-runtime-configuration',
    'https://hexdocs.pm/phoenix/releases.html',
  ],
  examples: [
    {
      title: 'a variable that nothing reads',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              LOG_LEVEL: warning
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true
        config :logger, level: String.to_existing_atom(System.get_env("LOG_LEVEL", "info"))`,
      bad: `
        -- compose.yaml: LOG_LEVEL: warning --
        LOG_LEVEL: warning
                   ^^^^^^^
        -- config/runtime.exs: config :logger, level: String.to_existing_atom(System.get_env("LOG_LEVEL", "info")) --`,
    },
    {
      title: 'a level in capitals',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              LOG_LEVEL: warning
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true

        level =
          case System.get_env("LOG_LEVEL") do
            "error" -> :error
            "warning" -> :warning
            "debug" -> :debug
            _ -> :info
          end

        config :logger, level: level`,
      bad: `
        -- compose.yaml: LOG_LEVEL: warning --
        LOG_LEVEL: WARNING
                   ^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a word in capitals',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              LOG_LEVEL: warning
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true

        level =
          case System.get_env("LOG_LEVEL") do
            "error" -> :error
            "warning" -> :warning
            "debug" -> :debug
            _ -> :info
          end

        config :logger, level: level`,
      bad: `
        -- compose.yaml: LOG_LEVEL: warning --
        LOG_LEVEL: DEBUG
                   ^^^^^`,
    },
  ],
  *check(project) {
    for (const booted of doubtfulBootsOf(project)) {
      const { deployment, boot, who } = booted
      const set = resultOf(onEveryBranch(only(boot.at('logger'), ['level']), logLevelOf))
      if (set.kind !== 'known' || printsLess(boot)) continue
      const level = set.value
      for (const name of deployment.environment.names) {
        const value = boot.environment(name)
        const wanted = value.kind === 'known' ? levelIn(value.value) : undefined
        const place = placeOf(value.trail)
        if (wanted === undefined || wanted === level || !place || !namesLevel(name, deployment)) continue
        const read = boot.reads.find((one) => one.name === name)
        if (isFrozen(booted, read) || (!read && mentionedNames(project.tree).has(name))) continue
        yield {
          message: `\`${name}\` asks for \`:${wanted}\`, and ${who} logs at \`:${level}\`: ${read ? 'its config does not take the value for a level' : 'nothing reads the variable'}`,
          span: place.span,
          related: read ? [{ span: read.span, text: `\`${name}\` is read here` }] : whereOf(booted),
          fixes:
            wanted === 'debug'
              ? []
              : heeded(project, booted, { name, level, wanted, at: place.span, isRead: read !== undefined }),
          ...(read ? { remedy: 'Write the level in a way that the config takes, such as small letters' } : {}),
          ...(wanted === 'debug' ? { noFix: 'it asks for `:debug`, which is too much for production' } : {}),
          ...doubtAbout(boot),
        }
      }
    }
  },
})

/** The level that a text is meant to be. */
function levelIn(text: string): string | undefined {
  const level = text
    .trim()
    .toLowerCase()
    .replace(/^:/, '')
    .replace(/^warn$/, 'warning')
  return /^(emergency|alert|critical|error|warning|notice|info|debug|none|all)$/.test(level) ? level : undefined
}

/** Whether a variable is for the level of this app, and not for that of a library. */
function namesLevel(name: string, { app }: Deployment): boolean {
  const [, prefix] = /^(?:(\w+)_)?LOG(?:GER)?_?LEVEL$/.exec(name) ?? []
  const names = [
    'PHX',
    'PHOENIX',
    'ELIXIR',
    'APP',
    ...[app, ...(app?.children ?? [])].map((one) => one?.name?.toUpperCase()),
  ]
  return /LOG(GER)?_?LEVEL$/.test(name) && (prefix === undefined || names.includes(prefix))
}

/** Whether it is read when the release is built, of which another rule tells. */
const isFrozen = ({ deployment }: Booted, read: { readonly during: string } | undefined): boolean =>
  read?.during === 'build' && deployment.runs !== 'mix'

function whereOf({ boot }: Booted): readonly Label[] {
  const level = boot.at('logger', 'level')
  const place = level && placeOf(trailOf(level))
  return place ? [{ span: place.span, text: 'the level that counts' }] : []
}

interface Unheeded {
  readonly name: string
  readonly level: string
  readonly wanted: string
  readonly at: Span
  readonly isRead: boolean
}

/** The fix that writes the level as the config knows it, or has the config read it. */
function heeded(project: Project, { deployment, boot }: Booted, unheeded: Unheeded): readonly Fix[] {
  const { name, level, wanted, at, isRead } = unheeded
  if (isRead) {
    const known = settledWith(boot, name, wanted)?.at('logger', 'level')
    const edit =
      known && isAtom(known, wanted) ? partInstead(at, new RegExp(`:?${wanted}(?=["']?$)`, 'i'), wanted) : undefined
    return edit ? [{ title: `Write \`${wanted}\``, safety: 'unsafe', edits: [edit] }] : []
  }
  const { app } = deployment
  if (!app || !hasOwnRuntime(deployment) || !new RegExp(`\\b${wanted}["']?$`).test(textOf(at))) return []
  const value = `String.to_existing_atom(System.get_env("${name}", "${level}"))`
  const edit = inRuntimeConfig(project, app, { of: ':logger', key: 'level', value })
  return edit ? [{ title: `Read \`${name}\` in \`config/runtime.exs\``, safety: 'unsafe', edits: [edit] }] : []
}
