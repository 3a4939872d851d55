import { isDummy, isSecretName } from '../model/secrets/secret-look.ts'
import { dot } from '../text/mask.ts'

const more =
  /(^|[_.-])(pw|auth|authorization|credentials?|pepper|passcode|passkey|webhook_?secret|_?auth_?token|x_?api_?key|private|encryption|salt|sig|signature|session_?key|bearer|otp|totp|pin|cookie)([_.-]?\d+)?$/i
const harmless =
  /PUBLI(C|SHABLE)|(^|[_.-])(FILE|PATH|DIR|HOST|PORT|NAME|USER|USERNAME|DOMAIN|TTL|EXPIRY|AGE|SIZE|LENGTH|ENABLED|REQUIRED|ID|URL|TYPE)$|^(old)?pwd$|^(secrets|signing_salt|salt|auth|private|signature|cookie|pin|sig|encryption)$/i

/** Whether a value under this name is masked: the names that the rules know, and those that they are not sure of. */
export const isHushed = (name: string): boolean =>
  !harmless.test(name) && (isSecretName(name) || more.test(name.replace(/([a-z\d])([A-Z])/g, '$1_$2')))

const onlyReferences =
  /^(\$\$?\w+|\$\$?\{[\w.]+(:?\?[^}]*)?\}|\$\(.*\)|`.*`|\{\{.*\}\}|\$\{\{.*\}\}|<%.*%>|%\w+%|#\{.*\}|[^\w\s$]){1,12}$/s
const place = /^(\/|\.{1,2}\/|~\/)[\w./-]+$|^(vault|op|ssm|sm|arn|aws|gcp|doppler|secret|file|env):/

/** Whether a value is the name of a variable, such as `SECRET_KEY_BASE`. */
export const isVariable = (value: string): boolean => /^[A-Z][A-Z\d]{0,14}(_[A-Z\d]{1,14})+$/.test(value)

/** Whether a value only says where the secret comes from, such as `${X}` or `/run/secrets/x`. */
const isElsewhere = (value: string): boolean => {
  const [, name] = /^\$\$?\{?(\w+)\}?$/.exec(value) ?? []
  if (name !== undefined) return /^[A-Z][A-Z\d]*(_[A-Z\d]+)*$|^[a-z]+(_[a-z]+)*$/.test(name) && name.length < 60
  return onlyReferences.test(value) || place.test(value)
}

const isMasked = new RegExp(`^.{0,3}${dot}`)

const longestDummy = 300

/** Whether a value under the name of a secret is worth to be hidden: it is neither a reference nor a dummy. */
export const isWorthHiding = (value: string): boolean =>
  value.length > longestDummy ||
  (value.trim().length > 3 &&
    !isMasked.test(value) &&
    !/^\d{1,5}$|^v?\d{1,5}(\.\d{1,5}){1,3}$/.test(value) &&
    !isVariable(value) &&
    !isElsewhere(value) &&
    !isDummy(value))
