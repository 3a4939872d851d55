import { type ExampleProject, parseExample } from '../text/example.ts'
import { bases } from './bases.ts'
import type { Example } from './rule.ts'

/** The healthy project of an example. Throws where its changes do not fit its base. */
export const goodOf = ({ on, good = '' }: Example): ExampleProject =>
  parseExample(good, on === undefined ? {} : bases[on])

/** The project of an example with the mistake, which is marked in it. Throws where the changes do not fit. */
export const badOf = (example: Example): ExampleProject => parseExample(example.bad, goodOf(example).texts)
