import { describe, expect, test } from 'vitest'
import { healthOfFly } from '../../src/model/container/fly.ts'
import { textOf } from '../../src/text/source.ts'

const read = (text: string) => {
  const health = healthOfFly({ path: 'fly.toml', text })
  return health && [health.path, textOf(health.span)]
}

describe('the check of a fly.toml', () => {
  test.each([
    ['[[http_service.checks]]\n  method = "GET"\n  path = "/health"\n', '/health'],
    ["[[services.http_checks]]\r\n  path = '/up'\r\n", '/up'],
    ['[checks.alive]\ntype = "http"\npath = "/ready?full=1"', '/ready?full=1'],
    ['[[http_service.checks]]\n[http_service.checks.headers]\n  path = "/not-this"', undefined],
    ['[build]\n  path = "/x"', undefined],
    ['# path = "/x"', undefined],
    ['', undefined],
  ])('%j asks %j', (text, path) => {
    expect(read(text)).toEqual(path && [path, path])
  })
})
