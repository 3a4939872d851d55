import { describe } from 'vitest'
import { patterns } from './cases.ts'
import { itReports } from './tells.ts'

describe.each(patterns)('$name', itReports)
