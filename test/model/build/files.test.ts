import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readElixir } from '../../../src/analyze.ts'
import { treeOf } from '../../../src/files/tree.ts'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import { worldOf } from '../../../src/model/follow/frame.ts'
import { mixApps } from '../../../src/model/phoenix/mix.ts'
import { isEnvFile, isKeyFile } from '../../../src/model/secrets/secret-files.ts'
import { contextAt } from '../../../src/model/stage-files/context.ts'
import { ignoreFor } from '../../../src/model/stage-files/find-context.ts'
import { landingsIn } from '../../../src/model/stage-files/landings.ts'
import { locate } from '../../../src/model/stage-files/locate.ts'
import type { Origin } from '../../../src/model/stage-files/types.ts'
import type { Build } from '../../../src/model/stages/built-stage.ts'
import { buildOf } from '../../../src/model/stages/image.ts'
import { parseCases, parseExample } from '../../../src/text/example.ts'
import { textOf } from '../../../src/text/source.ts'

/**
 * `files/*.txt`: builds under `=== title` lines. `-- where --` says what is at a path of the last stage, or of
 * `STAGE:`, when it is done; `-- layers --` which secret files lie in a layer of it.
 */
const folder = new URL('./files/', import.meta.url)

const casesOf = (name: string) => parseCases(readFileSync(new URL(name, folder), 'utf8'))

async function built(texts: Readonly<Record<string, string>>): Promise<Build> {
  const tree = treeOf(texts)
  const dockerfile = tree.sources.find(({ path }) => path === 'Dockerfile')
  if (dockerfile === undefined) throw new Error('a case has a Dockerfile')
  const elixir = await readElixir(tree.sources)
  const apps = mixApps(elixir.filter(({ source }) => source.path.endsWith('mix.exs')))
  const world = worldOf(tree, apps)
  const context = contextAt(tree, '', ignoreFor('Dockerfile', '', tree))
  return buildOf(parseDockerfile(dockerfile), context, new Map(), world)
}

function shown(origin: Origin): string {
  switch (origin.kind) {
    case 'context':
      return `${origin.path || '.'}${origin.type === 'folder' ? '/' : ''}`
    case 'inline':
      return `"${textOf(origin.body).trim()}"`
    case 'made':
      return `${origin.artifact.kind}${origin.rest === '' ? '' : ` ${origin.rest}`}`
    default:
      return `(${origin.kind})`
  }
}

function answered({ stages }: Build, question: string): string {
  const [, name, path = ''] = /^(?:([\w-]+):)?(\/.*)$/.exec(question) ?? []
  const stage = name === undefined ? stages.at(-1) : stages.find((one) => one.stage.name === name)
  return stage ? shown(locate(stage.files, path).origin) : 'no stage'
}

describe.each(readdirSync(folder))('%s', (name) => {
  it.each(casesOf(name))('$title', async ({ notation }) => {
    const { where, layers, ...texts } = Object.fromEntries(
      Object.entries(parseExample(notation).texts).map(([path, text]) => [path, text.trimEnd()]),
    )
    const build = await built(texts)
    const questions = (where ?? '').split('\n').flatMap((line) => line.split(/ += /)[0] || [])
    const width = (question: string) => (where ?? '').split('\n').find((line) => line.startsWith(`${question} `))
    const answers = questions.map((question) => {
      const line = width(question) ?? question
      return `${line.slice(0, line.indexOf('= ') + 2)}${answered(build, question)}`
    })
    expect(answers.join('\n')).toBe(where ?? '')
    if (layers === undefined) return
    const ships = build.stages.at(-1)
    const found = ships ? landingsIn(ships.files, (path) => isEnvFile(path) || isKeyFile(path)) : []
    expect(found.map(({ file, target }) => `${file} at ${target}`).join('\n') || '(none)').toBe(layers)
  })
})
