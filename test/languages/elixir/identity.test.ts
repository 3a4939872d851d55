import { expect, test } from 'vitest'
import {
  callIdentity,
  choiceAt,
  longestKey,
  manyIdentity,
  variableIdentity,
  variablesIn,
  whetherMatching,
  whetherNil,
  whetherSet,
  whetherTrue,
} from '../../../src/languages/elixir/values/identity.ts'

const source = { path: 'config/runtime.exs', text: 'x' }
const name = variableIdentity('NAME')
const text = { of: 'text', key: '"env OTHER"' } as const

test('an identity or a choice names the variables that have a part in it, and no text that looks like one', () => {
  const call = callIdentity('String.trim/1', [name])
  expect(variablesIn(name)).toEqual(['NAME'])
  expect(call && variablesIn(whetherTrue(call))).toEqual(['NAME'])
  expect(variablesIn(whetherNil(name))).toEqual(['NAME'])
  expect(variablesIn(whetherMatching(name, '"env OTHER" <> _'))).toEqual(['NAME'])
  expect(variablesIn(whetherSet('PORT'))).toEqual(['PORT'])
  expect(variablesIn(manyIdentity(whetherSet('PORT')))).toEqual(['PORT'])
  expect(variablesIn(callIdentity('==', [name, text]) ?? text)).toEqual(['NAME'])
  expect(variablesIn(choiceAt({ source, start: 0, end: 1 }, 1))).toEqual([])
})

test('what is asked of one value is not what is asked of another, nor another question', () => {
  const other = variableIdentity('OTHER')
  const choices = [
    whetherSet('NAME'),
    whetherTrue(name),
    whetherNil(name),
    whetherMatching(name, '%{}'),
    whetherMatching(name, '[]'),
    whetherTrue(other),
    choiceAt({ source, start: 0, end: 1 }, 1),
    choiceAt({ source, start: 0, end: 1 }, 2),
  ]
  expect(new Set(choices.map(({ key }) => key)).size).toBe(choices.length)
  expect(whetherTrue(variableIdentity('NAME')).key).toBe(whetherTrue(name).key)
})

test('a call is told by its arguments, where they can be told in few characters', () => {
  expect(callIdentity('f/2', [name, text])?.key).toBe(callIdentity('f/2', [name, text])?.key)
  expect(callIdentity('f/2', [name, text])?.key).not.toBe(callIdentity('f/2', [text, name])?.key)
  expect(callIdentity('f/2', [name, undefined])).toBeUndefined()
  expect(callIdentity('f/1', [{ of: 'text', key: 'x'.repeat(longestKey) }])).toBeUndefined()
})
