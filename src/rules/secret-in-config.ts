import { isKeyword, pairKey } from '../languages/elixir/map.ts'
import type { BinaryValue, Value } from '../languages/elixir/value.ts'
import { trailOf } from '../model/boot/trail.ts'
import { secretIn } from '../model/secrets.ts'
import { releaseImage, shopSources } from './example-parts.ts'
import { defineRule } from './rule.ts'

const literal = 'Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz'

const project = (value: string) => `${releaseImage.replace('CMD', 'ENV PHX_SERVER=true\n        CMD')}
${shopSources.replace('server: true', `server: true, secret_key_base: ${value}`).trim().replace(/^/, '        ')}`

export default defineRule({
  id: 'secret-in-config',
  gotcha: 'secrets',
  severity: 'error',
  summary: 'production runs with a secret that is written out in the config',
  incident: 'Whoever can read the repository or the image can sign sessions, or use the account behind the key.',
  why: `A literal in \`config/*.exs\` is in git, and \`mix release\` writes it in plain text into the image, as
\`releases/*/sys.config\`. Read it in \`config/runtime.exs\` by \`System.fetch_env!/1\`. A literal that \`runtime.exs\` sets
again is not meant here: it is none that production runs with.`,
  links: ['https://hexdocs.pm/phoenix/deployment.html#handling-of-your-application-secrets'],
  examples: [
    {
      title: 'the key of the sessions',
      bad: project(`"${literal}"`).replace(
        /^(.*secret_key_base: )"[^"]*"$/m,
        (line, before: string) => `${line}\n${' '.repeat(before.length)}${'^'.repeat(literal.length + 2)}`,
      ),
      good: project('System.fetch_env!("SECRET_KEY_BASE")'),
    },
  ],
  *check({ deployments }) {
    for (const { boot } of deployments) {
      if (!boot?.settled || boot.doubt !== undefined) continue
      for (const { path, value } of textsIn(boot.config, [])) {
        const trail = trailOf(value)
        const [place] = trail
        const isWritten = trail.length === 1 && place !== undefined && /\.exs$/.test(place.span.source.path)
        if (!isWritten || secretIn(path.at(-1) ?? '', value.text) === undefined) continue
        const key = path.slice(1).map((part) => part.replace(/^Elixir\./, ''))
        yield {
          message: `production runs with the \`${key.join('.')}\` that is written here`,
          span: place.span,
        }
      }
    }
  },
})

interface ConfiguredText {
  readonly path: readonly string[]
  readonly value: BinaryValue
}

/** Every text of a config, with the keys that lead to it. */
function* textsIn(value: Value, path: readonly string[]): Iterable<ConfiguredText> {
  if (value.kind === 'binary') yield { path, value }
  if (value.kind !== 'list' || !isKeyword(value) || path.length > 8) return
  for (const item of value.items) {
    const key = pairKey(item)
    const [, inside] = item.items
    if (key !== undefined && inside !== undefined) yield* textsIn(inside, [...path, key])
  }
}
