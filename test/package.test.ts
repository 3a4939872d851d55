import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { load } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const elsewhere = mkdtempSync(join(tmpdir(), 'docker-gotchas-package-'))
const quietly = ['--offline', '--no-audit', '--no-fund', '--loglevel=error']
const inPackage = (...parts: readonly string[]) => join(elsewhere, 'node_modules/docker-gotchas', ...parts)

const tarball = () => readdirSync(elsewhere).find((name) => name.endsWith('.tgz')) ?? ''

const files = {
  Dockerfile: 'FROM elixir:1.18 AS build\nENV MIX_ENV=prod\nCOPY . .\nRUN mix assets.deploy\nRUN mix release\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n',
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
}

/** Runs the installed program. */
function gotchas(args: readonly string[], input = ''): string {
  const program = join(elsewhere, 'node_modules/.bin/docker-gotchas')
  return execFileSync(program, args, {
    cwd: elsewhere,
    input,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0' },
  })
}

beforeAll(() => {
  // They take long, and are made only where a package is.
  if (!existsSync('dist/index.d.ts')) execFileSync(process.execPath, ['scripts/types.mjs'], { stdio: 'pipe' })
  // As the release workflow calls it, but for the build, which was made for all tests.
  execFileSync(process.execPath, ['scripts/release.mjs', `v${manifest.version}`, '--built', '--out', elsewhere], {
    stdio: 'pipe',
    env: { ...process.env, GITHUB_SERVER_URL: 'https://git.example', GITHUB_REPOSITORY: 'shop/gotchas' },
  })
  writeFileSync(join(elsewhere, 'package.json'), '{ "private": true }\n')
  for (const [path, text] of Object.entries(files)) writeFileSync(join(elsewhere, path), text)
  execFileSync('npm', ['install', ...quietly, `./${tarball()}`], { cwd: elsewhere, stdio: 'pipe' })
})

afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

test('the package needs no other package', () => {
  expect(readdirSync(join(elsewhere, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'docker-gotchas',
  ])
  expect(JSON.parse(readFileSync(inPackage('package.json'), 'utf8')).dependencies ?? {}).toEqual({})
})

test('it ships the licences of what is bundled in it', () => {
  const licences = readFileSync(inPackage('dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
  for (const name of ['tree-sitter-elixir', 'web-tree-sitter', 'ignore']) expect(licences).toContain(name)
  expect(readFileSync(inPackage('LICENSE'), 'utf8')).toContain('Apache License')
})

test.each([[['.']], [['Dockerfile']], [['compose.yaml']], [['Dockerfile', 'compose.yaml']]])('lint %j', (paths) => {
  const { findings, summary } = JSON.parse(gotchas(['lint', '--format', 'json', '--fail-on', 'never', ...paths]))
  expect(summary.files).toEqual(expect.arrayContaining(['Dockerfile', 'compose.yaml', 'mix.exs']))
  expect(findings.filter(({ gotcha }: { gotcha: string }) => gotcha === 'syntax')).toEqual([])
})

test('lint of the standard input', () => {
  expect(gotchas(['lint', '-', '--fail-on', 'never'], files.Dockerfile)).toContain('Dockerfile')
})

test('it is small, has no code that only one Node understands, and the page of each rule that JSON names', () => {
  const all = readdirSync(inPackage(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const sizes = all.map(({ parentPath, name }) => statSync(join(parentPath, name)).size)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5_000_000)
  expect(all.filter(({ parentPath }) => !parentPath.includes('docs')).length).toBeLessThan(25)
  expect(all.map(({ name }) => name).filter((name) => /\.cjs\./.test(name))).toEqual([])
  const { findings } = JSON.parse(gotchas(['lint', '--format', 'json', '--fail-on', 'never']))
  expect(findings.length).toBeGreaterThan(0)
  for (const { docs } of findings) expect(existsSync(inPackage(docs))).toBe(true)
  expect(existsSync(inPackage(manifest.man))).toBe(true)
})

test('npx runs it from the packed file, in an empty folder without a network', () => {
  const empty = mkdtempSync(join(tmpdir(), 'docker-gotchas-npx-'))
  const npx = ['--yes', '--offline', `--package=${join(elsewhere, tarball())}`, '--', 'docker-gotchas']
  try {
    const env = { ...process.env, npm_config_cache: join(empty, '.npm') }
    const ran = execFileSync('npx', [...npx, '--version'], { cwd: empty, encoding: 'utf8', env })
    expect(ran).toBe(`docker-gotchas ${manifest.version}\n`)
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
})

describe('a release', () => {
  test('names the repository of whoever makes it, as provenance asks for it; the sources name none', () => {
    const packed = JSON.parse(readFileSync(inPackage('package.json'), 'utf8'))
    expect(packed).toMatchObject({
      repository: { type: 'git', url: 'git+https://git.example/shop/gotchas.git' },
      homepage: 'https://git.example/shop/gotchas#readme',
      bugs: { url: 'https://git.example/shop/gotchas/issues' },
    })
    expect(readFileSync(inPackage('README.md'), 'utf8')).toContain('uses: shop/gotchas@v')
    for (const name of ['repository', 'homepage', 'bugs']) expect(manifest).not.toHaveProperty(name)
  })

  test('has sums that hold, and what is in it', () => {
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: elsewhere, stdio: 'pipe' })
    expect(readFileSync(join(elsewhere, 'SHA256SUMS'), 'utf8').split('\n')).toHaveLength(3)
    const { bomFormat, components } = JSON.parse(readFileSync(join(elsewhere, 'docker-gotchas.cdx.json'), 'utf8'))
    expect(bomFormat).toBe('CycloneDX')
    expect(components.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['web-tree-sitter']))
    expect(readFileSync(join(elsewhere, 'NOTES.md'), 'utf8')).toMatch(/^- `docker-gotchas lint`/)
  })

  test.each(['v9.9.9', '', manifest.version])('is not made of the tag `%s`', (tag) => {
    const ran = spawnSync(process.execPath, ['scripts/release.mjs', tag, '--built', '--out', join(elsewhere, 'no')])
    expect([ran.status, String(ran.stderr)]).toEqual([1, expect.stringContaining(`the tag is \`${tag}\``)])
    expect(existsSync(join(elsewhere, 'no'))).toBe(false)
  })

  const building = /checkout|npm (?!publish \.\/release)/

  test('is made by a workflow in which only jobs that build nothing may write', () => {
    const workflow: {
      permissions: object
      jobs: Record<string, { permissions?: object; steps: readonly { uses?: string; run?: string }[] }>
    } = Object(load(readFileSync('.github/workflows/release.yml', 'utf8')))
    expect(workflow.permissions).toEqual({ contents: 'read' })
    const writing = Object.entries(workflow.jobs).filter(([, { permissions }]) => permissions !== undefined)
    expect(writing).toEqual([
      [
        'publish',
        expect.objectContaining({ permissions: { contents: 'write', 'id-token': 'write', attestations: 'write' } }),
      ],
      ['registry', expect.objectContaining({ permissions: { 'id-token': 'write' } })],
    ])
    for (const [, { steps }] of writing)
      expect(steps.flatMap(({ run, uses }) => run ?? uses ?? []).filter((one) => building.test(one))).toEqual([])
    const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
    expect(runs).toContain('node scripts/release.mjs "$GITHUB_REF_NAME"')
    for (const run of runs) expect(run).not.toContain('${{')
  })
})

test.each([
  ['packed', ['pack', ...quietly]],
  // As npm does with what is installed from git.
  ['installed', ['run', '--silent', 'prepare']],
])('a clone without what builds it refuses to be %s, and says what to do', (_, words) => {
  const clone = mkdtempSync(join(tmpdir(), 'docker-gotchas-clone-'))
  try {
    for (const path of ['package.json', '.npmrc', 'README.md']) copyFileSync(path, join(clone, path))
    cpSync('scripts', join(clone, 'scripts'), { recursive: true })
    const ran = spawnSync('npm', words, { cwd: clone, encoding: 'utf8' })
    expect(ran.status).not.toBe(0)
    expect(ran.stderr).toContain('run `npm ci` first')
    expect(ran.stdout).toBe('')
    expect(readdirSync(clone).filter((name) => name.endsWith('.tgz'))).toEqual([])
  } finally {
    rmSync(clone, { recursive: true, force: true })
  }
})

test('npx finds the program', () => {
  const text = execFileSync('npx', ['--offline', 'docker-gotchas', '--version'], { cwd: elsewhere, encoding: 'utf8' })
  expect(text).toMatch(/^docker-gotchas \d+\.\d+\.\d+/)
})

test('the library is there', async () => {
  const script = "import('docker-gotchas').then((library) => console.log(typeof library.analyze))"
  expect(execFileSync(process.execPath, ['-e', script], { cwd: elsewhere, encoding: 'utf8' })).toBe('function\n')
})

test('its types are one file, and need no others', () => {
  const declarations = readdirSync(inPackage('dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.d.ts'),
  )
  expect(declarations).toEqual(['index.d.ts'])
  expect(readFileSync(inPackage('dist/index.d.ts'), 'utf8')).not.toMatch(/^\s*(import|export \*|\/\/\/ <reference)/m)
})

describe('a program of somebody else', () => {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: 'es2022',
    lib: ['es2023', 'dom'],
    module: 'nodenext',
    types: [],
    skipLibCheck: false,
  }
  let said: Readonly<Record<string, unknown>> = {}
  beforeAll(() => {
    copyFileSync('test/stranger/editor.mts', join(elsewhere, 'editor.mts'))
    writeFileSync(join(elsewhere, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['editor.mts'] }))
    execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc')], { cwd: elsewhere, encoding: 'utf8' })
    said = JSON.parse(execFileSync(process.execPath, ['editor.mjs'], { cwd: elsewhere, encoding: 'utf8' }))
  })

  test('checks files that are on no disk, those that compose files name as well', () => {
    const { json, fails, unseen } = said
    expect(json).toMatchObject({
      version: 1,
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: 'assets-after-release', severity: 'error', file: 'Dockerfile', line: 5 }),
        expect.objectContaining({ rule: 'unreadable-file', severity: 'error', file: 'locked/.env' }),
      ]),
      summary: {
        files: expect.arrayContaining(['Dockerfile', 'compose.yaml', 'deploy/settings', 'mix.exs']),
      },
    })
    expect({ fails, unseen }).toEqual({ fails: true, unseen: true })
  })

  test('reports as the command line does, without secrets', () => {
    const { text, lines, sarif } = said
    expect(text).toContain('error[assets-after-release]')
    expect(lines).toMatch(/^Dockerfile:5:\d+: error: .* \[assets-after-release\]$/m)
    expect(sarif).toMatchObject({ version: '2.1.0' })
    expect(JSON.stringify(said.json) + text + lines + JSON.stringify(sarif)).not.toContain('Yk3vQ9sLx2Wq8Zt7')
  })

  test('gets the texts that fixes make', () => {
    expect(said.changes).toEqual([
      { path: 'Dockerfile', after: expect.stringMatching(/RUN mix assets\.deploy\nRUN mix release\n/) },
    ])
  })

  test('is told what is wrong, and keeps its own errors', () => {
    expect(said.nowhere).toBe('there is no file or folder `nowhere`')
    expect(said.broken).toBe('the editor is closed')
  })
})
