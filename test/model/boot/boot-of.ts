import { readElixir } from '../../../src/analyze.ts'
import { treeOf } from '../../../src/files/tree.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { unbuiltDeployment } from '../../../src/model/boot/unbuilt.ts'
import { type BootOutcome, bootOutcome } from '../../../src/model/outcome/outcome.ts'
import { readProject } from '../../../src/model/project/read.ts'
import type { Given } from '../../../src/model/shipping/given.ts'
import { type Known, known, type Maybe } from '../../../src/text/known.ts'

type Variables = Readonly<Record<string, string>>

/** What a project does when it is started with exactly `env`; with nothing but what its files say where that is undefined. */
export async function bootWith(
  files: Variables,
  env: Variables | undefined,
  build: Variables = {},
): Promise<BootOutcome | undefined> {
  await loadElixir()
  const tree = treeOf(files)
  const elixir = await readElixir(tree.sources)
  const values = (texts: Variables) =>
    new Map(Object.entries(texts).map(([name, value]) => [name, known(value)] as const))
  const given: Given = {
    atStart: () => values(env ?? {}),
    atBuild: values(build),
    only: env !== undefined,
    mixEnv: undefined,
  }
  const { project } = readProject(tree, elixir, { given })
  const [own] = project.deployments
  const deployment = own ?? unbuiltDeployment(tree, elixir, given)
  if (deployment === undefined) return undefined
  return bootOutcome(deployment)
}

/** The outcome in the words of the record. */
export function observedOf(outcome: BootOutcome | undefined) {
  if (outcome === undefined) return undefined
  const { verdict, listens, url, logLevel, logsQueries } = outcome
  if (verdict === 'crashes') return { boots: false, http_listening: answer(listens), port: null }
  return {
    boots: verdict === 'boots' ? true : 'unknown',
    http_listening: answer(listens),
    port: listens === 'yes' ? listenersOf(outcome)?.[0]?.port : null,
    url: whatIsKnown(url),
    logger_level: whatIsKnown(logLevel),
    debug_query_params_logged: answer(logsQueries),
  }
}

/** Undefined where it is not known. */
export const answer = (maybe: Maybe | undefined): boolean | undefined =>
  typeof maybe === 'string' ? maybe === 'yes' : undefined
/** Undefined where it is not known. */
export const whatIsKnown = <T>(value: Known<T> | undefined): T | undefined =>
  value?.kind === 'known' ? value.value : undefined
/** Where it listens; what is undefined is not known. */
export const listenersOf = (outcome: BootOutcome | undefined) =>
  whatIsKnown(outcome?.listeners)?.map(({ scheme, ip, port }) => ({
    scheme,
    ip: whatIsKnown(ip),
    port: whatIsKnown(port),
  }))
