import { absent, type Value } from '../../languages/elixir/values/value.ts'
import { isFollowed } from '../../model/boot/boot.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import { doubtfulBootsOf, likely } from '../../model/facts/boots.ts'
import { levelsAtStart, printsLess } from '../../model/facts/log-levels.ts'
import { wholeOf } from '../../text/source.ts'
import { levelOfProduction, scriptOfProduction } from '../edits/level.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'log-level-unset',
  gotcha: 'log-level',
  severity: 'error',
  fix: 'safe',
  noFix: 'no file in view is known to be the config of production',
  ofImages: true,
  summary: 'no log level is set for production, so Logger logs at `:debug`',
  incident:
    'Requests and queries are logged with their parameters: names, mails and tokens of your users stand in the log.',
  remedy: 'Set `config :logger, level: :info` for production',
  why: `Logger's own default is \`:debug\`. Phoenix generates \`config :logger, level: :info\` into \`config/prod.exs\`; where
that line or the import of the file is gone, production logs everything.`,
  links: ['https://hexdocs.pm/logger/Logger.html#module-application-configuration'],
  examples: [
    {
      title: 'a config without a level',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]`,
      bad: `
        -- config/config.exs: import Config --
        import Config
        ^^^^^^^^^^^^^
        -- config/config.exs: config :logger, level: :info --`,
    },
    {
      title: 'the format of the log, and no level',
      on: 'phoenix',
      good: `
        -- config/config.exs --
        import Config
        config :logger, :default_formatter, metadata: [:request_id]
        config :logger, level: :info
        config :shop, ShopWeb.Endpoint, http: [port: 4000]`,
      bad: `
        -- config/config.exs: import Config --
        import Config
        ^^^^^^^^^^^^^
        -- config/config.exs: config :logger, level: :info --`,
    },
  ],
  *check(project) {
    if (levelsAtStart(project).length > 0) return
    for (const { deployment, boot, who } of doubtfulBootsOf(project)) {
      const { release, server } = deployment
      if (!boot.settled || !boot.build || !(boot.isGuessed || isFollowed(boot)) || printsLess(boot)) continue
      const fault = faultIn(boot.at('logger', 'level') ?? absent, ({ kind }) => kind === 'absent')
      if (fault === undefined || faultIn(boot.at('logger', 'compile_time_purge_matching'), isThere)) continue
      const step = release?.step.span ?? server?.span
      const script = scriptOfProduction(project, deployment)
      const at = script ? (script.body[0]?.span ?? wholeOf(script.source)) : step
      if (at === undefined) continue
      const edit = levelOfProduction(project, deployment, true)
      yield {
        message: `${who} logs at \`:debug\`: no config sets a level, and that is the default of Logger`,
        span: at,
        related: step && step !== at ? [{ span: step, text: 'the config is read here' }] : [],
        ...(boot.isGuessed ? likely : {}),
        fixes: edit ? [{ title: 'Log at `:info` in production', safety: 'safe', edits: [edit] }] : [],
        ...fault.doubt,
      }
    }
  },
})

const isThere = ({ kind }: Value): boolean => kind !== 'absent'
