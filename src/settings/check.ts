import { isNull, type YamlMap, type YamlNode } from '../languages/yaml/node.ts'
import type { Problem } from '../text/diagnostic.ts'
import { didYouMean } from '../text/nearest.ts'
import type { Span } from '../text/source.ts'
import type { ObjectShape, SettingShape, TextShape } from './shape.ts'

/** What is wrong with a value that should have a shape. `name` is what the user calls it. */
export function check(node: YamlNode, shape: SettingShape, name: string): readonly Problem[] {
  switch (shape.kind) {
    case 'text':
      return checkText(node, shape, name)
    case 'object':
      return node.kind === 'map' ? checkObject(node, shape, name) : [wrongKind(node, name, 'a mapping')]
    case 'record':
      if (node.kind !== 'map') return [wrongKind(node, name, 'a mapping')]
      return [...node.entries.values()].flatMap(({ key, keySpan, value }) =>
        shape.names.includes(key)
          ? check(value, shape.of, key)
          : [{ span: keySpan, message: `there is no ${shape.what} \`${key}\`${didYouMean(key, shape.names)}` }],
      )
    default:
      if (node.kind === 'list') return node.items.flatMap((item) => check(item, shape.of, name))
      return shape.orOne && node.kind === 'scalar'
        ? check(node, shape.of, name)
        : [wrongKind(node, name, shape.orOne ? 'one text or a list of them' : 'a list')]
  }
}

function checkText(node: YamlNode, { choices, pattern, what }: TextShape, name: string): readonly Problem[] {
  if (node.kind !== 'scalar') return [wrongKind(node, name, 'a text')]
  if (choices && !choices.includes(node.text)) {
    if (what === 'rule')
      return [{ span: node.span, message: `there is no rule \`${node.text}\`${didYouMean(node.text, choices)}` }]
    const allowed = choices.map((one) => `\`${one}\``).join(', ')
    const shown = isNull(node) ? 'empty' : `\`${node.text}\``
    return [
      {
        span: node.span,
        message: `\`${name}\` cannot be ${shown}${didYouMean(node.text, choices)} (one of ${allowed})`,
      },
    ]
  }
  if (node.type !== 'string') {
    const hint = isNull(node) ? `${what} is missing` : `\`${node.text}\` is no text: it needs quotes`
    return [{ span: node.span, message: `\`${name}\`: ${hint}` }]
  }
  if (pattern !== undefined && !new RegExp(pattern).test(node.text))
    return [{ span: node.span, message: `\`${name}\`: \`${node.text}\` is not ${what}` }]
  return []
}

function checkObject(node: YamlMap, { keys }: ObjectShape, name: string): readonly Problem[] {
  const known = Object.keys(keys)
  const missing = known.filter((key) => keys[key]?.required && !node.entries.has(key))
  return [
    ...[...node.entries.values()].flatMap(({ key, keySpan, value }) => {
      const found = Object.hasOwn(keys, key) ? keys[key] : undefined
      if (found === undefined) return [unknownKey(key, keySpan, known)]
      return isNull(value) && !found.required ? [] : check(value, found.shape, key)
    }),
    ...missing.map((key) => ({ span: node.span, message: `\`${name}\` needs \`${key}\`` })),
  ]
}

const unknownKey = (key: string, span: Span, known: readonly string[]): Problem => ({
  span,
  message: `there is no setting \`${key}\`${didYouMean(key, known)}`,
})

const kinds = { map: 'a mapping', list: 'a list', scalar: 'a single value' } as const

const wrongKind = (node: YamlNode, name: string, wanted: string): Problem => ({
  span: node.span,
  message: `\`${name}\` needs ${wanted}, and this is ${isNull(node) ? 'empty' : kinds[node.kind]}`,
})
