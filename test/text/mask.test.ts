import { expect, test } from 'vitest'
import { masked } from '../../src/text/mask.ts'

test.each([
  ['', ''],
  ['abc', '···'],
  ['abcd', 'a···'],
  ['abcdefgh', 'ab······'],
  ['abcdefghijkl', 'abc·········'],
  ['abcdefgh\nijkl', 'abc·····\n····'],
  ['🔑🔑🔑🔑', '🔑······'],
  ['ab🔑defghijklmn', 'ab··'.padEnd(15, '·')],
])('%j', (secret, expected) => {
  expect(masked(secret)).toBe(expected)
  expect(masked(secret)).toHaveLength(secret.length)
})
