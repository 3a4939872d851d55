import { publishedKeys } from '../model/secrets/published.ts'
import { tokensIn } from '../model/secrets/tokens.ts'
import { isWorthHiding } from './names.ts'
import type { Range } from './range.ts'
import { trailing } from './strange.ts'

const keys = /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g

/** Tokens that tell by their beginning whose they are. */
const tokens =
  /(?<![\w-])(?:sk_live_|sk_test_|rk_live_|rk_test_|whsec_|gh[pousr]_|github_pat_|glpat-|glptt-|gldt-|glrt-|xox[abeprs]-|xapp-|SG\.|ya29\.|dop_v1_|doo_v1_|shp(?:at|ca|pa|ss)_|npm_|hf_|sk-(?:ant-|proj-)?|dckr_(?:pat|oat)_|fm[12]_|fo1_|AKIA|ASIA|AIza|eyJ|pypi-|rubygems_|sntr[yu]s_|lin_api_|figd_|pat[A-Za-z\d]{14}\.|dp\.(?:pt|st|ct)\.|hvs\.|hvb\.|s\.(?=\w{24})|sbp_|nfp_|vercel_|tfp_|pul-|PMAK-|EAAC|key-(?=[\da-f]{32})|re_(?=\w{20})|AGE-SECRET-KEY-1|ops_|secret_(?=\w{32})|lb_tk_|atlasv1)[^\s"'`<>]{6,}/g

/** Flags of programs whose word is a secret, and the user with his password. */
const flags = /(?<![\w-])(?:-u|--user|--proxy-user|-U)(?:[ \t=]+|["'],[ \t]*)["']?([^\s:"'=,]{1,80}):/g
const shortFlag =
  /\b(?:mysql\w*|mariadb\w*|psql|pg_\w+|redis-cli|sshpass|htpasswd|docker["', \t]+login|podman["', \t]+login|mongo\w*|ldap\w+|rabbitmqadmin|cypher-shell|openssl)\b[^\n|;&]{0,200}?[\s"'](?:-p|-a|-w|-k|-K|--pass|-passin|-passout)(?:["'],[ \t]*["']?|[ \t=]*["']?)(?=[^\s"'-])/g

const headers =
  /\b(?:authorization|proxy-authorization|cookie|set-cookie|x-[\w-]*(?:key|token|auth|secret|signature|password)[\w-]*|api-?key|private-token|job-token|deploy-token|x-vault-token)["']?[ \t]*[:=][ \t]*["']?(?:(?:bearer|basic|token|digest|apikey|key|aws4-hmac-sha256)[ \t]+)?/gi
/** Not `basic authentication`. */
const schemes =
  /(?<![\w-])(?:bearer|basic)[ \t]+(?=\S{8})(?!auth(?:entication|ori[sz]ation)?\b|(?:user|access|token|config|set)\w*(?![\w=+/.-]))/gi

/** Secrets that can be told by what they look like or by what stands around them, whatever they are called. */
export const shapedValues = (text: string): readonly Range[] => [
  ...[...text.matchAll(keys)].map(({ 0: whole, index }) => ({ start: index, end: index + whole.length })),
  ...tokensIn(text),
  ...publishedIn(text),
  ...[...text.matchAll(tokens)].map(({ 0: whole, index }) => ({
    start: index,
    end: index + trailing(whole, whole.length),
  })),
  ...[flags, shortFlag, headers, schemes].flatMap((expression) =>
    [...text.matchAll(expression)].flatMap(({ 0: whole, index }) => restOfWord(text, index + whole.length)),
  ),
  ...userParts(text),
]

/** Keys that are published for tests: they are no secrets, and yet nobody wants to read whole keys. */
const publishedIn = (text: string): readonly Range[] =>
  [...publishedKeys.keys()].flatMap((key) => {
    const start = text.indexOf(key)
    return start === -1 ? [] : [{ start, end: start + key.length }]
  })

function restOfWord(text: string, start: number): readonly Range[] {
  const [word = ''] = /^\S*/.exec(text.slice(start, start + 8000)) ?? []
  const end = start + trailing(word, word.length)
  return isWorthHiding(text.slice(start, end)) && !/^["']?\$\$?\(/.test(word) ? [{ start, end }] : []
}

const parameters =
  /[?&;](?:password|passwd|pwd|pass|token|secret|api_?key|access_?key|auth|key|sig|signature|access_token|client_secret|code|private_token|x-amz-\w+)=([^&;\s"']{1,10000})/gi

/**
 * User parts of addresses (RFC 3986, 3.2.1), with a scheme or without: what stands between the first colon and the last
 * `@` of a word, whatever it is made of; a long user without a password; secret parameters.
 */
function userParts(text: string): readonly Range[] {
  const found: Range[] = []
  for (const { 0: word, index } of text.matchAll(/\S{1,100000}/g)) {
    const at = word.includes('@') ? lastAt(word) : -1
    if (at <= 0) continue
    const start = passwordIn(word.slice(0, at))
    const secret = word.slice(start, at)
    if (isWorthHiding(secret) && !/^\d+(\.\d+)*(-[\w.]+)?$/.test(secret))
      found.push({ start: index + start, end: index + at })
  }
  for (const { 0: whole, 1: value = '', index } of text.matchAll(parameters)) {
    const end = index + whole.length
    if (isWorthHiding(value)) found.push({ start: end - value.length, end })
  }
  return found
}

const longestUser = 20

/** Where the password begins in what stands before the `@` of an address; a long user without one is its own secret. */
function passwordIn(word: string): number {
  const slashes = word.indexOf('//')
  const from = slashes === -1 ? 0 : slashes + 2
  const colon = word.indexOf(':', from)
  if (colon !== -1) return colon + 1
  return slashes !== -1 && word.length - from >= longestUser ? from : word.length
}

/** The last `@` of a word that a host follows; that of an image's digest is none. */
function lastAt(word: string): number {
  for (let at = word.lastIndexOf('@'); at > 0; at = word.lastIndexOf('@', at - 1)) {
    if (/^[\w$[{.-]/.test(word.slice(at + 1)) && !/^sha\d+:/.test(word.slice(at + 1))) return at
  }
  return -1
}
