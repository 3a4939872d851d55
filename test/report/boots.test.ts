import { basename } from 'node:path'
import { describe } from 'vitest'
import { readTree } from '../../src/analyze.ts'
import { maskingOfBoots, showBoots } from '../../src/masking/boots.ts'
import { bootOutcome } from '../../src/model/outcome/outcome.ts'
import { bootPage } from '../../src/model/outcome/page.ts'
import { notesOf } from '../../src/model/project/project.ts'
import { bootTty } from '../../src/report/boot/tty.ts'
import { type Case, patterns } from '../cases.ts'
import { itTells } from '../tells.ts'

/** What `boot` prints of a project: `boots/*.out`. */
async function printed(one: Case): Promise<string> {
  const { project } = await readTree(await one.tree())
  const outcomes = project.deployments.flatMap((deployment) => bootOutcome(deployment) ?? [])
  const raw = { pages: outcomes.map(bootPage), notes: notesOf(project) }
  const reads = outcomes.flatMap(({ boot }) => boot.reads)
  const masking = maskingOfBoots(raw, { sources: project.tree.sources, spans: [], reads })
  return bootTty(showBoots(raw, masking), { colour: false, width: 120, shown: (path) => path })
}

/** Those that are about what `boot` says. */
const asked = patterns.filter(({ name }) => /-(runtime-config|host-and-server|log-level|what-decides)\./.test(name))

describe.each(asked)('$name', ({ name, cases }) => {
  itTells(
    new URL(`./boots/${basename(name, '.txt')}.out`, import.meta.url),
    cases.map((one) => [one.title, () => printed(one)]),
  )
})
