import type { Value } from '../../languages/elixir/values/value.ts'
import { type Known, known, type Maybe, unknown } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import { type Boot, isFollowed } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { type Endpoint, hasInit } from '../boot/endpoint.ts'
import { endpointConfig } from '../boot/endpoint-config.ts'
import { hasOtherListener } from '../boot/other-listeners.ts'
import type { Code } from '../phoenix/code.ts'
import { type Abort, abortsOf, only, serveEndpointsOf } from './aborts.ts'
import { type ContractVariable, contractOf } from './contract.ts'
import { type Listener, listenersOf } from './listener.ts'
import { logLevelOf, logsQueries } from './logging.ts'
import { answerOf, madeOf, type Outcomes, onEveryBranch, resultOf } from './made.ts'
import { oneShotOf, stopsOnce } from './one-shot.ts'
import { foreignCallsOf } from './out-of-view.ts'
import { reposOf } from './repos.ts'
import { servesOf } from './server.ts'
import { hasStaticManifest } from './static-manifest.ts'
import { isOpenStart } from './unfollowed.ts'
import { urlOf } from './url.ts'

/** Why something is not known, and where. */
export interface Doubt {
  readonly text: string
  readonly at: Span | undefined
}

/** What a deployment will do when it starts. */
export interface BootOutcome {
  readonly deployment: Deployment
  readonly boot: Boot
  /** `boots`: up to the listener, with the database out of view. */
  readonly verdict: 'boots' | 'crashes' | 'unknown'
  /** What it does, where it serves nothing on purpose and ends: `migrates and ends`. */
  readonly ends: string | undefined
  /** What certainly stops it, the first thing. */
  readonly crash: Abort | undefined
  /** What may stop it. */
  readonly risks: readonly Abort[]
  /** Why it is not known, in words. */
  readonly doubts: readonly Doubt[]
  /** The endpoint that the answers are about. */
  readonly endpoint: Endpoint | undefined
  readonly listens: Maybe
  /** Whether its config makes it listen, whatever stops it before. */
  readonly serves: Maybe
  /** Where it would listen if it served. */
  readonly listeners: Known<readonly Listener[]>
  readonly url: Known<string>
  readonly staticManifest: Maybe
  readonly logLevel: Known<string>
  /** Whether the log has the parameters of queries: data of users. */
  readonly logsQueries: Maybe
  /** The config as the applications see it; undefined where the scripts do not come to their end. */
  readonly config: Value | undefined
  readonly variables: readonly ContractVariable[]
}

/** What a deployment will do when it starts; undefined where no config is in view. */
export function bootOutcome(deployment: Deployment): BootOutcome | undefined {
  const { boot, code } = deployment
  if (boot === undefined) return undefined
  const once = oneShotOf(deployment)
  const all = abortsOf(deployment, code)
  const aborts = once ? stopsOnce(all, once, boot) : all
  const crash = aborts.find(({ certain }) => certain)
  const endpoint = endpointOf(boot)
  const doubts = once?.isRemote ? [] : doubtsOf(deployment, boot, once !== undefined)
  const risks = aborts.filter((abort) => !abort.certain && abort !== crash)
  const verdict = crash ? 'crashes' : risks.length > 0 || doubts.length > 0 ? 'unknown' : 'boots'
  const settled = isFollowed(boot)
  const answers = endpoint && settled ? endpointAnswers(deployment, boot, endpoint) : nothing
  const serves = endpoint === undefined && settled ? 'no' : answers.serves
  return {
    deployment,
    boot,
    verdict,
    ends: once?.text,
    crash,
    risks,
    doubts,
    endpoint,
    ...answers,
    listens: crash || once ? 'no' : serves === 'no' ? (otherwise(deployment, boot) ?? 'no') : serves,
    serves,
    ...(settled ? loggingAnswers(deployment, boot, code) : silent),
    config: boot.settled ? boot.config : undefined,
    variables: once?.isRemote ? [] : contractOf(deployment),
  }
}

/**
 * Whether one of them surely crashes, or has an endpoint that surely does not listen. An image alone does not count where
 * a service runs it.
 */
export function surelyFail(outcomes: readonly BootOutcome[]): boolean {
  return unservedToo(outcomes, ({ deployment: { service, dockerfile } }) => ({
    isService: service !== undefined,
    dockerfile: dockerfile?.source.path,
  })).some(
    ({ verdict, endpoint, listens, ends }) =>
      verdict === 'crashes' || (endpoint !== undefined && listens === 'no' && ends === undefined),
  )
}

const open = unknown('the config is not known to its end')
const nothing = { serves: open, listeners: open, url: open, staticManifest: open }
const silent = { logLevel: open, logsQueries: open }

/** Those of services, and those of images that no service runs: what a project, or each of several, starts. */
export function unservedToo<Item>(
  all: readonly Item[],
  about: (item: Item) => { readonly isService: boolean; readonly dockerfile: string | undefined },
): readonly Item[] {
  const served = new Set(all.map(about).flatMap(({ isService, dockerfile }) => (isService ? [dockerfile] : [])))
  return all.filter((one) => about(one).isService || !served.has(about(one).dockerfile))
}

/** What may listen although no endpoint does, or turn the server on. */
function otherwise(deployment: Deployment, boot: Boot): Maybe | undefined {
  if (isOpenStart(deployment)) return unknown('the start cannot be followed')
  return hasOtherListener(boot, deployment.code) ? unknown('a server of its own may listen') : undefined
}

/** The endpoint that listens, else the first one. */
const endpointOf = ({ endpoints }: Boot): Endpoint | undefined =>
  endpoints.find((one) => one.listens === 'yes') ?? endpoints.find((one) => one.listens !== 'no') ?? endpoints[0]

function doubtsOf({ runs, start }: Deployment, boot: Boot, ends: boolean): readonly Doubt[] {
  const unknown = [boot.build, boot.runtime].flatMap((run) =>
    run?.outcome.kind === 'unknown' ? [`a config script cannot be followed: ${run.outcome.why}`] : [],
  )
  const whole = [
    ...unknown,
    ...(boot.doubt === undefined ? [] : [boot.doubt]),
    ...(typeof runs === 'string' || start.length === 0 || ends ? [] : [runs.why]),
  ]
  return [
    ...whole.map((text): Doubt => ({ text, at: undefined })),
    ...foreignCallsOf(boot).map(({ text, span }): Doubt => ({ text, at: span })),
  ]
}

function endpointAnswers(deployment: Deployment, boot: Boot, endpoint: Endpoint) {
  const serveAll = serveEndpointsOf(deployment) ?? boot.at('phoenix', 'serve_endpoints')
  const on = answerOf(onEveryBranch(endpointConfig(endpoint, ['server']), (config) => servesOf(config, serveAll)))
  const listeners = sameListeners(
    onEveryBranch(endpointConfig(endpoint, ['http', 'https', 'adapter']), (config) =>
      listenersOf(config, boot.environment),
    ),
  )
  const url = resultOf(
    onEveryBranch(endpointConfig(endpoint, ['url', 'static_url', 'http', 'https']), (config) =>
      urlOf(config, boot.environment),
    ),
  )
  const staticManifest = answerOf(
    onEveryBranch(endpointConfig(endpoint, ['cache_static_manifest']), (config) =>
      hasStaticManifest(config, endpoint, deployment),
    ),
  )
  const bound = listeners.kind === 'known' && (listeners.value.length > 0 ? 'yes' : unbound(endpoint))
  const written =
    on === 'yes' ? bound || unknown(listeners.kind === 'unknown' ? listeners.why : several) : bound === 'no' ? 'no' : on
  const serves = written === 'no' && hasInit(endpoint) ? unknown('its own `init/2` cannot be followed') : written
  return { serves, listeners, url, staticManifest }
}

/** Without `http:` and `https:` an endpoint listens nowhere; what another library defines may have an address of its own. */
const unbound = ({ module }: Endpoint): Maybe => (module ? 'no' : unknown('the endpoint is not here'))

/** Where it listens in any case; an address or port that is not the same on all ways is not known. */
function sameListeners(outcomes: Outcomes<readonly Listener[]>): Known<readonly Listener[]> {
  const all = outcomes.flatMap((outcome) => (outcome.kind === 'made' ? [outcome.value] : []))
  const [first] = all
  if (first === undefined || all.length < outcomes.length) return resultOf(outcomes)
  if (all.some((one) => one.length !== first.length)) return unknown(several)
  const same = <T>(index: number, part: (listener: Listener) => Known<T>): Known<T> => {
    const parts = all.flatMap((one) => (one[index] ? [part(one[index])] : []))
    const [one = unknown(several)] = parts
    const differ = parts.some((other) => other.kind !== 'known' || one.kind !== 'known' || other.value !== one.value)
    return differ && one.kind === 'known' ? unknown(several) : one
  }
  return known(
    first.map(({ scheme }, index) => ({
      scheme,
      ip: same(index, ({ ip }) => ip),
      port: same(index, ({ port }) => port),
    })),
  )
}

const several = 'it is not the same in all cases'

function loggingAnswers({ app }: Deployment, boot: Boot, code: Code) {
  const { elixir } = boot.versions
  const logger = only(boot.at('logger'), ['level', 'console', 'default_handler', 'backends'])
  const repos = app ? reposOf(boot.config, code, app) : []
  const logged = repos.map(({ otpApp, name }) => {
    const repo = boot.at(otpApp, `Elixir.${name}`)
    return answerOf(
      onEveryBranch(only(repo, ['log']), (log) =>
        madeOf(answerOf(onEveryBranch(logger, (closed) => logsQueries(log, closed, elixir)))),
      ),
    )
  })
  return {
    logLevel: resultOf(onEveryBranch(only(logger, ['level']), logLevelOf)),
    logsQueries: anyOf(logged),
  }
}

const anyOf = (answers: readonly Maybe[]): Maybe =>
  answers.includes('yes') ? 'yes' : (answers.find((one) => typeof one !== 'string') ?? 'no')
