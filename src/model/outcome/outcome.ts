import type { Value } from '../../languages/elixir/values/value.ts'
import type { Boot } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Endpoint } from '../boot/endpoint.ts'
import { endpointConfig } from '../boot/endpoint-config.ts'
import type { Code } from '../phoenix/code.ts'
import { type Abort, abortsOf, only, serveEndpointsOf } from './aborts.ts'
import { type ContractVariable, contractOf } from './contract.ts'
import { type Listener, listenersOf } from './listener.ts'
import { logLevelOf, logsParameter, logsQueries } from './logging.ts'
import { made, type Outcomes, onEveryBranch, resultOf, unknownMade } from './made.ts'
import { reposOf } from './repos.ts'
import { servesOf } from './server.ts'
import { hasStaticManifest } from './static-manifest.ts'
import { urlOf } from './url.ts'

/** What a deployment will do when it starts. What is undefined is not known. */
export interface BootOutcome {
  readonly deployment: Deployment
  readonly boot: Boot
  /** `boots`: up to the listener, with the database out of view. */
  readonly verdict: 'boots' | 'crashes' | 'unknown'
  /** What certainly stops it, the first thing. */
  readonly crash: Abort | undefined
  /** What may stop it. */
  readonly risks: readonly Abort[]
  /** Why it is not known, in words. */
  readonly doubts: readonly string[]
  /** The endpoint that the answers are about. */
  readonly endpoint: Endpoint | undefined
  readonly listens: boolean | undefined
  /** Whether its config makes it listen, whatever stops it before. */
  readonly serves: boolean | undefined
  /** Where it would listen if it served. */
  readonly listeners: readonly Listener[] | undefined
  readonly url: string | undefined
  readonly staticManifest: boolean | undefined
  readonly logLevel: string | undefined
  /** Whether the log has the parameters of queries: data of users. */
  readonly logsQueries: boolean | undefined
  /** Whether the log has a request parameter of the name. */
  readonly logsParameter: (name: string) => boolean | undefined
  /** The config as the applications see it; undefined where the scripts do not come to their end. */
  readonly config: Value | undefined
  readonly variables: readonly ContractVariable[]
}

/** What a deployment will do when it starts; undefined where no config is in view. */
export function bootOutcome(deployment: Deployment): BootOutcome | undefined {
  const { boot, code } = deployment
  if (boot === undefined) return undefined
  const aborts = abortsOf(deployment, code)
  const crash = aborts.find(({ certain }) => certain)
  const endpoint = endpointOf(boot)
  const doubts = doubtsOf(deployment, boot)
  const risks = aborts.filter((abort) => !abort.certain && abort !== crash)
  const verdict = crash ? 'crashes' : risks.length > 0 || doubts.length > 0 ? 'unknown' : 'boots'
  const settled = boot.settled && boot.doubt === undefined
  const answers = endpoint && settled ? endpointAnswers(deployment, boot, endpoint) : nothing
  const serves = endpoint === undefined && settled ? false : answers.serves
  return {
    deployment,
    boot,
    verdict,
    crash,
    risks,
    doubts,
    endpoint,
    ...answers,
    listens: crash ? false : serves,
    serves,
    ...(settled ? loggingAnswers(deployment, boot, code) : silent),
    config: boot.settled ? boot.config : undefined,
    variables: contractOf(deployment),
  }
}

const nothing = { serves: undefined, listeners: undefined, url: undefined, staticManifest: undefined }
const silent = { logLevel: undefined, logsQueries: undefined, logsParameter: () => undefined }

/** The endpoint that listens, else the first one. */
const endpointOf = ({ endpoints }: Boot): Endpoint | undefined =>
  endpoints.find((one) => one.listens === true) ?? endpoints.find((one) => one.listens === undefined) ?? endpoints[0]

function doubtsOf({ runs, server, start }: Deployment, boot: Boot): readonly string[] {
  const unknown = [boot.build, boot.runtime].flatMap((run) =>
    run?.outcome.kind === 'unknown' ? [`a config script cannot be followed: ${run.outcome.why}`] : [],
  )
  const started = runs === 'unknown' && start.length > 0 && server === undefined
  return [
    ...unknown,
    ...(boot.doubt === undefined ? [] : [boot.doubt]),
    ...(started ? ['what the container executes cannot be followed to the start of the app'] : []),
  ]
}

function endpointAnswers(deployment: Deployment, boot: Boot, endpoint: Endpoint) {
  const serveAll = serveEndpointsOf(deployment) ?? boot.at('phoenix', 'serve_endpoints')
  const on = resultOf(onEveryBranch(endpointConfig(endpoint, ['server']), (config) => servesOf(config, serveAll)))
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
  const staticManifest = resultOf(
    onEveryBranch(endpointConfig(endpoint, ['cache_static_manifest']), (config) =>
      hasStaticManifest(config, endpoint, deployment),
    ),
  )
  const bound = listeners && listeners.length > 0
  return { serves: on === false || bound === false ? false : on && bound, listeners, url, staticManifest }
}

/** Where it listens in any case; an address or port that is not the same on all ways is not known. */
function sameListeners(outcomes: Outcomes<readonly Listener[]>): readonly Listener[] | undefined {
  const all = outcomes.flatMap((outcome) => (outcome.kind === 'made' ? [outcome.value] : []))
  const [first] = all
  if (first === undefined || all.length < outcomes.length) return undefined
  if (all.some((one) => one.length !== first.length)) return undefined
  const same = <T>(index: number, part: (listener: Listener) => T): T | undefined => {
    const parts = new Set(all.flatMap((one) => (one[index] ? [part(one[index])] : [])))
    return parts.size === 1 ? [...parts][0] : undefined
  }
  return first.map(({ scheme }, index) => ({
    scheme,
    ip: same(index, ({ ip }) => ip),
    port: same(index, ({ port }) => port),
  }))
}

function loggingAnswers({ app }: Deployment, boot: Boot, code: Code) {
  const { elixir } = boot.versions
  const logger = only(boot.at('logger'), ['level', 'console', 'default_handler', 'backends'])
  const repos = app ? reposOf(boot.config, code, app) : []
  const logged = repos.map(({ otpApp, name }) => {
    const repo = boot.at(otpApp, `Elixir.${name}`)
    return resultOf(
      onEveryBranch(only(repo, ['log']), (log) =>
        unwrap(resultOf(onEveryBranch(logger, (closed) => logsQueries(log, closed, elixir)))),
      ),
    )
  })
  return {
    logLevel: resultOf(onEveryBranch(only(logger, ['level']), logLevelOf)),
    logsQueries: logged.includes(true) ? true : logged.includes(undefined) ? undefined : false,
    logsParameter: (name: string) =>
      resultOf(onEveryBranch(logger, (closed) => logsParameter(name, boot.at('phoenix'), closed, elixir))),
  }
}

const unwrap = (value: boolean | undefined) => (value === undefined ? unknownMade('it is not known') : made(value))
