import { atomName, keywordGet } from '../../languages/elixir/syntax/query.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { type Span, textOf } from '../../text/source.ts'
import type { Boot } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { lostPackageOf } from './lost/packages.ts'
import { dependenciesOf } from './needs/dependencies.ts'

/** A mailer of Swoosh, whose adapter its config says. */
export interface Mailer {
  readonly name: string
  /** Where it says that it is one. */
  readonly span: Span
  /** Undefined where no config has one. */
  readonly adapter: Value | undefined
  /** Whether anything is configured for it. */
  readonly isConfigured: boolean
  /** Whether code hands mails to it. */
  readonly isCalled: boolean
  /** What its adapter does not work without and no config has. */
  readonly lacks: string | undefined
}

/** What adapters of Swoosh ask for (`required_config`). */
const required: Readonly<Record<string, readonly string[]>> = {
  Brevo: ['api_key'],
  Mailgun: ['api_key', 'domain'],
  Mailjet: ['api_key', 'secret'],
  Mandrill: ['api_key'],
  Postmark: ['api_key'],
  Resend: ['api_key'],
  SMTP: ['relay'],
  Sendgrid: ['api_key'],
  SparkPost: ['api_key'],
}

/** The mailers of a deployment that do not say their adapter themselves. */
export function mailersOf({ code }: Deployment, boot: Boot): readonly Mailer[] {
  return code.using('Swoosh.Mailer').flatMap(({ name, functions, uses }): readonly Mailer[] => {
    const use = uses.find(({ module }) => module === 'Swoosh.Mailer')
    const otpApp = atomName(keywordGet(use?.options, 'otp_app'))
    if (use === undefined || otpApp === undefined || functions.length > 0 || keywordGet(use.options, 'adapter'))
      return []
    const key = `Elixir.${name}`
    const calls = new RegExp(
      `^[^#\\n]*\\b${name.split('.').at(-1) ?? ''}\\.deliver(_many|_later)?!?\\(\\s*\\w*\\s*\\)`,
      'm',
    )
    const isCalled = code.files.some(({ source: { text } }) => text.includes('.deliver') && calls.test(text))
    const adapter = boot.at(otpApp, key, 'adapter')
    const asked = adapter?.kind === 'atom' ? required[adapter.name.replace('Elixir.Swoosh.Adapters.', '')] : undefined
    const own = use.options ? textOf(use.options.span) : ''
    return [
      {
        name,
        span: use.call.span,
        adapter,
        lacks: asked?.find((one) => boot.at(otpApp, key, one) === undefined && !own.includes(`${one}:`)),
        isConfigured: boot.at(otpApp, key) !== undefined,
        isCalled,
      },
    ]
  })
}

/** The package of the client by which Swoosh sends, which it starts with, where a deployment has Swoosh and not that package. */
export function lostMailClient(
  deployment: Deployment,
  boot: Boot,
): { readonly name: string; readonly span: Span } | undefined {
  const { app, world, release } = deployment
  if (app === undefined) return undefined
  const swoosh = dependenciesOf(app, release?.mixEnv ?? 'prod', world.tree).find(({ name }) => name === 'swoosh')
  if (swoosh === undefined || /\bruntime: false/.test(textOf(swoosh.span))) return undefined
  const client = boot.at('swoosh', 'api_client') ?? { kind: 'atom', name: 'Elixir.Swoosh.ApiClient.Hackney' }
  const lost = client.kind === 'atom' ? lostPackageOf(client.name.replace('Elixir.', ''), deployment) : undefined
  return lost && { name: lost.name, span: swoosh.span }
}
