/** The part of a value that must stay secret, as offsets into it: the whole, or the password of a URL. */
export interface SecretPart {
  readonly start: number
  readonly end: number
}

const secretWords =
  /(^|_)(SECRET|SECRETS|KEY_BASE|PASSWORD|PGPASSWORD|PASSWD|PASSPHRASE|PASS|PWD|TOKEN|PAT|CREDENTIALS|COOKIE|DSN|(API|ACCESS|PRIVATE|PRIV|SECRET|ENCRYPTION|SIGNING|SIGNATURE|MASTER|AUTH|VAULT|CLOAK|SERVICE|LICENSE|JWT|HMAC|ACCOUNT|STORAGE|SERVER|INTERNAL|ADMIN)_?KEY|APIKEY)(_?\d+)?$/
const harmlessWords =
  /(^|_)(PUBLIC|PUBLISHABLE|PUB|SITE|SITEKEY|ANON|CSRF|EXAMPLE|SAMPLE|CLIENT_ID|KEY_ID)(_|$)|^(NEXT_PUBLIC|VITE|REACT_APP|GATSBY|EXPO_PUBLIC)_|^(PWD|OLDPWD)$|^(?!(RELEASE|ERLANG|ERL|NODE)_)\w+_COOKIE$|^(USE|REQUIRE|ENABLE|DISABLE|ALLOW|SKIP|IS|HAS|NO|WITH|CHECK|VERIFY)_/

/**
 * Whether a variable or config key of this name holds a secret: `SECRET_KEY_BASE`, `smtpPassword`, `api_key`. What only
 * names one is none: `TOKEN_TTL`, `PASSWORD_FILE`, `signing_salt`, `PUBLIC_KEY`, `AWS_ACCESS_KEY_ID`.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toUpperCase()
  return secretWords.test(words) && !harmlessWords.test(words)
}

/** The cookie of Erlang's distribution: a secret of its own kind. */
export const isCookieName = (name: string): boolean => /^(RELEASE_|ERLANG_|ERL_)?COOKIE$/i.test(name)

const weak =
  /^(x+|\*+|\.+|-+|0+|postgres(ql)?|mysql|mariadb|redis|root|admin|user|guest|pass(word|wd)?|secret|token|test(ing)?|dev(elopment)?|example|nil|null|none|unset|undefined|empty|true|false|yes|no|on|off|(en|dis)abled|required|optional|auto|always|never|build|prod(uction)?|default|local|localhost|app|phoenix|elixir|foo|bar|baz|abc|abcd?e?f?|123(4(5(6(7(89?0?)?)?)?)?)?)$/i
const dummyWords =
  /dummy|fake|placeholder|change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|it|with)|(^|[^a-z])(todo|tbd|fixme|unused|irrelevant|ignored?|temp(orary)?|insecure|unsafe|sample|example|redacted|nothing)([^a-z]|$)|no[-_ ]?(key|secret|password|token)([^a-z]|$)|(^|[^a-z])test(ing|s)?([^a-z]|$)|not[-_ ]?(a[-_ ]?|so[-_ ]?|the[-_ ]?)?(real|secret|used|needed|set|for[-_ ]prod)|(only|just)[-_ ]?(for|at|used|needed|during)|(for|at|during)[-_ ]?(the[-_ ]?)?(build|compil|test|dev)|build[-_ ]?(time|only|secret|key|phase)|compile[-_ ]?time|your[-_ ]|[-_ ]here$|generate[-_ ]?(one|me|with|it)|do[-_ ]?not[-_ ]?use|^<.*>$|^\[.*\]$|^my[-_ ]?(secret|password|token|key)/i

/** Whether a value only stands where a secret belongs: a dummy for the build, a placeholder, a password known to all. */
export const isDummy = (value: string): boolean =>
  weak.test(value) ||
  (value.length > 5 && new Set(value).size <= 3) ||
  dummyWords.test(value) ||
  /^(.)\1*$/.test(value) ||
  /^(.{2,16})\1{2,}.{0,15}$/.test(value)

/** Whether a value says where the secret comes from instead of being it: `${X}`, `$(cat …)`, `/run/secrets/x`, `{{ x }}`. */
export const isReference = (value: string): boolean =>
  /\$[\w({]|`|\{\{|<%|^%\w+%$|^ENC\[|^encrypted:|^(vault|op|ssm|sm|arn|aws|gcp|doppler|secret|file|env):|^@\w/.test(
    value,
  ) ||
  /^(\/|\.{1,2}\/|~\/)[\w./-]+$/.test(value) ||
  /^\w[\w-]*(\/[\w.-]+)*\/[\w-]*\.[a-z]{2,6}$/.test(value)

/** Keys that their services hand out to browsers, by the way they begin. */
const publicKey = /^(pk\.|pk_(live|test)_|sb_publishable_|phc_)/

const tokens =
  /^(sk_live_|rk_live_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|SG\.[\w-]{16,}|ya29\.|dop_v1_|shpat_|npm_\w{30,}|hf_\w{30,}|sk-(ant|proj)-|-----BEGIN [A-Z ]*PRIVATE KEY)/
const credentials = /^([a-z][\w+.-]*:\/\/[^\s/:@?#]*:)([^\s/@]+)@([^\s/:?#]*)/i
const nearby = /^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)$/i

/** Where the secret is in a `value` of the name; undefined where there is none: a dummy, a reference, something harmless. */
export function secretIn(name: string, value: string): SecretPart | undefined {
  const text = value.trim()
  const url = credentials.exec(text)
  if (url) {
    const [, before = '', password = '', host = ''] = url
    if (isReference(password) || isDummy(password) || nearby.test(host)) return undefined
    if (/^[<[{]|[>\]}]$/.test(password) || before.endsWith(`//${password}:`)) return undefined
    const start = value.indexOf(text) + before.length
    return { start, end: start + password.length }
  }
  const isToken = tokens.test(text)
  if (!isToken && (!isSecretName(name) || /^[a-z][\w+.-]*:\/\//i.test(text))) return undefined
  if (text === '' || isReference(text) || isDummy(text) || publicKey.test(text)) return undefined
  if (!isToken && (/^\d{1,5}$/.test(text) || text.length < 4)) return undefined
  const start = value.indexOf(text)
  return { start, end: start + text.length }
}
