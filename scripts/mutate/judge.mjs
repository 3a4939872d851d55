// Runs in a worker, out of a bundle that holds all mutants: says which cases reach which, and which of them notice one.
import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { analyze } from '../../src/analyze.ts'
import { ofBases, ofRecorded, ofRules, oneWays, patterns } from '../../test/cases.ts'
import { partsOfOut, told } from '../../test/told.ts'

const cases = [...ofRules, ofBases, ...patterns, ...oneWays, ofRecorded].flatMap(({ own, out, cases }) => {
  const recorded = partsOfOut(readFileSync(out, 'utf8'))
  return cases.map(({ title, tree }) => ({ own, title, tree, recorded: recorded.get(title) }))
})

let on
let reached = new Set()
globalThis.isOn = (number) => {
  reached.add(number)
  return number === on
}

async function notices({ tree, own, recorded }) {
  try {
    const { diagnostics, failures } = await analyze(await tree())
    return failures.length > 0 || told(diagnostics, own) !== recorded
  } catch {
    return true
  }
}

parentPort.on('message', async ({ ask, mutant, of }) => {
  if (ask === 'cases') return parentPort.postMessage(cases.map(({ own, title }) => ({ own, title })))
  if (ask === 'reached') {
    on = undefined
    reached = new Set()
    const wrong = await notices(cases[of])
    return parentPort.postMessage({ wrong, reached: [...reached] })
  }
  on = mutant
  parentPort.postMessage(await notices(cases[of]))
})
