import { likely } from '../../model/facts/boots.ts'
import { writtenCookie } from '../../model/facts/distillery.ts'
import { imagesOf, inheritance, isShipped, scriptSecretsOf } from '../../model/facts/secrets/shipped-secrets.ts'
import { secretsOfDockerfile } from '../../model/secrets/image-secrets.ts'
import { isCookieName } from '../../model/secrets/secrets.ts'
import { sameSpan } from '../../text/source.ts'
import { cookiesInScripts } from '../in-image/secrets.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'cookie-baked',
  gotcha: 'secrets',
  severity: 'warning',
  ofImages: true,
  summary: 'the cookie of Erlang distribution is part of the image',
  incident: 'Whoever has the image and reaches the port of the node can run any code in it.',
  remedy: 'Give the cookie when the container starts, and make a new one',
  why: `Nodes that know the same cookie trust each other with everything. In ENV or ARG of the stage that ships it can be
read by all who can pull the image, and it is the same wherever the image runs.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-environment-variables',
    'https://www.erlang.org/doc/system/distributed.html#security',
  ],
  examples: [
    {
      title: 'RELEASE_COOKIE in the image',
      on: 'release',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]`,
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV RELEASE_COOKIE=k7WqX2vTz9LmNp4RsB8y
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        CMD ["/app/bin/shop", "start"]`,
    },
    {
      title: 'in the environment script of the release',
      on: 'release',
      good: `
        -- rel/env.sh.eex --
        #!/bin/sh
        export RELEASE_DISTRIBUTION=name
        export RELEASE_COOKIE="$(cat /run/secrets/cookie)"`,
      bad: `
        -- rel/env.sh.eex: export RELEASE_COOKIE="$(cat /run/secrets/cookie)" --
        export RELEASE_COOKIE=k7WqX2vTz9LmNp4RsB8y
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  checkImage: cookiesInScripts,
  *check(project) {
    const written = project.deployments.flatMap((deployment) => writtenCookie(deployment, project) ?? [])
    for (const { span, isGuess } of written.filter(
      (one, index) => written.findIndex((other) => sameSpan(one.span, other.span)) === index,
    ))
      yield {
        message: `\`${span.source.path}\` puts the cookie of Erlang distribution into the release`,
        remedy: 'Write `${ERLANG_COOKIE}` there and start with `REPLACE_OS_VARS=true`, and make a new cookie',
        span,
        ...(isGuess ? likely : {}),
      }
    for (const shipped of imagesOf(project)) {
      for (const { name, span, script } of scriptSecretsOf(shipped, project)) {
        if (!isCookieName(name)) continue
        yield { message: `\`${script.path}\` of the image holds the cookie of Erlang distribution`, span }
      }
      const { dockerfile } = shipped.deployment
      if (dockerfile === undefined) continue
      for (const { name, by, span, instruction } of secretsOfDockerfile(dockerfile)) {
        if (!isCookieName(name) || !isShipped(shipped, instruction)) continue
        yield {
          message: `\`${by} ${name}\` puts the cookie of Erlang distribution into the image`,
          span,
          related: inheritance(shipped, instruction),
        }
      }
    }
  },
})
