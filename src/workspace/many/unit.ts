import { fileProblem } from '../../files/decode.ts'
import { noMasking } from '../../masking/masking.ts'
import { showFindings } from '../../masking/shown.ts'
import { type Checked, type CheckOptions, check, nothingLooked } from '../check.ts'
import { openWorkspace } from '../open.ts'
import type { OpenOptions, Surroundings } from '../options.ts'
import { done, type Result, type Wrong } from '../result.ts'
import { unreadable } from '../unreadable.ts'
import type { Unit } from './plan.ts'

/** Opens and checks one project of several. */
export async function checkUnit(
  unit: Unit,
  at: Surroundings,
  options: OpenOptions,
  asked: CheckOptions,
): Promise<Result<Checked>> {
  const opened = await openWorkspace(unit.names, at, options)
  const checked = opened.kind === 'wrong' ? opened : await check(opened.value, asked)
  return checked.kind === 'wrong' && unit.isFound ? done(unchecked(unit, checked)) : checked
}

/** A project that could not be opened, as a finding of it: the others of its folder are checked all the same. */
function unchecked({ path }: Unit, { message, problems }: Wrong): Checked {
  const broken = (problems ?? [fileProblem(path, message)]).map((problem) => unreadable(problem, 'error'))
  return {
    analysis: showFindings(
      { diagnostics: broken, read: [], notes: [], failures: [], looked: nothingLooked },
      noMasking,
    ),
    fails: true,
    unseen: true,
    gone: [],
  }
}
