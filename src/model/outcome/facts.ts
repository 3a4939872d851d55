import type { Label } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { Boot } from '../boot/boot.ts'
import type { Endpoint } from '../boot/endpoint.ts'
import { placeOf, placesOf } from '../boot/trail.ts'
import { listensElsewhere } from '../phoenix/servers.ts'
import type { BootOutcome } from './outcome.ts'

/** One line of a page: what is asked, the answer, and the place that decides it. */
export interface BootFact {
  readonly label: string
  readonly mark: 'good' | 'bad' | 'doubt'
  /** Markdown: code stands in backticks. */
  readonly text: string
  readonly at: Span | undefined
}

const unknown = 'is not known'

/** The facts of a page, in the order in which a start goes. */
export function factsOf(outcome: BootOutcome): readonly BootFact[] {
  const { endpoint, boot, ends } = outcome
  return [
    verdictOf(outcome),
    ...givenBy(outcome),
    ...risksOf(outcome).map(({ message, span }): BootFact => {
      return { label: 'may stop', mark: 'doubt', text: oneLine(message), at: span }
    }),
    ...outcome.doubts.map((doubt): BootFact => ({ label: 'unknown', mark: 'doubt', ...doubt })),
    ...(endpoint && boot.settled && ends === undefined
      ? [listening(outcome), publicUrl(outcome), statics(outcome)]
      : []),
    ...(boot.settled ? [logging(outcome)] : []),
    ...(ends === undefined ? healthOf(outcome) : []),
  ]
}

const mostRisks = 3

/** What may stop it, without what the list of variables says: that one may be missing. */
function risksOf({ risks, variables }: BootOutcome): BootOutcome['risks'] {
  const open = variables.filter(({ required, value }) => required && value.kind === 'unknown').map(({ name }) => name)
  return risks.filter(({ missing }) => missing === undefined || !open.includes(missing)).slice(0, mostRisks)
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ')

function verdictOf({ verdict, crash, boot, ends = 'boots' }: BootOutcome): BootFact {
  const fact = (mark: BootFact['mark'], text: string, at?: Span): BootFact => ({ label: 'boot', mark, text, at })
  if (crash) {
    const when = { build: 'the build stops: ', boot: 'crashes: ', image: '' }[crash.during]
    return fact('bad', `${when}${oneLine(crash.message)}`, crash.span)
  }
  if (verdict === 'boots') return fact('good', ends)
  return fact('doubt', boot.settled ? `${ends}, unless something elsewhere stops it` : unknown)
}

/** The variable with whose value the scripts stop, and who gives it. */
function givenBy({ crash, boot }: BootOutcome): readonly BootFact[] {
  const isOfScript = crash?.span && boot.runtime?.outcome.kind === 'crash'
  const given = boot.reads.filter(({ during, value }) => during === 'boot' && value.kind === 'known')
  const goesOn = (name: string) => boot.given(name, undefined)?.runtime?.outcome.kind !== 'crash'
  const culprit = isOfScript ? given.slice(-mostTrials).findLast(({ name }) => goesOn(name)) : undefined
  const at = culprit && placeOf(culprit.value.trail)?.span
  return culprit ? [{ label: 'given', mark: 'bad', text: `by the value of \`${culprit.name}\``, at }] : []
}

function listening(outcome: BootOutcome): BootFact {
  const { serves, listeners, endpoint, boot } = outcome
  const fact = (mark: BootFact['mark'], text: string, at?: Span): BootFact => ({ label: 'listens', mark, text, at })
  const all = listeners.kind === 'known' ? listeners.value : []
  const places = all.map(({ scheme, ip: bound, port }) => {
    const ip = shownOf(bound)
    const address = ip.includes(':') && !ip.startsWith('unix:') ? `[${ip}]` : ip
    return ip.startsWith('unix:') ? ip : `${scheme}://${address}:${shownOf(port)}`
  })
  const where = places.length === 0 ? unknown : `on ${places.join(' and ')}`
  const at = first(placesOf(endpoint?.at('http', 'port'))) ?? first(placesOf(endpoint?.at('http')))
  if (serves === 'yes') {
    const isLocal = all.every(({ ip }) => ['127.0.0.1', '::1'].includes(shownOf(ip)))
    return isLocal ? fact('bad', `${where}, where only the container itself can reach it`, at) : fact('good', where, at)
  }
  const asked = endpoint && switchOf(boot, endpoint)
  if (serves === 'no') {
    if (listeners.kind === 'known' && all.length === 0)
      return fact('bad', 'on nothing: neither `http` nor `https` is configured')
    const elsewhere = asked && setElsewhere(outcome, asked.name)
    if (elsewhere)
      return fact('bad', `on nothing: \`${asked.name}\` is set only in a stage that does not run`, elsewhere)
    if (asked) return fact('bad', `on nothing: \`${asked.name}\` is not set`, asked.span)
    return fact('bad', 'on nothing: `server` of the endpoint is not on', first(placesOf(endpoint?.at('server'))))
  }
  const hangs = asked ? `if \`${asked.name}\` is set: ` : ''
  return fact('doubt', `${hangs}${where}`, asked?.span ?? at)
}

/** A value as it is shown; dots where it is not known. */
const shownOf = (value: Known<string | number>): string => (value.kind === 'known' ? `${value.value}` : '…')

/** Where another stage of the Dockerfile sets a variable. */
function setElsewhere({ deployment }: BootOutcome, name: string): Span | undefined {
  const { dockerfile, ships } = deployment
  for (const instruction of dockerfile?.instructions ?? []) {
    if (instruction.keyword !== 'ENV' || instruction.stage === ships?.stage.index) continue
    const pair = instruction.pairs.find((one) => one.name === name)
    if (pair) return pair.span
  }
  return undefined
}

function publicUrl({ url, endpoint }: BootOutcome): BootFact {
  const at = first(placesOf(endpoint?.at('url', 'host')))
  if (url.kind !== 'known') return { label: 'URL', mark: 'doubt', text: unknown, at }
  const isPlaceholder = /\/\/(\[|localhost\b|127\.|0\.0\.0\.0|(www\.)?example\.(com|org|net)\b|$)/.test(url.value)
  return { label: 'URL', mark: isPlaceholder ? 'bad' : 'good', text: url.value, at }
}

function statics({ staticManifest, endpoint }: BootOutcome): BootFact {
  const named = endpoint?.at('cache_static_manifest')
  const at = first(placesOf(named))
  const fact = (mark: BootFact['mark'], text: string): BootFact => ({ label: 'assets', mark, text, at })
  if (staticManifest === 'yes') return fact('good', 'digested')
  if (staticManifest !== 'no') return fact('doubt', unknown)
  if (named === undefined) return fact('good', 'not digested: the endpoint names no manifest')
  return fact('bad', 'not digested: the release has no manifest that can be read')
}

function logging({ logLevel, logsQueries, boot }: BootOutcome): BootFact {
  const at = first(placesOf(boot.at('logger', 'level')))
  const fact = (mark: BootFact['mark'], text: string): BootFact => ({ label: 'log level', mark, text, at })
  const leaks = logsQueries === 'yes' ? ', and queries are logged with the data of users' : ''
  if (logLevel.kind !== 'known') return fact('doubt', unknown)
  const set = boot.at('logger', 'level') === undefined ? ' (nothing sets it)' : ''
  return fact(logsQueries === 'yes' ? 'bad' : 'good', `\`:${logLevel.value}\`${set}${leaks}`)
}

function healthOf({ deployment, listeners, serves }: BootOutcome): readonly BootFact[] {
  const { health, start, code } = deployment
  const ports = listeners.kind === 'known' && serves === 'yes' ? listeners.value.map((one) => shownOf(one.port)) : []
  const isAlone =
    ports.length > 0 &&
    !ports.includes('…') &&
    start.every(({ command }) => command.kind === 'release') &&
    !listensElsewhere(code)
  return health.map((probe): BootFact => {
    const requests = probe.requests.map(({ host, port, path }) => `GET http://${host}:${shownOf(port)}${path}`)
    const fact = (mark: BootFact['mark'], text: string): BootFact => ({ label: 'health', mark, text, at: probe.span })
    if (requests.length === 0) return fact('doubt', 'asks no page')
    const isClosed = ({ host, port }: (typeof probe.requests)[number]) =>
      isAlone && host === 'localhost' && port.kind === 'known' && !ports.includes(port.value)
    return probe.requests.some(isClosed)
      ? fact('bad', `${requests.join(', ')}, and the app listens on ${ports.join(' and ')}`)
      : fact('good', requests.join(', '))
  })
}

const first = (labels: readonly Label[]): Span | undefined => placeOf(labels)?.span

const switches = /SERVER|SERVE|ENDPOINT|WEB|HTTP|START|LISTEN/i
const mostTrials = 6

/** The read of the variable that would make an endpoint listen if it were `true`; undefined where there is none. */
function switchOf(boot: Boot, endpoint: Endpoint): Boot['reads'][number] | undefined {
  const candidates = boot.reads.filter(
    (read) => read.during === 'boot' && switches.test(read.name) && read.value.kind !== 'known',
  )
  const turnsOn = (name: string) =>
    boot.given(name, 'true')?.endpoints.some((one) => one.name === endpoint.name && one.listens === 'yes') ?? false
  return candidates.slice(0, mostTrials).find((read) => turnsOn(read.name))
}
