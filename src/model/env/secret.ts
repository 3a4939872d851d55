import { masked } from '../../text/mask.ts'
import { isSecretName } from '../secrets/secrets.ts'

const secretName =
  /(^|_)(PASS|PASSWD|PASSPHRASE|CREDENTIALS?|COOKIE|SALT|APIKEY|KEY|PRIVATE|PEPPER|WEBHOOK)(_|$)|SECRET|PASSWORD|TOKENS?$/i
const publicName =
  /PUBLI(C|SHABLE)|(^|_)(FILE|PATH|DIR|HOST|PORT|NAME|USER|USERNAME|DOMAIN|TTL|EXPIRY|AGE|SIZE|LENGTH|ENABLED|REQUIRED)$/i
const buildName = /(^|_)(SHA|COMMIT|REVISION|REF|DIGEST|VERSION|TAG)(_|$)/i
const harmless = /^(true|false|yes|no|on|off|enabled|disabled|none|null|nil)?$/i

/** Keys whose own text says what they are. */
const secretShape =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|^(sk|rk)_(live|test)_|^gh[pousr]_|^github_pat_|^glpat-|^xox[abprs]-|^AKIA[0-9A-Z]{12}|^SG\.|^eyJ[\w-]+\./
const random = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{32,}$/
/** User and password of a URL (RFC 3986, section 3.2.1). A password of a database is often not escaped. */
const credentials = /(\bhttps?:\/\/)([^\s/?#@]*)(?=@)|((?!https?:)\b[\w.+-]+:\/\/)(\S*)(?=@)/g
const parameter = /([?&;](?:password|passwd|pwd|pass|token|secret|api_?key|access_key|sig|signature)=)([^&;#\s]+)/gi
const longestUser = 20

/**
 * The texts inside the value of a variable that must not leave the tool: all of it, the password of a URL, or none.
 * Unlike the rules, which look for real secrets, this takes dummies and well-known passwords for secrets too.
 */
export function secretsIn(name: string, value: string): readonly string[] {
  const secrets: string[] = []
  replaceSecrets(name, value, (secret) => {
    secrets.push(secret)
    return secret
  })
  return secrets
}

/** The value of a variable with what is secret in it masked. */
export const maskedValue = (name: string, value: string): string => replaceSecrets(name, value, masked)

function replaceSecrets(name: string, value: string, replace: (secret: string) => string): string {
  if (harmless.test(value)) return value
  const named = isSecretName(name) || (secretName.test(name) && !publicName.test(name))
  if (secretShape.test(value) || (named && !value.includes('://'))) return replace(value)
  let found = false
  const hide = (secret: string) => {
    found ||= secret !== ''
    return secret === '' ? '' : replace(secret)
  }
  const user = (text: string): string => {
    const colon = text.indexOf(':')
    if (colon !== -1) return text.slice(0, colon + 1) + hide(text.slice(colon + 1))
    return text.length >= longestUser ? hide(text) : text
  }
  const shown = value
    .replace(credentials, (_, web?: string, who?: string, scheme?: string, whom?: string) =>
      web === undefined ? `${scheme ?? ''}${user(whom ?? '')}` : `${web}${user(who ?? '')}`,
    )
    .replace(parameter, (_, key: string, secret: string) => key + hide(secret))
  if (found) return shown
  return named || (random.test(value) && !buildName.test(name)) ? replace(value) : value
}
