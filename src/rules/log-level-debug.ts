import { placeOf, trailOf } from '../model/boot/trail.ts'
import { shopSources } from './example-parts.ts'
import { debugLevel } from './log-levels.ts'
import { defineRule } from './rule.ts'

const image = `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix release

        FROM debian:bookworm-slim
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop /app
        ENV PHX_SERVER=true
        USER nobody
        CMD ["/app/bin/shop", "start"]`

export default defineRule({
  id: 'log-level-debug',
  gotcha: 'log-level',
  severity: 'error',
  ofImages: true,
  summary: 'production logs at `:debug`',
  incident:
    'Every query is logged with its parameters: names, mails and tokens of your users stand in the log in plain text.',
  why: `At \`:debug\`, Ecto logs each query with its parameters and Phoenix those of each request. \`filter_parameters\` does
not reach the parameters of queries. What counts is the level that Logger has when the release has started.`,
  links: ['https://hexdocs.pm/logger/Logger.html#module-levels', 'https://hexdocs.pm/ecto/Ecto.Repo.html'],
  examples: [
    {
      title: 'a level that was left over in prod.exs',
      bad: `${image}
${shopSources.replace('config :logger, level: :info', 'config :logger, level: :debug\n                               ^^^^^^')}`,
      good: `${image}
${shopSources}`,
    },
  ],
  *check({ deployments }) {
    for (const { boot, service } of deployments) {
      const level = boot?.settled ? debugLevel(boot) : undefined
      if (boot === undefined || level === undefined) continue
      const trail = trailOf(level)
      const place = placeOf(trail)
      if (place === undefined) continue
      yield {
        message: `${service ? `the service \`${service.name}\`` : 'the release'} logs at \`:debug\` in production`,
        span: place.span,
        related: trail.filter((label) => label !== place),
        ...(boot.doubt === undefined ? {} : { severity: 'warning', certainty: 'likely' }),
      }
    }
  },
})
