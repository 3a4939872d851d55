import { standardLibrary } from '../../languages/elixir/stdlib/index.ts'
import { nearest } from '../../text/nearest.ts'

/** Modules of Elixir and Phoenix that config and code name, and that a slip may mean. */
const known =
  `Agent Application Base Code Config DateTime Enum File Float GenServer IO Integer Kernel Keyword List Logger Map
  Mix.Task Module Path Regex Registry String Supervisor System Task
  Bandit.PhoenixAdapter Ecto.Adapters.MyXQL Ecto.Adapters.Postgres Ecto.Adapters.SQLite3 Ecto.Adapters.Tds Ecto.Changeset Ecto.Migration Ecto.Migrator Ecto.Multi Ecto.Query Ecto.Repo Ecto.Schema Ecto.Type
  Phoenix.Channel Phoenix.Component Phoenix.Controller Phoenix.Endpoint Phoenix.Endpoint.Cowboy2Adapter Phoenix.HTML Phoenix.LiveComponent Phoenix.LiveView
  Phoenix.LiveView.Router Phoenix.Presence Phoenix.PubSub Phoenix.Router Phoenix.Socket Phoenix.Template Phoenix.Token
  Phoenix.VerifiedRoutes Phoenix.View
  Plug.Builder Plug.Conn Plug.Head Plug.Logger Plug.MethodOverride Plug.Parsers Plug.RequestId Plug.Router Plug.SSL
  Plug.Session Plug.Static Plug.Telemetry
  Gettext.Backend Swoosh.Mailer
  ${'AhaSend AmazonSES Brevo CustomerIO Dyn ExAwsAmazonSES Gmail Local Logger Loops MailPace Mailersend Mailgun Mailjet Mailpit Mailtrap Mandrill MsGraph Mua Null OhMySmtp Postal PostUp Postmark ProtonBridge Resend SMTP SMTP2GO Sandbox Scaleway Sendgrid SendinBlue Sendmail SocketLabs SparkPost Test TurboSMTP ZeptoMail'.replaceAll(/\w+/g, 'Swoosh.Adapters.$&')}`.split(
    /\s+/,
  )

const roots = [...new Set(known.map((name) => name.split('.')[0] ?? ''))]

/**
 * The module of Elixir, Phoenix or what comes with it that a name was most likely meant to be; undefined where another
 * library may have one of that name: those in `libraries`, in small letters, and what has the same first part.
 */
export function meantOfLibrary(module: string, libraries: ReadonlySet<string> = new Set()): string | undefined {
  const [root = '', ...rest] = module.split('.')
  if (known.includes(module) || roots.includes(module)) return undefined
  if (roots.includes(root) && rest.length > 0)
    return nearest(
      module,
      known.filter((name) => name.startsWith(`${root}.`) && Math.abs(name.length - module.length) < 2),
      1,
    )
  if (libraries.has(root.toLowerCase()) || standardLibrary.hasModule(root)) return undefined
  const joined = byLetters.get(lettersOf(module))
  if (joined !== undefined) return joined
  const near = nearRoot(root, roots)
  return near === undefined ? undefined : [near, ...rest].join('.')
}

/** A name without its dots, in which `PlugSession` and `Plug.Session` are alike. */
export const lettersOf = (name: string): string => name.replaceAll('.', '')

const byLetters: ReadonlyMap<string, string> = new Map(known.map((name) => [lettersOf(name), name]))

/**
 * The first part of a name that another one was most likely meant to be: of a short one only with the same letters, or with
 * more behind an underscore, which names of modules do not have.
 */
export function nearRoot(root: string, candidates: readonly string[]): string | undefined {
  const stem = root.replace(/_.*/, '')
  if (stem !== root && candidates.includes(stem)) return stem
  if (root.length > 7)
    return nearest(
      root,
      candidates.filter((one) => Math.abs(one.length - root.length) < 2),
      2,
    )
  return nearest(
    root,
    candidates.filter((one) => sorted(one) === sorted(root)),
    1,
  )
}

const sorted = (word: string): string => [...word].toSorted().join('')
