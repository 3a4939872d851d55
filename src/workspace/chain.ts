import { resolve } from 'node:path'
import { maskingOfBoots, showBoots } from '../masking/boots.ts'
import { bootPage } from '../model/outcome/page.ts'
import type { Chain } from '../report/formats/html.ts'
import { readBoots } from './boots/read.ts'
import type { CheckOptions } from './check.ts'
import { readGraph } from './graph.ts'
import type { OpenOptions, Surroundings } from './options.ts'
import { pathFrom } from './paths.ts'

/** The build of the project that `path` names and what its containers do when they start, without what cannot be had. */
export async function readChain(
  path: string,
  at: Surroundings,
  options: OpenOptions,
  asked: CheckOptions,
): Promise<Chain> {
  const { failOn: _, ...rules } = asked
  const [graph, boots] = [await readGraph(path, at, options, rules), await readBoots(path, at, options)]
  const drawn = graph.kind === 'wrong' ? undefined : graph.value
  if (boots.kind === 'wrong')
    return { title: drawn?.title ?? path, graph: drawn?.graph, boots: undefined, shown: (one) => one }
  const { outcomes, notes, secrets, root } = boots.value
  const pages = { pages: outcomes.map(bootPage), notes }
  const masking = maskingOfBoots(pages, { ...secrets, reads: outcomes.flatMap(({ boot }) => boot.reads) })
  return {
    title: drawn?.title ?? path,
    graph: drawn?.graph,
    boots: showBoots(pages, masking),
    shown: (source) => (/^(--|\()/.test(source) ? source : pathFrom(at.cwd, resolve(root, source))),
  }
}
