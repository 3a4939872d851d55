import { loadYaml } from '../languages/yaml/load.ts'
import { isNull, mapAt, mapNode, valueAt, type YamlMap, type YamlNode } from '../languages/yaml/node.ts'
import type { Problem, Severity } from '../text/diagnostic.ts'
import { type Source, span } from '../text/source.ts'
import { check } from './check.ts'
import { noSettings, type PathIgnore, type Settings, type Written } from './settings.ts'
import { levels, presets, settingsShape, thresholds } from './shape.ts'

/** Settings that were read, and what is wrong with them: then they do not hold. */
export interface SettingsReading {
  readonly settings: Settings
  readonly problems: readonly Problem[]
}

const mostProblems = 20

/** Reads `.docker-gotchas.yaml`; `below` is the path of the tree's root from its folder. An empty file is fine. */
export function readSettings(source: Source, below = ''): SettingsReading {
  const { documents, problems } = loadYaml(source)
  const [first, second] = documents
  const more = second ? [{ span: second.root.span, message: 'the settings are one document, and this is another' }] : []
  const found = first && !isNull(first.root) ? check(first.root, settingsShape, 'the settings') : []
  const all = [...problems, ...more, ...found].slice(0, mostProblems)
  const root = first?.root.kind === 'map' ? first.root : mapNode([], span(source, 0, 0))
  return { settings: all.length > 0 ? noSettings : settingsOf(root, below), problems: all }
}

function settingsOf(root: YamlMap, below: string): Settings {
  const health = mapAt(root, 'health')
  const one = (key: string) => textsAt(root, key)[0]
  const texts = (key: string) => textsAt(root, key).map(({ text }) => text)
  return {
    preset: presets.find((preset) => preset === one('preset')?.text) ?? 'recommended',
    failOn: thresholds.find((threshold) => threshold === one('fail-on')?.text),
    rules: levelsOf(mapAt(root, 'rules')),
    ignore: itemsOf(valueAt(root, 'ignore')).flatMap(ignoreOf),
    production: texts('production'),
    development: texts('development'),
    service: textsAt(root, 'service'),
    target: one('target'),
    provided: textsAt(root, 'provided'),
    healthPath: health && textsAt(health, 'path')[0],
    baseline: one('baseline'),
    below,
  }
}

const itemsOf = (node: YamlNode | undefined): readonly YamlNode[] =>
  node === undefined || isNull(node) ? [] : node.kind === 'list' ? node.items : [node]

const textsAt = (map: YamlMap, key: string): readonly Written[] =>
  itemsOf(valueAt(map, key)).flatMap((node) => (node.kind === 'scalar' ? [{ text: node.text, span: node.inner }] : []))

function levelsOf(map: YamlMap | undefined): ReadonlyMap<string, Severity | 'off'> {
  const entries = [...(map?.entries.values() ?? [])].flatMap(({ key, value }) => {
    const level = value.kind === 'scalar' ? levels.find((one) => one === value.text) : undefined
    return level ? [[key, level] as const] : []
  })
  return new Map(entries)
}

function ignoreOf(node: YamlNode): readonly PathIgnore[] {
  if (node.kind !== 'map') return []
  const texts = (key: string) => textsAt(node, key).map(({ text }) => text)
  return [{ rules: texts('rules'), paths: texts('paths'), reason: texts('reason')[0] }]
}
