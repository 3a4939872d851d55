import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonReport } from '../../src/report/formats/json.ts'
import { cli, folderOf } from './cli.ts'
import { shop } from './shop.ts'

const base = `services:
  web:
    build: .
    env_file: web.conf
    environment:
      PHX_HOST: \${PUBLIC_HOST:-example.com}
      LOG_LEVEL: \${LEVEL}
    depends_on:
      db:
        condition: service_healthy
  db:
    image: postgres:17
    profiles: [prod]
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U shop"]
  tools:
    image: busybox
    profiles: [debug]
    command: mix ecto.migrate
`

const production = `services:
  web:
    restart: always
    ports: ["4000:4000"]
    healthcheck:
      test: ["CMD", "curl", "-fsS", "http://localhost:4000/health"]
`

/** What \`docker compose config\` prints of the two files with prod.env (Compose 5, compose-go 2.16.2). */
const resolved = (root: string) => `name: shop
services:
  db:
    profiles:
      - prod
    image: postgres:17
    networks:
      default: null
    healthcheck:
      test:
        - CMD-SHELL
        - pg_isready -U shop
  web:
    restart: always
    environment:
      LOG_LEVEL: debug
      PHX_HOST: example.com
      POOL_SIZE: "10"
    networks:
      default: null
    build:
      context: ${root}
      dockerfile: Dockerfile
    depends_on:
      db:
        condition: service_healthy
        required: true
    healthcheck:
      test:
        - CMD
        - curl
        - -fsS
        - http://localhost:4000/health
    ports:
      - mode: ingress
        target: 4000
        published: "4000"
        protocol: tcp
networks:
  default:
    name: shop_default
`

const runtime = shop['config/runtime.exs']
  .replace(' || raise "SECRET_KEY_BASE is missing"', '')
  .replace(
    /end\n$/,
    '  if level = System.get_env("LOG_LEVEL"), do: config(:logger, level: String.to_existing_atom(level))\nend\n',
  )
const files = {
  ...shop,
  'config/runtime.exs': runtime,
  '.env': '',
  'prod.env': 'LEVEL=debug\n',
  'web.conf': 'POOL_SIZE=10\n',
}

const findings = async (root: string, args: readonly string[], stdin = '') => {
  const { stdout, stderr } = await cli(root, ['lint', '--format', 'json', ...args], { stdin })
  expect(stderr).toBe('')
  const report: JsonReport = JSON.parse(stdout)
  return report.findings
    .map(({ rule, message, certainty, severity }) => `${severity} ${certainty} ${rule}: ${message}`)
    .sort()
}

const flags = ['-f', 'a.yml', '-f', 'b.yml', '--profile', 'prod', '--env-file', 'prod.env']
const split = { ...files, 'a.yml': base, 'b.yml': production, 'compose.yaml': 'services: {}\n' }

describe('the same stack gives the same findings', () => {
  let known: readonly string[] | undefined
  const expected = async () => {
    known ??= await findings(folderOf(split), flags)
    return known
  }

  test('of which there are some', async () => {
    expect(
      (await expected()).filter((finding) => /log-level-debug|server-off|host-placeholder/.test(finding)).length,
    ).toBeGreaterThan(1)
  })

  test('as what `docker compose config` prints, on the standard input', async () => {
    const root = folderOf(split)
    expect(await findings(root, ['-', '--stdin-filename', 'compose.yaml'], resolved(root))).toEqual(await expected())
  })

  test.each([[[]], [['compose.yaml']], [['-f', 'compose.yaml']]])('as one file: %j', async (args) => {
    const root = folderOf(files)
    writeFileSync(join(root, 'compose.yaml'), resolved(root))
    expect(await findings(root, args)).toEqual(await expected())
  })

  test('as a file and its override', async () => {
    const named = { ...files, '.env': files['prod.env'], 'compose.yaml': base, 'compose.override.yaml': production }
    expect(await findings(folderOf(named), ['-f', 'compose.yaml', '-f', 'compose.override.yaml'])).toEqual(
      await expected(),
    )
  })
})
