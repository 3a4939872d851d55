import { describe, expect, test } from 'vitest'
import { maskedValue, secretsIn } from '../../../src/model/env/secret.ts'

describe('what is secret in a value', () => {
  test.each([
    ['SECRET_KEY_BASE', 'abcdefgh', ['abcdefgh']],
    ['POSTGRES_PASSWORD', 'a', ['a']],
    ['STRIPE_API_KEY', 'x-1', ['x-1']],
    ['GITHUB_TOKEN', 'x', ['x']],
    ['RELEASE_COOKIE', 'monster', ['monster']],
    ['DATABASE_URL', 'ecto://shop:pa:ss@db/shop', ['pa:ss']],
    ['DATABASE_URL', 'postgres://u:p/w#1@db/shop', ['p/w#1']],
    ['DATABASE_URL', 'ecto://db/shop?user=u&password=p1&ssl=true', ['p1']],
    ['SENTRY_DSN', 'https://0123456789abcdef01234@o1.ingest.sentry.io/2', ['0123456789abcdef01234']],
    ['ANYTHING', 'ghp_0123456789', ['ghp_0123456789']],
    ['ANYTHING', '0123456789abcdefABCDEF0123456789ab', ['0123456789abcdefABCDEF0123456789ab']],
  ])('%s=%s', (name, value, secrets) => {
    expect(secretsIn(name, value)).toEqual(secrets)
    for (const secret of secrets) expect(maskedValue(name, value)).not.toContain(`${secret}@`)
  })

  test.each([
    ['PHX_HOST', 'shop.example.org'],
    ['SECRET_KEY_BASE_FILE', '/run/secrets/key'],
    ['STRIPE_PUBLISHABLE_KEY', 'pk_live_1'],
    ['ALLOW_EMPTY_PASSWORD', 'yes'],
    ['POSTGRES_PASSWORD', ''],
    ['GIT_SHA', '0123456789abcdef0123456789abcdef01234567'],
    ['DATABASE_URL', 'ecto://postgres@db/shop'],
    ['URL', 'https://example.org/a@b'],
    ['COOKIE_DOMAIN', 'example.org'],
  ])('nothing in %s=%s', (name, value) => {
    expect(secretsIn(name, value)).toEqual([])
    expect(maskedValue(name, value)).toBe(value)
  })

  test('only the secret is masked', () => {
    expect(maskedValue('DATABASE_URL', 'ecto://db:db@db/db')).toBe('ecto://db:··@db/db')
    expect(maskedValue('SMTP_PASSWORD', 'hunter2-hunter2')).toBe('hun············')
  })
})
