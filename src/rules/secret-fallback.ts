import { isKeyword, pairKey } from '../languages/elixir/map.ts'
import type { OneOfValue, Value } from '../languages/elixir/value.ts'
import { alternativesOf } from '../model/boot/endpoint.ts'
import { trailOf } from '../model/boot/trail.ts'
import { isDummy, isSecretName } from '../model/secrets.ts'
import { releaseImage, shopSources } from './example-parts.ts'
import { defineRule } from './rule.ts'

const fallback = 'not-so-secret-1234567890-1234567890-1234567890-1234567890-1234567890'

const project = (value: string) => `${releaseImage.replace('CMD', 'ENV PHX_SERVER=true\n        CMD')}
${shopSources
  .replace('server: true', `server: true,\n            secret_key_base: ${value}`)
  .trim()
  .replace(/^/, '        ')}`

export default defineRule({
  id: 'secret-fallback',
  gotcha: 'secrets',
  severity: 'error',
  summary: 'a secret that is not set is replaced by a text that everybody knows',
  incident: 'The variable is forgotten once, everything works, and whoever reads the repository can sign sessions.',
  why: `\`System.get_env("SECRET_KEY_BASE") || "…"\` never fails, so nobody learns that the secret is missing. Let the boot
stop instead: \`System.fetch_env!/1\`, or \`|| raise\`.`,
  links: ['https://hexdocs.pm/elixir/System.html#fetch_env!/1'],
  examples: [
    {
      title: 'a default for comfort',
      bad: project(`System.get_env("SECRET_KEY_BASE", "${fallback}")`).replace(
        /^(.*SECRET_KEY_BASE", )"[^"]*"\)$/m,
        (line, before: string) => `${line}\n${' '.repeat(before.length)}${'^'.repeat(fallback.length + 2)}`,
      ),
      good: project('System.fetch_env!("SECRET_KEY_BASE")'),
    },
  ],
  *check({ deployments }) {
    for (const { boot } of deployments) {
      if (!boot?.settled || boot.doubt !== undefined) continue
      for (const { key, value } of choicesIn(boot.config, '', 0)) {
        const alternatives = alternativesOf(value)
        const text = alternatives.find((one) => one.kind === 'binary' && one.text !== '')
        // A weak password of a database in the same network is no leak; a weak key of the sessions is.
        if (text?.kind !== 'binary' || (isDummy(text.text) && key !== 'secret_key_base')) continue
        const [place, more] = trailOf(text)
        const open = alternatives.some((one) => one.kind === 'unknown')
        if (!open || !place || more || !isSecretName(key) || !/runtime\.exs$/.test(place.span.source.path)) continue
        yield {
          message: `\`${key}\` falls back to the text that stands here`,
          span: place.span,
          related: alternatives.flatMap((one) => (one.kind === 'unknown' ? trailOf(one) : [])),
        }
      }
    }
  },
})

interface Choice {
  readonly key: string
  readonly value: OneOfValue
}

/** Every value of a config that may be one or another, with the key that it has. */
function* choicesIn(value: Value, key: string, depth: number): Iterable<Choice> {
  if (value.kind === 'oneOf') yield { key, value }
  if (value.kind !== 'list' || !isKeyword(value) || depth > 8) return
  for (const item of value.items) {
    const inside = item.items[1]
    if (inside !== undefined) yield* choicesIn(inside, pairKey(item) ?? key, depth + 1)
  }
}
