import { posix } from 'node:path'
import { type Source, span } from '../../text/source.ts'
import { pairsOf } from '../compose/service/environment.ts'
import { mapsAt, scalarAt, textAt, tracedAt } from '../compose/service/values.ts'
import type { TracedText } from '../compose/service-types.ts'
import { loadYaml } from '../yaml/load.ts'
import { mapAt, textNode, valueAt, type YamlMap, type YamlNode } from '../yaml/node.ts'
import { damageOf, plainCall, plainCheck } from './plain.ts'
import type { PlatformBuild, PlatformCall, PlatformCheck, PlatformFile } from './types.ts'
import { inShell, wordsOf } from './words.ts'

const ofHeroku = /^(PORT|DYNO|HEROKU_\w+)$/
const ofDokku = /^(PORT|DOKKU_\w+)$/

/** What the heroku.yml files start of Dockerfiles (Heroku, "Building Docker Images with heroku.yml"). */
export const readHeroku = (sources: readonly Source[]): readonly PlatformFile[] =>
  sources.map((source) => ({
    ...fileOf(source),
    damage: damageOf(source),
    calls: loadYaml(source).documents.flatMap(({ root }) => (root.kind === 'map' ? processesOf(root, source) : [])),
  }))

const fileOf = ({ path }: Source): PlatformFile => ({
  platform: 'heroku',
  path,
  calls: [],
  builds: [],
  damage: undefined,
  leftOut: [],
})

function processesOf(root: YamlMap, source: Source): readonly PlatformCall[] {
  const images = [...(mapAt(mapAt(root, 'build') ?? root, 'docker')?.entries.values() ?? [])]
  const run = mapAt(root, 'run')
  const builds = new Map(images.map(({ key, value }) => [key, buildOf(value, root, source)]))
  const names = new Set([...images.map(({ key }) => key), ...(run?.entries.keys() ?? [])])
  const processes = [...names].flatMap((name): readonly PlatformCall[] => {
    const entry = run?.entries.get(name)
    const node = entry?.value
    const image = (node?.kind === 'map' && textAt(node, 'image')) || name
    const build = builds.get(image)
    const at = entry?.keySpan ?? images.find(({ key }) => key === name)?.keySpan
    if (build === undefined || at === undefined) return []
    return [
      {
        ...plain,
        name,
        subject: `the process \`${name}\` on Heroku`,
        span: at,
        region: at,
        build,
        command: commandOf(node),
      },
    ]
  })
  const release = mapAt(root, 'release')
  const command = release && valueAt(release, 'command')
  const build = release && builds.get(textAt(release, 'image') ?? 'web')
  if (release === undefined || command === undefined || build === undefined) return processes
  const at = command.span
  const subject = 'the release phase on Heroku'
  return [
    ...processes,
    { ...plain, name: 'release', subject, span: at, region: at, build, command: commandOf(release) },
  ]
}

const plain = {
  ...plainCall,
  variables: [],
  open: 'the config vars of the app may set it',
  always: ofHeroku,
} as const

/** A command that a shell reads: a text, or the lines of a list one after the other. */
function commandOf(node: YamlNode | undefined): readonly TracedText[] | undefined {
  if (node?.kind === 'map') return commandOf(valueAt(node, 'command'))
  if (node?.kind === 'scalar') return inShell(node)
  const [only, ...more] = node?.kind === 'list' ? node.items : []
  return only?.kind === 'scalar' && more.length === 0 ? inShell(only) : wordsOf(node)
}

function buildOf(node: YamlNode, root: YamlMap, source: Source): PlatformBuild | undefined {
  const named = node.kind === 'map' ? scalarAt(node, 'dockerfile') : node.kind === 'scalar' ? node : undefined
  if (named === undefined) return undefined
  const path = posix.join(posix.dirname(source.path), named.text)
  const folder = posix.dirname(path)
  return {
    context: { folder: folder === '.' ? '' : folder, span: named.span },
    dockerfile: { path, span: named.span },
    target: node.kind === 'map' ? tracedAt(node, 'target') : undefined,
    args: pairsOf(mapAt(mapAt(root, 'build') ?? root, 'config')),
    platforms: [],
    span: named.span,
  }
}

/**
 * What Dokku starts of a Dockerfile: the lines of the Procfile beside an app.json that speaks of Dokku, or has its health
 * checks (dokku.com, "Dockerfile Deployment"). The app.json of Heroku is about buildpacks.
 */
export const readDokku = (
  sources: readonly Source[],
  at: (path: string) => Source | undefined,
): readonly PlatformFile[] =>
  sources.flatMap((source): readonly PlatformFile[] => {
    const [document] = loadYaml(source).documents
    const root = document?.root
    const dockerfile = posix.join(posix.dirname(source.path), 'Dockerfile')
    if (root?.kind !== 'map' || at(dockerfile) === undefined) return []
    const scripts = mapAt(mapAt(root, 'scripts') ?? root, 'dokku')
    const checks = mapAt(root, 'healthchecks')
    if (scripts === undefined && checks === undefined) return []
    const top = span(source, 0, 0)
    const folder = posix.dirname(dockerfile)
    const context = { folder: folder === '.' ? '' : folder, span: top }
    const build = {
      context,
      dockerfile: { path: dockerfile, span: top },
      target: undefined,
      args: [],
      platforms: [],
      span: top,
    }
    const base = { ...plain, always: ofDokku, open: '`dokku config:set` may set it', build }
    const procfile = at(posix.join(posix.dirname(source.path), 'Procfile'))
    const written = procfile ? linesOf(procfile) : []
    const lines = written.length > 0 ? written : [{ name: 'web', at: top, command: undefined }]
    const made = lines.map(
      ({ name, at: place, command }): PlatformCall => ({
        ...base,
        name,
        subject: `the process \`${name}\` on Dokku`,
        span: place,
        region: place,
        command,
        checks: checks ? mapsAt(checks, name).flatMap(checkOf) : [],
      }),
    )
    const before = ['predeploy', 'postdeploy'].flatMap((key): readonly PlatformCall[] => {
      const node = scripts && scalarAt(scripts, key)
      const subject = `the script \`${key}\` of Dokku`
      return node ? [{ ...base, name: key, subject, span: node.span, region: node.span, command: inShell(node) }] : []
    })
    return [{ ...fileOf(source), calls: [...made, ...before] }]
  })

function checkOf(check: YamlMap): readonly PlatformCheck[] {
  const path = scalarAt(check, 'path')
  const port = { kind: 'unknown', why: 'Dokku knows the port', trail: [] } as const
  return path ? [{ ...plainCheck(path, port), isLiveness: textAt(check, 'type') === 'liveness' }] : []
}

/** The processes of a Procfile: a name, a colon and what a shell reads. */
function linesOf(source: Source) {
  return [...source.text.matchAll(/^([\w-]+):[ \t]*(\S[^\r\n]*)/gm)].map(
    ({ index, 0: whole, 1: name = '', 2: text = '' }) => {
      const end = index + whole.length
      const place = span(source, end - text.length, end)
      return { name, at: place, command: inShell(textNode(text.trimEnd(), place)) }
    },
  )
}
