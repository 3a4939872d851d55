import { posix } from 'node:path'
import { developmentWord } from '../shipping/production.ts'

const sample = /(^|[^a-z])(example|sample|template|tmpl|dist|default|defaults|schema|tpl|skel|blank)([^a-z]|$)/i

/** Whether a path is that of an env file: `.env`, `.env.prod`, `prod.env`. */
export const isEnvFile = (path: string): boolean =>
  /^\.env(\..+)?$|.\.env$|^env\.[^.]+$/.test(posix.basename(path)) &&
  !/\.(exs?|js|ts|sh|eex|md)$/.test(posix.basename(path))

/** Whether an env file is for people to copy, or for development and tests. */
export const isSampleEnvFile = (path: string): boolean => sample.test(path) || developmentWord(path) !== undefined

/** Whether a path is that of a private key or of credentials, by its name. */
export function isKeyFile(path: string): boolean {
  const name = posix.basename(path)
  if (/selfsigned|snakeoil|\.pub$|(^|[^a-z])(public|example|sample|dummy|fixture)/i.test(path)) return false
  if (developmentWord(path) !== undefined) return false
  return (
    /^id_(rsa|dsa|ecdsa|ed25519)$|^(privkey|private[-_]?key|server[-_]key|tls|key)\.pem$|[-_.](key|private)\.pem$/.test(
      name,
    ) ||
    /.\.(key|p12|pfx|p8|ppk|keystore|jks)$/.test(name) ||
    /^(\.netrc|\.pgpass|\.git-credentials|\.htpasswd|master\.key|hex\.config)$|(^|[-_])(service[-_]account|credentials)[\w-]*\.json$/.test(
      name,
    ) ||
    /(^|\/)\.aws\/credentials$|(^|\/)\.docker\/config\.json$/.test(path)
  )
}

/** Whether a path is that of settings that may hold a token: `.npmrc`. */
export const isTokenFile = (path: string): boolean => posix.basename(path) === '.npmrc'

/** Whether a path is that of a config script for secrets, such as `prod.secret.exs`. */
export const isSecretScript = (path: string): boolean =>
  /(^|[./_-])secrets?\.exs$/.test(path) && !/(^|\/)(dev|test)[./_-]/.test(path)
