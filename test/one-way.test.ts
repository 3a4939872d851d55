import { describe } from 'vitest'
import { oneWays } from './cases.ts'
import { itReports } from './tells.ts'

describe.each(oneWays)('$name', itReports)
