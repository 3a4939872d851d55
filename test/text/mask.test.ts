import { describe, expect, test } from 'vitest'
import { masked, maskSecrets, maskValues } from '../../src/text/mask.ts'
import { span } from '../../src/text/source.ts'

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

describe('a source', () => {
  const env = { path: '.env', text: 'A=topsecretvalue\nB=topsecretvalue\nC=topsecretvalues\n' }

  test('in place, and the same value elsewhere, but no longer word that contains it', () => {
    expect(maskSecrets(env, [span(env, 2, 16)])).toBe('A=top···········\nB=top···········\nC=topsecretvalues\n')
  })

  test('ranges that overlap or repeat', () => {
    const text = maskSecrets(env, [span(env, 2, 10), span(env, 5, 16), span(env, 2, 10)])
    expect(text.split('\n')[0]).toBe('A=to············'.slice(0, 10) + text.slice(10, 16))
    expect(text).not.toContain('secretvalue\nB')
    expect(text).toHaveLength(env.text.length)
  })

  test('a secret of another file', () => {
    const other = { path: 'Dockerfile', text: 'ENV A=topsecretvalue\n' }
    expect(maskSecrets(other, [span(env, 2, 16)])).toBe('ENV A=top···········\n')
  })
})

test('short values are masked only in their place', () => {
  const env = { path: '.env', text: 'A=web\n' }
  expect(maskSecrets(env, [span(env, 2, 5)])).toBe('A=···\n')
  expect(maskValues('the service `web`', [span(env, 2, 5)])).toBe('the service `web`')
})
