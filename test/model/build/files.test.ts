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
import { type Landing, landingsIn } from '../../../src/model/stage-files/landings.ts'
import { locate } from '../../../src/model/stage-files/locate.ts'
import type { Cause, Located, Origin } from '../../../src/model/stage-files/types.ts'
import type { Build } from '../../../src/model/stages/built-stage.ts'
import { buildOf } from '../../../src/model/stages/image.ts'
import { parseCases, parseExample } from '../../../src/text/example.ts'
import { itTells } from '../../tells.ts'
import { place } from '../../told.ts'

/**
 * `files/*.txt`: builds under `=== title` lines. `-- where --` says what is at a path of the last stage, or of
 * `STAGE:`, when it is done; `-- layers --` which secret files lie in a layer of it. The `.out` beside each has what
 * brought it there, and what of the build leads nowhere.
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
      return `"${origin.written
        .map(({ text }) => text)
        .join('')
        .trim()}"`
    case 'made':
      return `${origin.artifact.kind}${origin.rest === '' ? '' : ` ${origin.rest}`}`
    default:
      return `(${origin.kind})`
  }
}

function located({ stages }: Build, question: string): Located | undefined {
  const [, name, path = ''] = /^(?:([\w-]+):)?(\/.*)$/.exec(question) ?? []
  const stage = name === undefined ? stages.at(-1) : stages.find((one) => one.stage.name === name)
  return stage && locate(stage.files, path)
}

function answered(build: Build, question: string): string {
  const found = located(build, question)
  return found ? shown(found.origin) : 'no stage'
}

/** What is at the path, and all that brought it there. */
function wholly(build: Build, question: string): readonly string[] {
  const { origin, causes = [] } = located(build, question) ?? {}
  const artifact = origin?.kind === 'made' ? origin.artifact : undefined
  return [
    `${question} = ${answered(build, question)}`,
    ...(origin?.kind === 'unknown' ? [`  why: ${origin.why}`] : []),
    ...(artifact ? [`  made at ${place(artifact.step.span)}`] : []),
    ...(artifact?.kind === 'release' ? [`  ${artifact.name} (${artifact.mixEnv}) of ${artifact.project}`] : []),
    ...causes.map(broughtBy),
  ]
}

/** The secret files in the layers of the last stage. */
function secretsIn({ stages }: Build): readonly Landing[] {
  const ships = stages.at(-1)
  return ships ? landingsIn(ships.files, (path) => isEnvFile(path) || isKeyFile(path)) : []
}

const landed = ({ file, target, seen, causes }: Landing): readonly string[] => [
  `${seen ? '' : 'perhaps '}${file} lies at ${target}`,
  ...causes.map(broughtBy),
]

const broughtBy = ({ span, runs }: Cause): string => `  ${place(span)}${runs === 'maybe' ? ' ?' : ''}`

const sourcesOf = ({ stages }: Build): readonly string[] =>
  stages.flatMap(({ stage, sources }) =>
    sources.length > 0
      ? [
          `${stage.name ?? stage.index} takes from ${sources.map((one) => one.stage.name ?? one.stage.index).join(', ')}`,
        ]
      : [],
  )

const dangling = ({ stages }: Build): readonly string[] =>
  stages.flatMap((stage) =>
    stage.dangling.map((one) => {
      if (one.kind === 'local') return `${place(one.span)} is on some machines: ${one.path}`
      const what =
        one.kind === 'stage'
          ? `${one.name}, near ${one.near ?? 'nothing'}`
          : `${one.path}, ${one.missing.kind === 'absent' ? `near ${one.missing.near ?? 'nothing'}` : place(one.missing.by)}`
      return `${place(one.span)} leads nowhere: ${what}`
    }),
  )

const questionsIn = (where: string | undefined) =>
  (where ?? '').split('\n').flatMap((line) => line.split(/ += /)[0] || [])

describe.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', (name) => {
  const cases = casesOf(name).map(({ title, notation }) => {
    const { where, layers, ...texts } = Object.fromEntries(
      Object.entries(parseExample(notation).texts).map(([path, text]) => [path, text.trimEnd()]),
    )
    return { title, where, layers, texts }
  })
  it.each(cases)('$title', async ({ where, layers, texts }) => {
    const build = await built(texts)
    const questions = questionsIn(where)
    const width = (question: string) => (where ?? '').split('\n').find((line) => line.startsWith(`${question} `))
    const answers = questions.map((question) => {
      const line = width(question) ?? question
      return `${line.slice(0, line.indexOf('= ') + 2)}${answered(build, question)}`
    })
    expect(answers.join('\n')).toBe(where ?? '')
    if (layers === undefined) return
    const found = secretsIn(build)
    expect(found.map(({ file, target }) => `${file} at ${target}`).join('\n') || '(none)').toBe(layers)
  })

  itTells(
    new URL(name.replace('.txt', '.out'), folder),
    cases.map(({ title, where, texts }) => [
      title,
      async () => {
        const build = await built(texts)
        const lines = questionsIn(where).flatMap((question) => wholly(build, question))
        const more = [...secretsIn(build).flatMap(landed), ...sourcesOf(build), ...dangling(build)]
        return `${[...lines, ...more].join('\n')}\n`
      },
    ]),
  )
})
