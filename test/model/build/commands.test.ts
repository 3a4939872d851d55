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

/** `commands/*.txt`: projects under `=== title` lines, and under `-- steps --` what the build executes, in order. */
const folder = new URL('./commands/', import.meta.url)

const casesOf = (name: string) => parseCases(readFileSync(new URL(name, folder), 'utf8'))

async function stepsOf(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const tree = treeOf(texts)
  const dockerfile = tree.sources.find(({ path }) => path === 'Dockerfile')
  if (dockerfile === undefined) throw new Error('a case has a Dockerfile')
  const elixir = await readElixir(tree.sources)
  const apps = mixApps(elixir.filter(({ source }) => source.path.endsWith('mix.exs')))
  const world = worldOf(tree, apps)
  return buildOf(parseDockerfile(dockerfile), contextAt(tree, '', undefined), new Map(), world).steps.map(shown)
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

describe.each(readdirSync(folder))('%s', (name) => {
  it.each(casesOf(name))('$title', async ({ notation }) => {
    const { steps, ...texts } = parseExample(notation).texts
    expect((await stepsOf(texts)).join('\n')).toBe(steps?.trimEnd())
  })
})
