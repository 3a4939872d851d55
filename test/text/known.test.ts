import { expect, test } from 'vitest'
import { agreed, known, mapKnown, not, unknown, unset, yesOrNo } from '../../src/text/known.ts'

const open = unknown('nobody says')

test('answers agree where all are the same, and are not known else', () => {
  expect(agreed(['yes', 'yes'], 'why')).toBe('yes')
  expect(agreed(['no'], 'why')).toBe('no')
  expect(agreed(['yes', 'no'], 'why')).toEqual(unknown('why'))
  expect(agreed(['yes', open], 'why')).toEqual(unknown('why'))
  expect(agreed([open, 'no'], 'why')).toEqual(unknown('why'))
})

test('the opposite of what is not known is not known, for the same reason', () => {
  expect(not('yes')).toBe('no')
  expect(not(yesOrNo(false))).toBe('yes')
  expect(not(open)).toBe(open)
})

test('only a value that is known changes', () => {
  expect(mapKnown(known(2), (two) => two + 1)).toEqual(known(3))
  expect(mapKnown(open, String)).toBe(open)
  expect(mapKnown(unset(), String)).toEqual(unset())
})
