import { placeOf } from '../../model/boot/trail.ts'
import { doubtAbout, doubtfulBootsOf, startReads, subjectOf } from '../../model/facts/boots.ts'
import { stopOf } from '../../model/facts/crashes.ts'
import { passesForValue } from '../../model/facts/empties.ts'
import type { Label } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

/** What a Dockerfile says of the value besides `place`. */
const behind = (trail: readonly Label[], place: Label): readonly Label[] =>
  trail.filter((label) => label !== place && label.span.source === place.span.source)

export default defineRule({
  id: 'empty-is-set',
  gotcha: 'runtime-config',
  severity: 'warning',
  ofImages: true,
  summary: 'a variable is set to nothing, which Elixir takes for a value',
  incident: 'The boot stops at `String.to_integer("")`, or passes its guard with a secret that is empty.',
  remedy: 'Leave the variable out, or give it a value',
  why: `\`PORT=\` and \`PORT: \${PORT:-}\` set the variable, to the empty text. That is neither \`nil\` nor false:
\`System.get_env("PORT") || "4000"\` gives \`""\`, and \`|| raise\` lets it pass.`,
  links: ['https://hexdocs.pm/elixir/System.html#get_env/2'],
  examples: [
    {
      title: 'an empty port',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              STORE: shoes
        -- config/runtime.exs: http: [port: 4000] --
        http: [port: String.to_integer(System.get_env("PORT") || "4000")]`,
      bad: `
        -- compose.yaml: + --
              PORT: ""
                    ^^`,
    },
    {
      title: 'a default of nothing in the compose file',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              PORT: \${WEB_PORT:-4000}
        -- config/runtime.exs: http: [port: 4000] --
        http: [port: String.to_integer(System.get_env("PORT") || "4000")]`,
      bad: `
        -- compose.yaml: PORT: \${WEB_PORT:-4000} --
        PORT: \${WEB_PORT:-}
              ^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const culprit = stopOf(deployment)?.culprit
      if (culprit?.read.value.kind !== 'known' || culprit.read.value.value !== '') continue
      const { read } = culprit
      const place = placeOf(read.value.trail) ?? { span: read.span, text: '' }
      yield {
        message: `${subjectOf(deployment)} stops at its start: \`${read.name}\` is set, to nothing`,
        why: 'The container stops at its start, and again at each restart.',
        span: place.span,
        related: [...behind(read.value.trail, place), { span: read.span, text: `\`${read.name}\` is read here` }],
        severity: 'error',
      }
    }
    for (const { deployment, boot, endpoints } of doubtfulBootsOf(project)) {
      for (const read of startReads(deployment, boot)) {
        const { name, value, span, required } = read
        const place = value.kind === 'known' && value.value === '' ? placeOf(value.trail) : undefined
        const host = endpoints.some((endpoint) => {
          const own = endpoint.at('url', 'host')
          return own?.kind === 'binary' && own.trail?.some((label) => label.span === span)
        })
        // An empty host is a placeholder, and reported as such.
        if (place === undefined || host) continue
        const related = behind(value.trail, place)
        if (required)
          yield {
            message: `\`${name}\` is set to nothing, and what stops a boot without it lets that pass`,
            why: 'The release starts without the value, although it asks for it.',
            span: place.span,
            related: [...related, { span, text: `\`${name}\` is required here` }],
            ...doubtAbout(boot),
          }
        else if (passesForValue(boot, read))
          yield {
            message: `\`${name}\` is set to nothing, and the config goes on as if it had a value`,
            why: 'What is meant for a variable that is not set is never done.',
            remedy: 'Leave the variable out, give it a value, or ask for the empty text as well',
            span: place.span,
            related: [...related, { span, text: `\`${name}\` is read here` }],
            ...doubtAbout(boot),
          }
      }
    }
  },
})
