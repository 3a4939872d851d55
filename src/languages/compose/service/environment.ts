import { gap, type Known, known, unset } from '../../../text/known.ts'
import type { ScalarNode, YamlNode } from '../../yaml/node.ts'
import { complain, type Gathered, type LoadEnvironment } from '../problems.ts'
import type { EnvironmentEntry, NamedText } from '../service-types.ts'
import { placesOfPair, toKnown } from './values.ts'

/**
 * The entries of `environment` or of a build's `args`, by name, in the order in which they are written. Names without a
 * value take it from `environment`; in a list, a name that ends in white space is a problem.
 */
export function entriesOf(
  gathered: Gathered,
  node: YamlNode | undefined,
  environment: LoadEnvironment,
): ReadonlyMap<string, EnvironmentEntry> {
  const entries = new Map<string, EnvironmentEntry>()
  if (node?.kind === 'map') {
    for (const { key, keySpan, value, earlier } of node.entries.values()) {
      if (value.kind !== 'scalar') continue
      const traced: ScalarNode = { ...value, trail: [...earlier, ...value.trail] }
      const entry = { name: key, from: 'environment', nameSpan: keySpan } as const
      const trail = [{ span: value.span, text: `\`${key}\` is set here` }]
      if (value.type === 'null')
        entries.set(key, { ...entry, value: passed(key, traced, environment), passedThrough: true, span: keySpan })
      else
        entries.set(key, {
          ...entry,
          value: toKnown(traced, value.text, trail),
          passedThrough: false,
          span: value.span,
        })
    }
  }
  for (const item of node?.kind === 'list' ? node.items : []) {
    const entry = item.kind === 'scalar' ? entryOfItem(gathered, item, environment) : undefined
    if (entry) entries.set(entry.name, entry)
  }
  return entries
}

function entryOfItem(gathered: Gathered, item: ScalarNode, environment: LoadEnvironment): EnvironmentEntry | undefined {
  const equals = item.text.indexOf('=')
  const name = equals === -1 ? item.text : item.text.slice(0, equals)
  const { nameSpan, valueSpan } = placesOfPair(item)
  if (name.includes(gap)) return undefined
  if (/[\s\x85]$/.test(name)) return complain(gathered, nameSpan, `the name \`${name.trimEnd()}\` ends in white space`)
  const entry = { name, from: 'environment', nameSpan, span: valueSpan } as const
  if (equals === -1) return { ...entry, value: passed(name, item, environment), passedThrough: true }
  const label = { span: valueSpan, text: `\`${name}\` is set here` }
  return {
    ...entry,
    value: toKnown(item, item.text.slice(equals + 1), [label]),
    passedThrough: item.pair?.hasValue === false,
  }
}

function passed(name: string, node: ScalarNode, environment: LoadEnvironment): Known<string> {
  const value = environment(name)
  const trail = [
    ...node.trail,
    ...value.trail,
    { span: node.pair?.keySpan ?? node.span, text: `\`${name}\` is passed through here` },
  ]
  return { ...value, trail }
}

/** `KEY: value` or `KEY=value` pairs that are no environment, such as labels: nothing counts as empty. */
export function pairsOf(node: YamlNode | undefined): readonly NamedText[] {
  const entries = entriesOf(silent(), node, () => unset())
  return [...entries.values()].map(({ name, nameSpan, value, span }) => ({
    name,
    nameSpan,
    span,
    value: value.kind === 'unset' ? known('', value.trail) : value,
  }))
}

const silent = (): Gathered => ({
  input: { read: () => undefined, workingDirectory: '', shell: { get: () => unset() } },
  problems: [],
  damages: [],
  elsewhere: [],
  warnings: [],
  variables: [],
  sources: new Map(),
})
