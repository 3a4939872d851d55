import { isDrawnByLot } from './drawn.ts'
import { isDummy, isElsewhere, isOpen } from './dummies.ts'
import { tokensIn } from './tokens.ts'

export { isDummy } from './dummies.ts'

/** The part of a value that must stay secret, as offsets into it: the whole, a token in it, or the password of a URL. */
export interface SecretPart {
  readonly start: number
  readonly end: number
}

const secretWords =
  /(^|_)(SECRETS?|KEY_?BASE|PASSWORDS?|PGPASSWORD|PASSWD|PASSPHRASE|PASSCODE|PASS|PW|PSW|PSWD|PWD|TOKEN|AUTHTOKEN|BEARER|PAT|CREDENTIALS?|CREDS|PEPPER|COOKIE|DSN|(API|ACCESS|PRIVATE|PRIV|SECRET|ENCRYPTION|SIGNING|SIGNATURE|MASTER|AUTH|VAULT|CLOAK|SERVICE|LICENSE|JWT|HMAC|ACCOUNT|STORAGE|SERVER|INTERNAL|ADMIN|DEPLOY)_?KEY|APIKEY)(_?\d+)?$/
const looseWords = /(^|_)(AUTH|AUTHORIZATION|KEY|WEBHOOK|SIGNATURE|CONNECTION_STRING|PRIVATE|SESSION|HEADERS?)(_?\d+)?$/
const harmlessWords =
  /(^|_)(PUBLIC|PUBLISHABLE|PUB|SITE|SITEKEY|ANON|CSRF|EXAMPLE|SAMPLE|CLIENT_ID|KEY_ID|GPG|PGP|FINGERPRINT|CHECKSUM|DIGEST|INTEGRITY|(?:HOST|CACHE|FOREIGN|PRIMARY|SORT|PARTITION|GROUP)_KEY)(_|$)|^(NEXT_PUBLIC|VITE|REACT_APP|GATSBY|EXPO_PUBLIC)_|^(PWD|OLDPWD)$|^(?!(RELEASE|ERLANG|ERL|NODE)_)\w+_COOKIE$|^(USE|REQUIRE|ENABLE|DISABLE|ALLOW|SKIP|IS|HAS|NO|WITH|CHECK|VERIFY)_/

const wordsOf = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toUpperCase()

/**
 * Whether a variable or config key of this name holds a secret: `SECRET_KEY_BASE`, `smtpPassword`, `api_key`, `DB_PW`.
 * What only names one is none: `TOKEN_TTL`, `PASSWORD_FILE`, `signing_salt`, `PUBLIC_KEY`, `AWS_ACCESS_KEY_ID`.
 */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name)
  return secretWords.test(words) && !harmlessWords.test(words)
}

/** Whether a name holds a secret where its value was drawn by lot: `STRIPE_KEY`, `PROXY_AUTH`. `SMTP_AUTH` may be `always`. */
function isLooseName(name: string): boolean {
  const words = wordsOf(name)
  return looseWords.test(words) && !harmlessWords.test(words)
}

/** The cookie of Erlang's distribution: a secret of its own kind. */
export const isCookieName = (name: string): boolean => /^(RELEASE_|ERLANG_|ERL_)?COOKIE$/i.test(name)

/** Stands in a text for what its language puts there, such as the value of a variable. */
export const put = '\u{f5afe}'

/** A text in which these ranges are what its language puts something in the place of. */
export function withPut(text: string, ranges: readonly SecretPart[]): string {
  let read = ''
  let at = 0
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue
    read += text.slice(at, start) + put
    at = end
  }
  return read + text.slice(at)
}

/** A key of OpenPGP as people name it (RFC 4880, section 12.2). */
const fingerprint = /^(0x)?[\dA-F]{40}$/
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY/
const credentials = /^([a-z][\w+.-]*:\/\/[^\s/:@?#]*:)([^\s/@]+)@([^\s/:?#]*)/i
const nearby = /^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)$/i

/**
 * Where the secret is in a value of the name; undefined where there is none: a dummy, a reference, something harmless.
 * `read` is the value as its language reads it, with `put` where it puts something in; the value as it stands where absent.
 */
export function secretIn(name: string, value: string, read = value): SecretPart | undefined {
  const text = value.trim()
  const start = value.indexOf(text)
  const place = (from: number, to: number) => ({ start: start + from, end: start + to })
  const seen = read.includes(put) && isTorn(text) ? text : read.trim()
  const url = credentials.exec(text)
  const shown = credentials.exec(seen)
  if (url && shown) {
    const [, before = '', password = ''] = url
    const [, , asRead = '', host = ''] = shown
    if (!isPassword(asRead) || nearby.test(host) || before.endsWith(`//${password}:`)) return undefined
    return place(before.length, before.length + password.length)
  }
  const [token] = tokensIn(text)
  if (token) return place(token.start, token.end)
  if (text === '' || seen.includes(put) || isElsewhere(seen) || isDummy(seen) || isOpen(seen)) return undefined
  if (privateKey.test(text)) return place(0, text.length)
  if (
    /^[a-z][\w+.-]*:\/\//i.test(text) ||
    !(isSecretName(name) || (isLooseName(name) && isDrawnByLot(seen) && !fingerprint.test(seen)))
  )
    return undefined
  return /^\d{1,5}$/.test(text) || text.length < 4 ? undefined : place(0, text.length)
}

/** Whether a secret is surely one that opens something: drawn by lot, or of a form that a service gives its tokens. */
export const isRealSecret = (secret: string): boolean => isDrawnByLot(secret) || tokensIn(secret).length > 0

const isPassword = (text: string): boolean =>
  !text.includes(put) && !isElsewhere(text) && !isDummy(text) && !/^[<[{]|[>\]}]$/.test(text)

const plainVariable = /\$([A-Za-z_]\w*)/g
const usualName = /^(_?[A-Z][A-Z\d]*(_[A-Z\d]+)*_?|_?[a-z]+(_[a-z\d]+)*|[a-z]+([A-Z][a-z]+)*)$/

/** Whether people call variables like that: `DB_PASSWORD`, `db_password`, `dbPassword`; not `LmN5rT7yB2`. */
export const isUsualName = (name: string): boolean => usualName.test(name) && !(name.length >= 12 && isDrawnByLot(name))

/** Whether what a language takes for a variable is a piece of a secret with a `$` in it: `Zk3vQ8$LmN5rT7yB2`. */
const isTorn = (text: string): boolean =>
  [...text.matchAll(plainVariable)].some(([, name = '']) => !isUsualName(name)) &&
  isDrawnByLot(text.replace(/^[a-z][\w+.-]*:\/\/[^:/@]*:|@[\w.:-]+(\/.*)?$|\$/gi, ''))
