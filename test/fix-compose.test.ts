import { expect, it } from 'vitest'
import { treeOf } from '../src/files/tree.ts'
import { fixTree } from '../src/fix.ts'

const dockerfile = `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release

FROM debian:bookworm-slim
COPY --from=build /app/_build/prod/rel/shop /app
USER nobody
CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/server"]
`

const composeWith = (dependsOn: string, more = '') => `services:
  proxy:
    image: caddy
  web:
    build: .
    environment:
      PORT: "4000"
${dependsOn}
  db:
    image: postgres:17
${more}`

const probe = `    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U postgres"]
      interval: 5s
`

const waits = '      db:\n        condition: service_healthy'

const compose = async (text: string) => {
  const { tree } = await fixTree(treeOf({ Dockerfile: dockerfile, 'compose.yaml': text }), {
    unsafe: true,
    rules: ['depends-on-unhealthy'],
  })
  return tree.sources.find(({ path }) => path === 'compose.yaml')?.text
}

it.each([
  ['a list', '    depends_on:\n      - db', `    depends_on:\n${waits}`],
  ['a list as deep as its key', '    depends_on:\n    - db', `    depends_on:\n${waits}`],
  ['a list in brackets', '    depends_on: [db]', `    depends_on:\n${waits}`],
  [
    'a list with another service',
    '    depends_on:\n      - db # first\n      - proxy',
    `    depends_on:\n${waits} # first\n      proxy:\n        condition: service_started`,
  ],
  ['a mapping', '    depends_on:\n      db:\n        condition: service_started', `    depends_on:\n${waits}`],
])('waits for a database in %s, which gets a health check', async (_name, before, after) => {
  expect(await compose(composeWith(before))).toBe(composeWith(after, probe))
})

it('keeps the line endings, and the health check that is there', async () => {
  const own = '    healthcheck:\n      test: pg_isready -q\n'
  const crlf = (text: string) => text.replace(/\n/g, '\r\n')
  expect(await compose(crlf(composeWith('    depends_on: [db]', own)))).toBe(
    crlf(composeWith(`    depends_on:\n${waits}`, own)),
  )
})

it('gives no health check to a database that it does not know', async () => {
  const text = composeWith('    depends_on: [db]').replace('postgres:17', 'mysql:8')
  expect(await compose(text)).toBe(text)
})
