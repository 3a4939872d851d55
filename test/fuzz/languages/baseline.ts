import fc from 'fast-check'
import { readBaseline } from '../../../src/settings/baseline.ts'
import type { Language } from '../language.ts'
import { one } from '../words.ts'

const words: readonly string[] = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '"tool": "docker-gotchas"',
  '"version": 1',
  '"findings": [',
  '"fingerprint": ',
  ',',
  ':',
  'null',
]

const finding = fc.oneof(
  fc.record(
    { rule: one('assets-missing', 'x'), file: one('Dockerfile', '../a', '/a'), fingerprint: fc.string() },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
)

const baselines = fc.oneof(
  fc.record(
    { tool: fc.constant('docker-gotchas'), version: fc.constantFrom(1, 1, 2, '1', null), findings: fc.array(finding) },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
)

/** Baselines. */
export const baseline: Language = {
  name: 'baseline',
  paths: ['.docker-gotchas-baseline.json'],
  texts: baselines.map((value) => JSON.stringify(value, undefined, 2)),
  words,
  read: (source) => [readBaseline(source)],
}
