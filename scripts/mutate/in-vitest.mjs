// Goes before the tests by `--import`: the mutant MUTANT is on; or the file REACHED takes which test file reaches which.
import { appendFileSync } from 'node:fs'
import { install } from './switch.mjs'

const { MUTANT, REACHED } = process.env
const testFile = () => globalThis.__vitest_worker__?.filepath
const byFile = new Map()

function reached() {
  const file = testFile()
  const found = byFile.get(file) ?? new Set()
  byFile.set(file, found)
  return found
}

function reach(number) {
  reached().add(number)
  appendFileSync(REACHED, `${testFile()}\t${number}\n`)
}

const mutant = Number(MUTANT)
install({ on: () => mutant, reached: REACHED && reached, reach })
globalThis.era = testFile
