import { describe, expect, test } from 'vitest'
import { bareMasking, maskingOf } from '../../src/masking/masking.ts'
import { type Source, type Span, span } from '../../src/text/source.ts'

const shown = (source: Source, spans: readonly Span[]) => maskingOf({ sources: [source], spans }).source(source).text

describe('a source', () => {
  const env = { path: '.env', text: 'A=topsecretvalue\nB=topsecretvalue\nC=topsecretvalues\n' }

  test('in place, and the same value elsewhere, but no longer word that contains it', () => {
    expect(shown(env, [span(env, 2, 16)])).toBe('A=top···········\nB=top···········\nC=topsecretvalues\n')
  })

  test('ranges that overlap or repeat', () => {
    const text = shown(env, [span(env, 2, 10), span(env, 5, 16), span(env, 2, 10)])
    expect(text.split('\n')[0]).toBe('A=top···········')
    expect(text).not.toContain('secretvalue\nB')
    expect(text).toHaveLength(env.text.length)
  })

  test('a secret of another file', () => {
    const other = { path: 'Dockerfile', text: 'ENV A=topsecretvalue\n' }
    expect(shown(other, [span(env, 2, 16)])).toBe('ENV A=top···········\n')
  })
})

test('short values are masked only in their place', () => {
  const env = { path: '.env', text: 'A=web\n' }
  expect(shown(env, [span(env, 2, 5)])).toBe('A=···\n')
  expect(maskingOf({ sources: [env], spans: [span(env, 2, 5)] }).text('the service `web`')).toBe('the service `web`')
})

test('the keys of a library by their names are no secrets', () => {
  for (const key of ['Ueberauth.Strategy.Google.OAuth.client_secret', 'ISeeShopWeb.PromEx.grafana.auth_token'])
    expect(maskingOf({ sources: [], spans: [] }).text(`\`${key}\` is frozen`)).toBe(`\`${key}\` is frozen`)
})

test('the names of the modules that a project defines are no secrets', () => {
  const code = { path: 'lib/ae_mdw_web/endpoint.ex', text: 'defmodule AeMdwWeb.Endpoint do\nend\n' }
  const config = {
    path: 'config/config.exs',
    text: 'config :ae_mdw, token: "AeMdwWeb."\nconfig :ae_mdw, key: "Zk3LmN8QwErTy"\n',
  }
  const masking = maskingOf({ sources: [code, config], spans: [span(config, 24, 33), span(config, 58, 71)] })
  expect(masking.text('the links of `AeMdwWeb.Endpoint`')).toBe('the links of `AeMdwWeb.Endpoint`')
  expect(masking.text('the key Zk3LmN8QwErTy')).not.toContain('LmN8')
})

test('what a message quotes stays in its quotes, whatever is masked in it', () => {
  const env = { path: '.env', text: 'A=x`Zq9wLm4`TyQ"7x\nB=Hq8`\n' }
  const { text } = maskingOf({
    sources: [env],
    spans: [span(env, 2, 18)],
    values: () => ['`Vw3kPz8Rt6', 'Jx5tYq2Lm9`'],
  })
  for (const said of [
    '`x`Zq9wLm4`TyQ"7x` of `DATABASE_URL` is none, unless `Zk9wQh4sTyVp7xLm2Jd8Rb` asks',
    '`Vw3kPz8Rt6` and `Jx5tYq2Lm9`: both are odd',
  ]) {
    expect(text(said)).toMatch(/^(`[^` ]+`|[^`])+$/)
    expect(text(said)).not.toMatch(/Zq9wLm|Vw3kP|5tYq2/)
  }
})

test('what a project and we call things is no secret, whatever stands in its files', () => {
  const code = { path: 'lib/q_zxq_jobs/repo.ex', text: 'defmodule QZxqJobsWeb.Tokenizer do\nend\n' }
  const notes = {
    path: 'deploy.yml',
    text: 'image: ghcr.io/q_zxq_jobs/q_zxq_jobs_web\nPOSTGRES_PASSWORD: secrets\nKEY: Ve7,type=sEcto9{ELIX4kPq`Ectz\n',
  }
  const at = (text: string) => span(notes, notes.text.indexOf(text), notes.text.indexOf(text) + text.length)
  const masking = maskingOf({
    sources: [code, notes],
    spans: [at('secrets'), at('Ve7,type=sEcto9{ELIX4kPq`Ectz')],
    values: () => ['q_zxq_jobs', 'Zq9wLm4TyQZxqJobsPr7x'],
  })
  for (const said of [
    'production runs with the `QZxqJobsWeb.Tokenizer.secret_key` that is written here',
    'the env file of `q_zxq_jobs`, `COPY . /usr/src/myapp/`',
    'Take the value from `.env` or `secrets:`, or by `RUN --mount=type=secret`',
    '`${ELIXIR_DOCKER_IMAGE}` is empty',
  ])
    expect(masking.text(said)).toBe(said)
  expect(masking.source(notes).text).toContain('POSTGRES_PASSWORD: s······\n')
  expect(masking.text('the key Zq9wLm4Ty')).not.toContain('wLm4T')
})

test('what is demanded without a message is no secret', () => {
  const compose = 'A_SECRET: "${A_SECRET:?}"\nB: { API_TOKEN: "${API_TOKEN:?}", C_PASSWORD: ${C_PASSWORD?} }\n'
  expect(bareMasking.text(compose)).toBe(compose)
})

test('a sentence of ours has its own words, and quotes those of a secret masked', () => {
  const dockerfile = { path: 'Dockerfile', text: 'ENV COOKIE=cookie\n' }
  const masking = maskingOf({ sources: [dockerfile], spans: [span(dockerfile, 11, 17)] })
  expect(masking.sentence('this puts the cookie `cookie` into the image')).toBe(
    'this puts the cookie `c·····` into the image',
  )
  expect(masking.text('COOKIE=cookie')).toBe('COOKIE=c·····')
  const strong = maskingOf({ sources: [], spans: [], values: () => ['Zk3LmN8QwErTy'] })
  expect(strong.sentence('the key Zk3LmN8QwErTy')).not.toContain('LmN8')
})

test.each([
  '<link rel="icon" type="image/svg+xml" href="/favicon.svg" />',
  '<meta http-equiv="X-UA-Compatible" content="text/html; charset=utf-8" />',
  'export SECRET_KEY_BASE=$(openssl rand -base64 48)',
  'SECRET_KEY_BASE="$(LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c 64)"',
  'RELEASE_COOKIE="$(cat /run/secrets/cookie)"',
  'curl -H "Authorization: Bearer $(cat /run/secrets/token)"',
  'pubsub: [adapter: Phoenix.PubSub.PG2]',
  '~r"priv/static/.*(js|css|png|jpeg|jpg|gif|svg)$",',
  'uses: docker/login-action@8d2750c68a42422c14e847fe6c8ac0403b4cbd6f',
  'wget https://example.org/${ASDF_VERSION}/asdf-v${ASDF_VERSION}-linux.tar.gz',
  '# it asks for basic authentication',
  "otp: '28.3.1'",
])('no secret: %s', (text) => {
  expect(bareMasking.source({ path: 'lib/file', text }).text).toBe(text)
})

test.each([
  'TOKEN=$(echo "hunter2hunter2")',
  'KEY="$(printf "%s" Tr0ub4dor3xyz)"',
  'curl -H "Authorization: Basic Tr0ub4dor3xyz"',
])('a secret all the same: %s', (text) => {
  expect(bareMasking.source({ path: 'start.sh', text }).text).not.toMatch(/hunter2|Tr0ub/)
})
