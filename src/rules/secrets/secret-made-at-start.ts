import { alternatives } from '../../languages/elixir/values/one-of.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { isScript, trailOf } from '../../model/boot/trail.ts'
import { type Booted, doubtfulBootsOf, startReads } from '../../model/facts/boots.ts'
import { makesSecret } from '../../model/facts/secrets/made-secrets.ts'
import { isCookieName } from '../../model/secrets/secrets.ts'
import type { Finding } from '../../text/diagnostic.ts'
import type { TrailLabel } from '../../text/known.ts'
import { type Span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-made-at-start',
  gotcha: 'secrets',
  severity: 'warning',
  ofImages: true,
  summary: 'a secret is made anew at each start',
  incident: 'Everybody is logged out at each restart, and several containers do not take the sessions of each other.',
  remedy: 'Make the secret once, keep it where the platform keeps secrets, and require it when the app starts',
  why: `What is signed or encrypted with one key cannot be read with another. A key that the start makes up lives as long as
the container: with the next one all sessions, tokens and links in mails are void.`,
  links: ['https://hexdocs.pm/phoenix/deployment.html#handling-of-your-application-secrets'],
  examples: [
    {
      title: 'in the script that starts the app',
      on: 'phoenix',
      good: `
        -- Dockerfile: USER nobody --
        COPY --chmod=755 entrypoint.sh /entrypoint.sh
        USER nobody
        ENTRYPOINT ["/entrypoint.sh"]
        -- entrypoint.sh --
        #!/bin/sh
        set -eu
        export SECRET_KEY_BASE="\${SECRET_KEY_BASE:-$(openssl rand -base64 48)}"
        exec "$@"
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?generate one with mix phx.gen.secret}
        -- config/runtime.exs: http: [port: 4000] --
        http: [port: 4000],
        secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- compose.yaml: environment: … secret} --
        -- entrypoint.sh: export SECRET_KEY_BASE="\${SECRET_KEY_BASE:-$(openssl rand -base64 48)}" --
        export SECRET_KEY_BASE="\${SECRET_KEY_BASE:-$(openssl rand -base64 48)}"
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'where the config finds none',
      on: 'phoenix',
      good: `
        -- config/runtime.exs: http: [port: 4000] --
        http: [port: 4000],
        secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")`,
      bad: `
        -- config/runtime.exs: raise("SECRET_KEY_BASE is missing") --
        Base.encode64(:crypto.strong_rand_bytes(48))
                                                ^^`,
    },
  ],
  *check(project) {
    for (const booted of doubtfulBootsOf(project)) {
      const { deployment, boot, doubt, endpoints } = booted
      for (const { name, value, span } of startReads(deployment, boot)) {
        const place = value.kind === 'unknown' ? value.trail.findLast(isMade) : undefined
        if (place === undefined || !/SECRET|SALT|SIGN|ENCRYPT|_KEY/.test(name) || isCookieName(name)) continue
        // A default that is never taken.
        if (/\$\{\w+:?[-=]\$\(/.test(textOf(place.span)) && deployment.environment.get(name).kind !== 'unset') continue
        yield {
          message: `each start of ${booted.who} makes another \`${name}\``,
          span: place.span,
          related: [{ span, text: `\`${name}\` is read here` }],
          ...doubt,
        }
      }
      for (const endpoint of endpoints) {
        const found = drawnIn(endpoint.at('secret_key_base'), booted)
        if (found) yield found
      }
    }
  },
})

const isMade = ({ span }: TrailLabel): boolean => makesSecret.test(textOf(span)) && textOf(span).includes('$(')

/** A key that the config itself makes up, wherever nobody gives one. */
function drawnIn(key: Value | undefined, { who, doubt }: Booted): Finding | undefined {
  if (key === undefined) return undefined
  const all = alternatives(key)
  for (const one of all) {
    const label = one.kind === 'unknown' ? trailOf(one).find(isDrawn) : undefined
    if (label === undefined) continue
    return {
      message: `each start of ${who} makes another \`secret_key_base\`${all.length > 1 ? ' where nobody gives one' : ''}`,
      span: label.span,
      related: trailOf(one).filter((other) => other !== label),
      ...doubt,
    }
  }
  return undefined
}

/** Whether a script draws bytes in the line in which a place stands. */
const isDrawn = ({ span, reads }: TrailLabel): boolean =>
  reads === undefined &&
  isScript(span.source.path) &&
  /\bstrong_rand_bytes\b|\b:rand\.|Enum\.random|UUID\.generate/.test(lineOf(span))

function lineOf({ source: { text }, start, end }: Span): string {
  const after = text.indexOf('\n', end)
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, after === -1 ? text.length : after)
}
