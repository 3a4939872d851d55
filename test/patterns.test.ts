import { describe } from 'vitest'
import { ofBases, patterns } from './cases.ts'
import { itReports } from './tells.ts'

describe.each([ofBases, ...patterns])('$name', itReports)
