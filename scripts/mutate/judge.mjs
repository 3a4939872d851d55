// Runs in a worker, out of a bundle that holds all mutants: says which cases reach which, and which of them notice one.
// It looks at all that test/rules, bases, patterns, one-way and rules-recorded look at.
import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { judge, readTree } from '../../src/analyze.ts'
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

/** Whether a case notices the mutant that is on. */
async function notices(one) {
  try {
    const verdict = await verdictOf(await one.tree())
    return isWronglyClear(verdict) || isOther(one, verdict, one.recorded)
  } catch {
    return true
  }
}

/** Whether anything else is told than must be, or the fix is another. */
function isOther({ own, fixed }, { diagnostics, failures }, wanted) {
  if (failures.length > 0 || told(diagnostics, own) !== wanted) return true
  const edits = fixed
    ? diagnostics.filter(({ rule }) => rule === own).flatMap(({ fixes }) => fixes[0]?.edits ?? [])
    : []
  if (edits.length === 0) return false
  const texts = { ...fixed.texts, ...Object.fromEntries(applyEdits(edits)) }
  return Object.entries(fixed.wanted).some(([path, text]) => texts[path] !== text)
}

/** Which of the mutants of rules a case notices: its project is read once for all of them, and each rule asked alone. */
async function noticed(one, mutants) {
  const own = mutants.filter(({ number }) => reached.has(number))
  if (own.length === 0) return []
  const reading = await readTree(await one.tree())
  return own.filter(({ number, rule }) => {
    const asked = (mutant) => {
      on = mutant
      return judge(reading, { rules: [rule] })
    }
    const wanted = told(asked(undefined).diagnostics, one.own)
    try {
      return isOther(one, asked(number), wanted)
    } catch {
      return true
    } finally {
      on = undefined
    }
  })
}

/** What is asked: for the cases; which mutants a case reaches, and which of those `ofRules` it notices; whether one. */
const answers = {
  cases: () => cases.map(({ own, title }) => ({ own, title })),
  async reach({ of, ofRules: mutants }) {
    const wrong = await notices(cases[of])
    const found = [...reached]
    const seen = wrong ? [] : await noticed(cases[of], mutants)
    return { wrong, reached: found, noticed: seen.map(({ number }) => number) }
  },
  async mutant({ of, number }) {
    on = number
    return { noticed: await notices(cases[of]) }
  },
}

parentPort.on('message', async (question) => {
  on = undefined
  reached = new Set()
  era++
  parentPort.postMessage(await answers[question.ask](question))
})
