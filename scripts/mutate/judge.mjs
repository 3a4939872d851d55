// Runs in a worker, out of a bundle that holds all mutants: says which cases reach which, and which of them notice one.
// It looks at all that test/rules, bases, patterns, one-way and rules-recorded look at.
import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { goodOf } from '../../src/rules/example.ts'
import { rules } from '../../src/rules/index.ts'
import { applyEdits } from '../../src/text/edit.ts'
import { ofBases, ofRecorded, ofRules, oneWays, patterns } from '../../test/cases.ts'
import { isWronglyClear, verdictOf } from '../../test/fuzz/laws/worse.ts'
import { partsOfOut, told } from '../../test/told.ts'
import { treeFor } from '../../test/trees.ts'
import { install } from './switch.mjs'

const cases = [...ofRules, ofBases, ...patterns, ...oneWays, ofRecorded].flatMap(({ own, out, cases }) => {
  const recorded = partsOfOut(readFileSync(out, 'utf8'))
  const examples = rules.find(({ id }) => id === own)?.examples ?? []
  const goods = examples.map((example) => {
    const { texts } = goodOf(example)
    return { own, title: `${example.title} (good)`, tree: () => treeFor(texts), recorded: 'nothing\n' }
  })
  const bad = cases.map(({ title, tree, project }, n) => {
    const fixed = examples[n]?.fixed && { texts: project().texts, wanted: goodOf(examples[n]).texts }
    return { own, title, tree, recorded: recorded.get(title), fixed }
  })
  return [...bad, ...goods]
})

let on
let reached = new Set()
let era = 0
install({ on: () => on, reached: () => reached, reach: (number) => reached.add(number) })
globalThis.era = () => era

async function notices({ tree, own, recorded, fixed }) {
  try {
    const verdict = await verdictOf(await tree())
    const { diagnostics, failures } = verdict
    if (failures.length > 0 || isWronglyClear(verdict) || told(diagnostics, own) !== recorded) return true
    if (!fixed) return false
    const edits = diagnostics.filter(({ rule }) => rule === own).flatMap(({ fixes }) => fixes[0]?.edits ?? [])
    const texts = { ...fixed.texts, ...Object.fromEntries(applyEdits(edits)) }
    return Object.entries(fixed.wanted).some(([path, text]) => texts[path] !== text)
  } catch {
    return true
  }
}

parentPort.on('message', async ({ ask, mutant, of }) => {
  if (ask === 'cases') return parentPort.postMessage(cases.map(({ own, title }) => ({ own, title })))
  on = mutant
  reached = new Set()
  era++
  const noticed = await notices(cases[of])
  parentPort.postMessage({ noticed, reached: [...reached] })
})
