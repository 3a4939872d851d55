import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { textIn } from '../../languages/elixir/values/text-in.ts'
import { truthOf, type Value } from '../../languages/elixir/values/value.ts'
import { agreed, gap, type Maybe } from '../../text/known.ts'
import { isAtLeast } from '../phoenix/versions.ts'
import { type Made, made } from './made.ts'

/** One thing that a repo is told of its database: by which key of its config, and what, where that is known. */
export interface Told {
  readonly key: 'url' | PartKey
  readonly text: string | undefined
}

/** What a repo connects to, of a config without open choices. A part is undefined where nothing tells it. */
export interface Database {
  readonly hostname: Told | undefined
  readonly port: Told | undefined
  readonly username: Told | undefined
  readonly password: Told | undefined
  readonly database: Told | undefined
  /** Whether it asks for TLS. */
  readonly tls: Maybe
  /** Whether it looks for addresses of IPv6 and no others. */
  readonly onlyIpv6: boolean
  /** Whether its prepared statements have names; those without one live as long as their transaction. */
  readonly namesStatements: boolean
}

type PartKey = 'hostname' | 'port' | 'username' | 'password' | 'database'

/** The parts of an address, and what else leads to a database, such as a socket. */
const otherWays = ['socket', 'socket_dir', 'endpoints']

/** Which keys of a repo's config `databaseOf` asks. */
export const databaseKeys = [
  ...['url', 'hostname', 'port', 'username', 'password', 'database', 'ssl', 'socket_options', 'prepare'],
  ...otherWays,
]

/**
 * What a repo connects to: the options of its config, and over them those of its URL (Ecto.Repo.Supervisor,
 * `runtime_config` and `parse_url`). A password keeps its colons from Ecto 3.14 on.
 */
export function databaseOf(config: Value, ecto?: string): Made<Database | undefined> {
  const at = (key: string) => configAt(config, [key])
  if (otherWays.some((key) => at(key) !== undefined)) return made(undefined)
  const url = at('url')
  const written = url && textIn(url)
  const parts = written === undefined ? undefined : partsOf(written, isAtLeast(ecto, 3, 14))
  // Of a URL that is not known each part may be in it.
  const isHidden = url !== undefined && parts === undefined && !(url.kind === 'atom' || written === '')
  const part = (key: PartKey): Told | undefined => {
    const inUrl = parts?.[key]
    if (isHidden) return { key: 'url', text: undefined }
    if (inUrl !== undefined) return { key: 'url', text: inUrl.includes(gap) ? undefined : inUrl }
    const own = at(key)
    if (own === undefined || (own.kind === 'atom' && own.name === 'nil')) return undefined
    const text = own.kind === 'integer' ? `${own.value}` : textIn(own)
    return { key, text: text?.includes(gap) ? undefined : text }
  }
  const ssl = parts?.query.get('ssl')
  const own = at('ssl')
  return made({
    hostname: part('hostname'),
    port: part('port'),
    username: part('username'),
    password: part('password'),
    database: part('database'),
    tls: ssl === 'true' ? 'yes' : ssl === 'false' || own === undefined ? 'no' : truthOf(own),
    onlyIpv6: hasAtom(at('socket_options'), 'inet6'),
    namesStatements: !isAtomNamed(at('prepare'), 'unnamed'),
  })
}

/** What is the same in all of several; undefined where there are none. */
export function agreedDatabase(all: readonly Database[]): Database | undefined {
  const [first] = all
  const part = (key: PartKey): Told | undefined => {
    const told = first?.[key]
    const isSame = all.every((one) => one[key]?.text === told?.text && one[key]?.key === told?.key)
    return isSame ? told : { key: told?.key ?? key, text: undefined }
  }
  return (
    first && {
      hostname: part('hostname'),
      port: part('port'),
      username: part('username'),
      password: part('password'),
      database: part('database'),
      tls: agreed(
        all.map(({ tls }) => tls),
        'it is not the same in all cases',
      ),
      onlyIpv6: all.every((one) => one.onlyIpv6),
      namesStatements: all.every((one) => one.namesStatements),
    }
  )
}

/** Whether a value of `socket_options:` asks for addresses of IPv6 and no others. */
export const asksForIpv6 = (value: Value): boolean => hasAtom(value, 'inet6')

/** Whether a value of `prepare:` leaves prepared statements without names. */
export const leavesUnnamed = (value: Value): boolean => isAtomNamed(value, 'unnamed')

const isAtomNamed = (value: Value | undefined, name: string): boolean => value?.kind === 'atom' && value.name === name

const hasAtom = (value: Value | undefined, name: string): boolean =>
  value?.kind === 'list' && value.items.some((item) => isAtomNamed(item, name))

/** The parts of the URL of a database, which has `gap` where it is not known; undefined where it is no such URL. */
function partsOf(
  url: string,
  keepsColons: boolean,
): (Partial<Record<PartKey, string>> & { readonly query: URLSearchParams }) | undefined {
  const found = /^[^:/?#]+:\/\/(?:([^/?#]*)@)?([^/?#:@]*)(?::(\d*))?(?:\/([^?#]*))?(?:\?([^#]*))?/.exec(url)
  if (found === null) return undefined
  const [, userinfo, host, port, path, query] = found
  // A password with a `/`, `?` or `#` of its own cuts all of it short.
  if (userinfo === undefined && url.includes('@')) return undefined
  const [username, first, ...more] = userinfo?.split(':') ?? []
  const password = first !== undefined && keepsColons ? [first, ...more].join(':') : first
  const filled = (key: PartKey, text: string | undefined) => (text ? { [key]: decoded(text) } : {})
  return {
    ...filled('hostname', host),
    ...filled('port', port),
    ...filled('username', username),
    ...filled('password', password),
    ...filled('database', path),
    query: new URLSearchParams(query ?? ''),
  }
}

/** As `URI.decode`, which decodes bytes: those that are no UTF-8 are there as U+FFFD. */
const decoded = (text: string): string =>
  text.replace(/(%[\da-f]{2})+/gi, (escaped) =>
    new TextDecoder().decode(Uint8Array.from(escaped.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))),
  )
