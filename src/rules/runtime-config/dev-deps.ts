import { isBuildArgument } from '../../model/facts/runner.ts'
import { isProduction } from '../../model/shipping/production.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'dev-deps',
  gotcha: 'runtime-config',
  severity: 'warning',
  summary: 'the release that ships is made for development',
  incident:
    'Users see stack traces and the code of the app; the code reloader and the tools of development run in production.',
  remedy: 'Build with MIX_ENV=prod, and keep the dependency `only: :dev`',
  why: `\`mix release\` takes the dependencies of the environment that it runs in, and \`config_env()\` stays that environment
for good: setting \`MIX_ENV\` where the release runs changes nothing. With \`dev\`, what is \`only: :dev\` ships, \`config/dev.exs\`
is in force, and the guards for \`:prod\` in \`config/runtime.exs\` are passed over.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html',
    'https://hexdocs.pm/mix/Mix.Tasks.Deps.html#module-dependency-definition-options',
  ],
  examples: [
    {
      title: 'a release of dev',
      on: 'assets',
      bad: `
        -- Dockerfile: ENV MIX_ENV=prod --
        ENV MIX_ENV=dev
        -- Dockerfile: RUN mix release --
        RUN mix release
            ^^^^^^^^^^^
        -- Dockerfile: COPY --from=build /app/_build/prod/rel/shop ./ --
        COPY --from=build /app/_build/dev/rel/shop ./`,
    },
    {
      title: 'a release of test, for one command',
      on: 'phoenix',
      good: `
        -- config/runtime.exs: if config_env() == :prod do --
        if config_env() != :test do`,
      bad: `
        -- Dockerfile: RUN mix release --
        RUN MIX_ENV=test mix release
                         ^^^^^^^^^^^
        -- Dockerfile: COPY --from=build /app/_build/prod/rel/shop /app --
        COPY --from=build /app/_build/test/rel/shop /app
        -- config/runtime.exs: if config_env() != :test do --
        if config_env() == :test do`,
    },
  ],
  *check({ deployments }) {
    for (const { app } of deployments) {
      for (const { name, misspelt } of [app, ...(app?.children ?? [])].flatMap((one) => one?.deps ?? []))
        for (const { name: option, span, meant, decides } of misspelt)
          if (decides === 'environment')
            yield {
              message: `\`${option}:\` is no option of a dependency, so \`${name}\` is a part of the release; did you mean \`${meant}:\`?`,
              why: 'Mix takes no notice of it: the package is compiled, shipped and started in production as well.',
              remedy: `Write \`${meant}:\``,
              span,
            }
    }
    for (const { release, build } of deployments) {
      if (!release || !build || isBuildArgument('MIX_ENV', build)) continue
      if (isProduction(release.mixEnv) || release.step.runs === 'maybe') continue
      const value = release.step.env('MIX_ENV')
      yield {
        message: `the release that ships is made with MIX_ENV=${release.mixEnv}`,
        span: release.step.span,
        related: [...release.step.via, ...value.trail],
      }
    }
  },
})
