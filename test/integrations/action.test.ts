import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { load } from 'js-yaml'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderOf, leaking, tight } from '../cli/cli.ts'
import { readCommands } from '../report/formats/read.ts'

interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly description: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

const isAction = (value: unknown): value is Action => typeof value === 'object' && value !== null && 'runs' in value

const read = load(readFileSync('action.yml', 'utf8'))
if (!isAction(read)) throw new Error('action.yml is no action')
const action: Action = read

/** Where nothing is built, the action would install here what it builds with. */
beforeAll(() => {
  if (!existsSync('dist/cli.js')) execFileSync(process.execPath, ['scripts/build.mjs'])
})

/** Runs the steps of the action one after the other, as the runner does, in a repository with these files. */
function runAction(files: Readonly<Record<string, string>>, given: Readonly<Record<string, string>> = {}) {
  const repository = folderOf(files)
  const temporary = folderOf({ summary: '', output: '' })
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: value = '' }]) => [name, value]),
  )
  const known = new Map(Object.entries({ ...inputs, ...given }).map(([name, value]) => [`inputs.${name}`, value]))
  const filled = (text: string) =>
    text.replace(
      /\$\{\{ (.+?) \}\}/g,
      (_, name: string) => known.get(name) ?? (name.startsWith('steps.') ? '' : expect.fail(`nothing gives ${name}`)),
    )
  let stdout = ''
  let stderr = ''
  const codes: (number | null)[] = []
  const used: string[] = []
  for (const step of action.runs.steps) {
    if (step.if !== undefined && !isTrue(step.if, known)) continue
    if (step.uses !== undefined) used.push(step.uses)
    if (step.run === undefined) continue
    const told = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]))
    writeFileSync(join(temporary, 'output'), '')
    const ran = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: repository,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH ?? '',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: resolve('.'),
        GITHUB_OUTPUT: join(temporary, 'output'),
        GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
        RUNNER_TEMP: temporary,
        ...told,
      },
    })
    stdout += ran.stdout
    stderr += ran.stderr
    codes.push(ran.status)
    for (const line of readFileSync(join(temporary, 'output'), 'utf8').split('\n')) {
      const [name = '', ...value] = line.split('=')
      if (name !== '') known.set(`steps.${step.id}.outputs.${name}`, value.join('='))
    }
    if (ran.status !== 0) break
  }
  const outputs = Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)]))
  return { stdout, stderr, codes, used, outputs, summary: readFileSync(join(temporary, 'summary'), 'utf8'), repository }
}

/** \`inputs.x == 'true'\`, the only kind of condition that the action has. */
function isTrue(condition: string, known: ReadonlyMap<string, string>): boolean {
  const [, name = '', value] = /^(\S+) == '(.*)'$/.exec(condition) ?? expect.fail(condition)
  return known.get(name) === value
}

const ignoreOthers = { args: '--rule=secret-in-layer' }

describe('the action', () => {
  test('fails after it has told of the findings everywhere', () => {
    const { stdout, stderr, codes, outputs, summary, used } = runAction(leaking, ignoreOthers)
    expect(stderr).toBe('')
    expect(codes).toEqual([0, 0, 1])
    expect(stdout).toContain('error[secret-in-layer]')
    expect(readCommands(stdout).map(({ command, properties }) => [command, properties.file])).toEqual([
      ['error', 'Dockerfile'],
    ])
    expect(summary).toMatch(/^### docker-gotchas: 1 error in 1 file/)
    expect(outputs['exit-code']).toBe('1')
    expect(JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8')).runs[0].results).toHaveLength(1)
    expect(used).toEqual([])
  })

  test('passes where nothing is found, or where that is wanted, and uploads where that is wanted', () => {
    expect(runAction(tight, ignoreOthers).codes).toEqual([0, 0, 0])
    const { codes, used } = runAction(leaking, { ...ignoreOthers, 'fail-on': 'never', 'upload-sarif': 'true' })
    expect(codes).toEqual([0, 0, 0])
    expect(used).toEqual([expect.stringMatching(/^github\/codeql-action\/upload-sarif@/)])
  })

  test('takes several paths, annotations and summary off, and a wrong call for what it is', () => {
    const files = {
      'a/Dockerfile': leaking.Dockerfile,
      'a/mix.exs': leaking['mix.exs'],
      'b c/Dockerfile': tight.Dockerfile,
    }
    const quiet = { ...ignoreOthers, path: 'a\nb c\n', annotations: 'false', summary: 'false' }
    const { stdout, summary, codes } = runAction(files, quiet)
    expect(readCommands(stdout)).toEqual([])
    expect([summary, codes]).toEqual(['', [0, 0, 1]])
    const { codes: wrong, outputs } = runAction(leaking, { path: '--version' })
    expect([wrong, outputs['exit-code']]).toEqual([[0, 0, 2], '2'])
  })

  test('executes nothing that an input says', () => {
    const { codes, repository } = runAction(tight, { ...ignoreOthers, path: '$(touch pwned)`touch pwned`;touch pwned' })
    expect(codes).toEqual([0, 0, 2])
    expect(existsSync(join(repository, 'pwned'))).toBe(false)
    expect(runAction(tight, { version: '1; touch pwned' }).codes).toEqual([2])
  })

  test('puts no input into a script', () => {
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{')
  })
})

test('an action that is not built builds itself first', () => {
  const copy = folderOf({})
  mkdirSync(join(copy, '.github'))
  cpSync('.github/action', join(copy, '.github/action'), { recursive: true })
  const output = join(copy, 'output')
  const stub = join(copy, 'bin')
  mkdirSync(stub)
  writeFileSync(join(stub, 'npm'), `#!/bin/sh\necho "$PWD: $*" >> "${copy}/calls"\n`, { mode: 0o755 })
  const ran = spawnSync('bash', [join(copy, '.github/action/program.sh')], {
    encoding: 'utf8',
    env: { PATH: `${stub}:${process.env.PATH}`, GITHUB_ACTION_PATH: copy, GITHUB_OUTPUT: output, RUNNER_TEMP: copy },
  })
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  expect(readFileSync(join(copy, 'calls'), 'utf8').replaceAll(copy, '.')).toBe(
    '.: ci --ignore-scripts --no-audit --no-fund --silent\n.: run --silent build\n',
  )
  expect(readFileSync(output, 'utf8')).toBe(`program=${copy}/dist/cli.js\n`)
})
