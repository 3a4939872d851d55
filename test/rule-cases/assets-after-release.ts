/** Edge cases by title, in the notation of examples. The rule must report at the carets, and nowhere where there are none. */
export const cases = {
  'the digest of another stage that is copied in before the release is fine': `
    -- Dockerfile --
    FROM elixir:1.18 AS assets
    WORKDIR /app
    COPY . .
    RUN mix assets.deploy

    FROM elixir:1.18 AS build
    WORKDIR /app
    ENV MIX_ENV=prod
    COPY . .
    COPY --from=assets /app/priv/static priv/static
    RUN mix release

    FROM debian:bookworm-slim
    COPY --from=build /app/_build/prod/rel/shop /app
    CMD ["/app/bin/shop", "start"]
  `,
  'mix do with commas, release first': `
    -- Dockerfile --
    FROM elixir:1.18 AS build
    WORKDIR /app
    ENV MIX_ENV=prod
    COPY . .
    RUN mix do compile, release, assets.deploy
                        ^^^^^^^

    FROM debian:bookworm-slim
    COPY --from=build /app/_build/prod/rel/shop /app
    CMD ["/app/bin/shop", "start"]
  `,
}
