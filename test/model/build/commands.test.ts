import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readElixir } from '../../../src/analyze.ts'
import { treeOf } from '../../../src/files/tree.ts'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import { worldOf } from '../../../src/model/follow/frame.ts'
import { mixApps } from '../../../src/model/phoenix/mix.ts'
import { contextAt } from '../../../src/model/stage-files/context.ts'
import type { Step } from '../../../src/model/stage-files/step.ts'
import { buildOf } from '../../../src/model/stages/image.ts'
import { parseCases, parseExample } from '../../../src/text/example.ts'
import type { Known } from '../../../src/text/known.ts'
import { itTells } from '../../tells.ts'
import { place, trailOf } from '../../told.ts'

/**
 * `commands/*.txt`: projects under `=== title` lines, and under `-- steps --` what the build executes, in order. The
 * `.out` beside each has all that is known of a step: its place, the way to it, the shells that run it, its environment.
 */
const folder = new URL('./commands/', import.meta.url)

const casesOf = (name: string) => parseCases(readFileSync(new URL(name, folder), 'utf8'))

async function stepsOf(texts: Readonly<Record<string, string>>): Promise<readonly Step[]> {
  const tree = treeOf(texts)
  const dockerfile = tree.sources.find(({ path }) => path === 'Dockerfile')
  if (dockerfile === undefined) throw new Error('a case has a Dockerfile')
  const elixir = await readElixir(tree.sources)
  const apps = mixApps(elixir.filter(({ source }) => source.path.endsWith('mix.exs')))
  const world = worldOf(tree, apps)
  return buildOf(parseDockerfile(dockerfile), contextAt(tree, '', undefined), new Map(), world).steps
}

/** `/app$ mix release (prod) ?`: the folder, the command, MIX_ENV where it is not dev; `?` where it may run, `|` where it may fail. */
function shown({ cwd, command, runs, mayFail }: Step): string {
  const marks = `${runs === 'maybe' ? ' ?' : ''}${mayFail ? ' |' : ''}`
  return `${cwd}$ ${textOf(command).trimEnd()}${marks}`
}

function textOf(command: Step['command']): string {
  switch (command.kind) {
    case 'mix': {
      const mixEnv = command.mixEnv.kind === 'known' ? command.mixEnv.value : '…'
      return ['mix', command.task, ...command.args].join(' ') + (mixEnv === 'dev' ? '' : ` (${mixEnv})`)
    }
    case 'release':
      return ['release', command.path, command.command, ...command.args].join(' ')
    case 'program':
      return [command.name, ...command.argv.slice(1).map((arg) => arg ?? '…')].join(' ')
    case 'unknown':
      return `UNKNOWN: ${command.why}`
  }
}

/** Where a step stands, and how it is run there. */
function wholly(step: Step, names: readonly string[]): readonly string[] {
  const { span, word, via, shells, guards, otherUser, lost, env } = step
  return [
    `${place(span)} ${shown(step)}`,
    ...trailOf(via),
    ...(word ? [`  its name: ${place(word)}`] : []),
    ...shells.map(
      ({ shell, span: at, file, then }) =>
        `  ${then} in ${shell} of ${place(at)}${file ? `, ${file.direct ? '' : 'which reads '}${file.source.path}` : ''}`,
    ),
    ...guards.map(({ kind, negated }) => `  ${negated ? 'unless' : 'where'} ${kind}`),
    ...(otherUser ? ['  as another user'] : []),
    ...(lost ? [`  lost: ${Object.values(lost).filter(Boolean).join(' ')}`] : []),
    ...names.flatMap((name) => variable(name, env(name))),
  ]
}

function variable(name: string, value: Known<string>): readonly string[] {
  const { kind, trail } = value
  if (kind !== 'known' && trail.every(({ text }) => text === 'the image that it starts from')) return []
  const is = kind === 'known' ? `= ${value.value}` : kind === 'unset' ? 'is not set' : `may be: ${value.why}`
  return [`  ${name} ${is}`, ...trailOf(trail).map((line) => `  ${line}`)]
}

/** The names in a project that look like those of variables. */
const namesIn = (texts: Readonly<Record<string, string>>): readonly string[] =>
  [...new Set(Object.values(texts).flatMap((text) => text.match(/\b[A-Z][A-Z\d]*_?[A-Z\d]+\b/g) ?? []))].sort()

describe.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', (name) => {
  const cases = casesOf(name).map(({ title, notation }) => {
    const { steps, ...texts } = parseExample(notation).texts
    return { title, texts, wanted: steps?.trimEnd() }
  })
  it.each(cases)('$title', async ({ texts, wanted }) => {
    expect((await stepsOf(texts)).map(shown).join('\n')).toBe(wanted)
  })

  itTells(
    new URL(name.replace('.txt', '.out'), folder),
    cases.map(({ title, texts }) => [
      title,
      async () => {
        const steps = await stepsOf(texts)
        return `${steps.flatMap((step) => wholly(step, namesIn(texts))).join('\n')}\n`
      },
    ]),
  )
})
