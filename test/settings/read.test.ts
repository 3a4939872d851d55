import { describe, expect, it, test } from 'vitest'
import { readSettings } from '../../src/settings/read.ts'
import { shippingOf } from '../../src/settings/settings.ts'
import { positionAt, textOf } from '../../src/text/source.ts'

const read = (text: string, below?: string) => readSettings({ path: '.docker-gotchas.yaml', text }, below)
const said = (text: string) =>
  read(text).problems.map(({ span, message }) => {
    const { line, column } = positionAt(span.source, span.start)
    return `${line}:${column} ${textOf(span)} | ${message}`
  })

describe('what is wrong is said at its place', () => {
  it.each([
    ['presett: strict', '1:1 presett | there is no setting `presett`; did you mean `preset`?'],
    [
      'preset: strickt',
      '1:9 strickt | `preset` cannot be `strickt`; did you mean `strict`? (one of `recommended`, `strict`)',
    ],
    ['rules:\n  host-unsett: off', '2:3 host-unsett | there is no rule `host-unsett`; did you mean `host-unset`?'],
    [
      'ignore:\n  - rules: [host-unset, serveroff]\n    paths: a',
      '2:25 serveroff | there is no rule `serveroff`; did you mean `server-off`?',
    ],
    ['ignore:\n  - rules: host-unset', '2:5 rules: host-unset | `ignore` needs `paths`'],
    ['provided: [A, 80]', '1:15 80 | `provided`: `80` is no text: it needs quotes'],
    ['service: web\nservice: app', '2:1 service | the key `service` is written twice'],
    ['rules:\n  host-unset: off\n  host-unset: off', '3:3 host-unset | the key `host-unset` is written twice'],
    ['- a', '1:1 - a | `the settings` needs a mapping, and this is a list'],
    ['a: 1\n---\nb: 2', undefined],
  ])('%j', (text, wanted) => {
    const found = said(text)
    expect(found.length).toBeGreaterThan(0)
    if (wanted !== undefined) expect(found).toEqual([wanted])
  })

  it('tabs, open quotes and brackets', () => {
    expect(said('rules:\n\thost-unset: off')[0]).toMatch(/^2:1 .*tab/)
    expect(said('target: "app')[0]).toMatch(/quote/)
    expect(said('provided: [A')[0]).toMatch(/not closed/)
  })

  it('at most twenty times, and in bounded time', () => {
    expect(said(Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join('\n'))).toHaveLength(20)
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghij'.split('').map((name, index) => {
        const before = 'abcdefghij'[index]
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`
      }),
    ].join('\n')
    expect(said(bomb).length).toBeGreaterThan(0)
    expect(said(`provided: ${'['.repeat(10_000)}`).length).toBeGreaterThan(0)
    expect(said(`rules: &a {x: *a}`).length).toBeGreaterThan(0)
  })

  it('wrong settings do not hold', () => {
    expect(read('preset: strict\nfoo: 1').settings.preset).toBe('recommended')
  })
})

test('what is right is read, with anchors and in any style', () => {
  const { settings, problems } = read(
    `preset: strict
fail-on: error
rules: {host-unset: off, secret-in-layer: info}
x: &names [PHX_HOST, "PORT"]
`.replace('x:', 'provided:') +
      `ignore:
  - {rules: server-off, paths: [a/**, b], reason: a worker}
service: web
target: App
health: {path: /up}
baseline: 'known.json'
`,
  )
  expect(problems).toEqual([])
  expect(settings).toMatchObject({
    preset: 'strict',
    failOn: 'error',
    rules: new Map([
      ['host-unset', 'off'],
      ['secret-in-layer', 'info'],
    ]),
    ignore: [{ rules: ['server-off'], paths: ['a/**', 'b'], reason: 'a worker' }],
    provided: [{ text: 'PHX_HOST' }, { text: 'PORT' }],
    service: [{ text: 'web' }],
    target: { text: 'App' },
    healthPath: { text: '/up' },
    baseline: { text: 'known.json' },
  })
})

test.each([
  ['Dockerfile', 'Dockerfile', '', true],
  ['Dockerfile', 'apps/web/Dockerfile', '', true],
  ['/Dockerfile', 'apps/web/Dockerfile', '', false],
  ['./Dockerfile', 'Dockerfile', '', true],
  ['deploy/', 'deploy/prod/Dockerfile', '', true],
  ['deploy/*.yaml', 'deploy/a.yaml', '', true],
  ['deploy/*.yaml', 'deploy/x/a.yaml', '', false],
  ['**/compose.*.yaml', 'x/y/compose.ci.yaml', '', true],
  ['apps/shop/Dockerfile', 'Dockerfile', 'apps/shop', true],
  ['/Dockerfile', 'Dockerfile', 'apps/shop', false],
  ['Dockerfile', '../Dockerfile', 'apps/shop', true],
  ['Dockerfile', '../Dockerfile', '', false],
  ['dockerfile', 'Dockerfile', '', false],
])('`development: %s` and %s below %j: %s', (pattern, path, below, is) => {
  const { settings } = read(`development: "${pattern}"`, below)
  expect(shippingOf(settings).purposeOf(path)).toBe(is ? 'development' : undefined)
})
