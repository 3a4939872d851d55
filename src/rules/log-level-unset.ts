import { shopSources } from './example-parts.ts'
import { defineRule } from './rule.ts'

const image = `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix release
            MARK
        FROM debian:bookworm-slim
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop /app
        ENV PHX_SERVER=true
        USER nobody
        CMD ["/app/bin/shop", "start"]`

export default defineRule({
  id: 'log-level-unset',
  gotcha: 'log-level',
  severity: 'error',
  ofImages: true,
  summary: 'no log level is set for production, so Logger logs at `:debug`',
  incident:
    'Every query is logged with its parameters: names, mails and tokens of your users stand in the log in plain text.',
  why: `Logger's own default is \`:debug\`. Phoenix generates \`config :logger, level: :info\` into \`config/prod.exs\`; where
that line or the import of the file is gone, production logs everything.`,
  links: ['https://hexdocs.pm/logger/Logger.html#module-application-configuration'],
  examples: [
    {
      title: 'a config without a level',
      bad: `${image.replace('MARK', '^^^^^^^^^^^')}
${shopSources.replace('        config :logger, level: :info\n', '')}`,
      good: `${image.replace('            MARK\n', '')}
${shopSources}`,
    },
  ],
  *check({ deployments }) {
    for (const { boot, release, server } of deployments) {
      if (!boot?.build || boot.doubt !== undefined || boot.at('logger', 'level') !== undefined) continue
      if (
        !boot.settled ||
        boot.at('logger', 'default_handler') !== undefined ||
        boot.at('logger', 'backends') !== undefined
      )
        continue
      if (
        boot.at('logger', 'console', 'level') !== undefined ||
        boot.at('logger', 'compile_time_purge_matching') !== undefined
      )
        continue
      const at = release?.step.span ?? server?.span
      if (at === undefined) continue
      yield {
        message: 'the config that this release gets sets no log level, and the default of Logger is `:debug`',
        span: at,
      }
    }
  },
})
