import { publisherOf } from './published.ts'

const weak =
  /^(x+|\*+|\.+|-+|0+|postgres(ql)?|mysql|mariadb|redis|root|admin|user|guest|pass(word|wd)?|secret|token|test(ing)?|dev(elopment)?|example|nil|null|none|unset|undefined|empty|true|false|yes|no|on|off|(en|dis)abled|required|optional|auto|always|never|build|prod(uction)?|default|local|localhost|app|phoenix|elixir|foo|bar|baz|abc|abcd?e?f?|123(4(5(6(7(89?0?)?)?)?)?)?)$/i
const dummyWords =
  /dummy|fake|placeholder|change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|it|with)|(^|[^a-z])(todo|tbd|fixme|unused|irrelevant|ignored?|temp(orary)?|insecure|unsafe|sample|example|redacted|nothing)([^a-z]|$)|no[-_ ]?(key|secret|password|token)([^a-z]|$)|(^|[^a-z])test(ing|s)?([^a-z]|$)|not[-_ ]?(a[-_ ]?|so[-_ ]?|the[-_ ]?)?(real|secret|used|exist|needed|set|configured|provided|available|enabled|for[-_ ]prod)|^(none|null|nil|unset|undefined|disabled|missing|unknown|empty)$|(only|just)[-_ ]?(for|at|used|needed|during)|(for|at|during)[-_ ]?(the[-_ ]?)?(build|compil|test|dev)|secret[-_ ]?key[-_ ]?base|^some[-_ ]?secret|build[-_ ]?(time|only|secret|key|phase)|compile[-_ ]?time|your[-_ ]|[-_ ]here$|generate[-_ ]?(one|me|with|it)|do[-_ ]?not[-_ ]?use|^<.*>$|^\[.*\]$|^my[-_ ]?([a-z]{1,12}[-_ ]){0,3}(secret|password|token|key)/i

/** A sentence to whoever reads it, such as "ask me for it"; words without any that only hold a sentence together may be a passphrase. */
const remark =
  /^(?=(\S+\s+){2})(?=.*(^|\s)(i|you|your|this|that|the|is|are|not|\w+n['’]t|please|set|put|ask|must|should|goes|to|from)(\s|$))[a-z'’,.!?;:()\s-]+$/i

/** Whether a value only stands where a secret belongs: a dummy for the build, a placeholder, a password known to all. */
export const isDummy = (value: string): boolean =>
  weak.test(value) ||
  (value.length > 5 && new Set(value).size <= 3) ||
  dummyWords.test(value) ||
  remark.test(value) ||
  /^(.)\1*$|(.)\2{5,}/.test(value) ||
  /^(.{2,16})\1{2,}.{0,15}$/.test(value) ||
  publisherOf(value) !== undefined

/** What says where a secret comes from: `{{ x }}`, `<%= x %>`, `vault:…`, `/run/secrets/x`, `%X%`. */
const elsewhere =
  /\{\{|<%|^%\w+%$|^ENC\[|^encrypted:|^(vault|op|ssm|sm|arn|aws|gcp|doppler|secret|file|env):|^@\w|^(\/|\.{1,2}\/|~\/)[\w./-]+$|^\w[\w-]*(\/[\w.-]+)*\/[\w-]*\.[a-z]{2,6}$/

/** `$NAME` and `${NAME}` alone, by the name of a variable, or `$(command)`: a placeholder also where nobody puts anything in its place. */
const variableAlone =
  /^(\$([A-Z][A-Z\d]*(_[A-Z\d]+)*|[a-z]+(_[a-z\d]+)*)|\$\{[\w.]+(:?[-?+=][^}]*)?\}|\$\(.*\)|`.*`|#\{.*\})$/s

/** Whether a text, read as it stands, says where the secret comes from instead of being it. */
export const isElsewhere = (text: string): boolean => elsewhere.test(text) || variableAlone.test(text)

/** Keys that their services hand out to browsers, by the way they begin, public keys, certificates, and digests. */
const open =
  /^(pk\.|pk_(live|test)_|sb_publishable_|phc_|ssh-(rsa|dss|ed25519) |ecdsa-sha2-|sk-ssh-|-----BEGIN (PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE|SSH2 PUBLIC)|age1[a-z\d]{58}$|MII[BC]IjANBgkqhkiG|sha(1|224|256|384|512)[:=-]|md5[:=-]|\${1,2}(2[abxy]?|1|5|6|y|apr1|argon2(id?|d)|pbkdf2[\w-]*|scrypt)\$|\{S?SHA\d*\}|data:[a-z]+\/)/

/** Whether everybody may know a value, such as a public key, or cannot tell the secret from it, such as a digest. */
export const isOpen = (text: string): boolean => open.test(text)
