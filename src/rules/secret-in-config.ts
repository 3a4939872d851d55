import { sameSpan } from '../model/boot/trail.ts'
import { secretIn } from '../model/secrets.ts'
import { bootsOf } from './boots.ts'
import { marked, releaseImage, shopSources } from './example-parts.ts'
import { defineRule } from './rule.ts'
import { keyName, literalOf, secretFallbacksOf, textsIn } from './secret-fallbacks.ts'

const literal = 'Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz'

const project = (value: string) => `${releaseImage.replace('CMD', 'ENV PHX_SERVER=true\n        CMD')}
${shopSources.replace('server: true', `server: true, secret_key_base: ${value}`).trim().replace(/^/, '        ')}`

const mail = (value: string) =>
  project('System.fetch_env!("SECRET_KEY_BASE")').replace(
    /^( *)(config :shop, ShopWeb.Endpoint, server: true)/m,
    (line, indent: string) => `${indent}config :shop, Shop.Mailer, api_key: ${value}\n${line}`,
  )

export default defineRule({
  id: 'secret-in-config',
  gotcha: 'secrets',
  severity: 'error',
  ofImages: true,
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
    {
      title: 'the key of a mail service',
      bad: marked(mail('"SG.x8Zr5uYd9eJf3iMoNqBg7aXw"'), '"SG.x8Zr5uYd9eJf3iMoNqBg7aXw"'),
      good: mail('System.fetch_env!("SENDGRID_API_KEY")'),
    },
  ],
  *check(project) {
    for (const booted of bootsOf(project)) {
      const fallbacks = secretFallbacksOf(booted).map(({ literal }) => literal)
      for (const { path, value } of textsIn(booted.boot.config)) {
        const literal = literalOf(value)
        if (literal === undefined || !isSecret(path.at(-1) ?? '', value.text)) continue
        if (fallbacks.some((one) => sameSpan(one, literal))) continue
        yield {
          message: `production runs with the \`${keyName(path)}\` that is written here`,
          span: literal,
        }
      }
    }
  },
})

/** A key of the app's own is no secret any more once it is written out, whatever it looks like. */
const isSecret = (key: string, text: string): boolean =>
  key === 'secret_key_base'
    ? text !== ''
    : !/cookie/i.test(key) && !/\s/.test(text) && secretIn(key, text) !== undefined
