import { loadYaml } from '../../languages/yaml/load.ts'
import { mapAt, type YamlEntry, type YamlMap, type YamlNode } from '../../languages/yaml/node.ts'
import type { DeclaredVariable, Service } from '../../model/services/service.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { isWithin, positionAt, type Source, type Span, span, textOf } from '../../text/source.ts'
import { hasOwnLines, indentAt, insertedAt, lineEnd, lineStart, linesAbove, linesOf } from './lines.ts'

/**
 * Gives a variable to a service, in the manner in which its `environment` is written; `value` is what Compose reads,
 * with its `${…}`. Undefined where the service has the variable, or its file is written in a way that we leave alone.
 */
export function givenVariable(service: Service, name: string, value: string): Edit | undefined {
  if (service.platform !== undefined || service.declared.some((variable) => variable.name === name)) return undefined
  const own = definitionOf(service)
  if (own === undefined) return undefined
  const environment = own.entries.get('environment')
  return environment ? inEnvironment(environment, name, value) : withEnvironment(own, name, value)
}

/** Gives a service a key that it does not have, above those that follow by custom. Undefined where its file is written in a way that we leave alone. */
export function givenKey(service: Service, name: string, lines: readonly string[]): Edit | undefined {
  const own = service.platform === undefined ? definitionOf(service) : undefined
  const keys = own ? [...own.entries.values()].map((entry) => entry.keySpan) : []
  const [first] = keys
  if (own === undefined || first === undefined || isFlow(own) || own.entries.has(name)) return undefined
  const { source } = own.span
  const indent = indentAt(source, first.start)
  if (keys.some((key) => key.source !== source || positionAt(source, key.start).column - 1 !== indent.length))
    return undefined
  const text = [`${name}:`, ...lines.map((line) => `  ${line}`)].map((line) => `${indent}${line}`).join('\n')
  const next = keys.find((key) => /^(depends_on|deploy|logging|networks|restart|volumes)$/.test(textOf(key)))
  if (next) return linesAbove(source, next.start, text)
  const end = own.span.start + textOf(own.span).trimEnd().length
  return insertedAt(source, lineEnd(source, end), `\n${text}`)
}

/** A variable that must be set where Compose is called: in its shell or in `.env`. */
export const demanded = (name: string): string => `\${${name}:?set it in .env}`

/** The mapping of a service, where it is written as such. */
export function definitionOf({ name, span: key }: Service): YamlMap | undefined {
  const { source } = key
  for (const { root } of loadYaml(source).documents) {
    const entry = root.kind === 'map' ? mapAt(root, 'services')?.entries.get(name) : undefined
    if (entry?.keySpan.start !== key.start || entry.value.kind !== 'map') continue
    const { value } = entry
    const isHere = value.span.source === source && value.span.start >= entry.keySpan.end
    // An alias or an anchor: what is written there belongs to others as well.
    if (isHere && /^:\s*(#[^\n]*(\n\s*|$))*$/.test(source.text.slice(entry.keySpan.end, value.span.start))) return value
  }
  return undefined
}

/** In quotes where YAML would read something else than a text. */
const scalar = (value: string): string =>
  /^(true|false|yes|no|on|off|null|~|[\d.]+)$/i.test(value) ? `"${value}"` : value

const isFlow = (node: YamlNode): boolean => /^[[{]/.test(textOf(node.span))

/** Another entry behind the last one of `environment`. */
function inEnvironment({ keySpan, value: node }: YamlEntry, name: string, value: string): Edit | undefined {
  const { source } = keySpan
  if (node.span.source !== source || !/^:\s*(#[^\n]*(\n\s*|$))*$/.test(source.text.slice(keySpan.end, node.span.start)))
    return undefined
  if (node.kind === 'scalar') return undefined
  const items = node.kind === 'map' ? [...node.entries.values()].map((entry) => entry.value) : node.items
  const written =
    node.kind === 'map' ? [...node.entries.values()].map((entry) => entry.keySpan) : node.items.map((item) => item.span)
  const [first, last] = [written[0], items.at(-1)?.span]
  if (isFlow(node)) {
    const text = node.kind === 'map' ? `${name}: "${value}"` : `"${name}=${value}"`
    if (last === undefined) return insertedAt(source, node.span.start + 1, text)
    return insertedAt(source, last.end, `, ${text}`)
  }
  if (first === undefined || last === undefined || last.source !== source || last.start < node.span.start)
    return undefined
  const indent = indentAt(source, first.start)
  const dash =
    node.kind === 'list' ? /^[\t ]*(-[\t ]+)/.exec(source.text.slice(lineStart(source, first.start)))?.[1] : ''
  if (dash === undefined) return undefined
  const text = node.kind === 'map' ? `${name}: ${scalar(value)}` : `${dash}${name}=${value}`
  const isPlain = !/^[|>]/.test(textOf(last)) && last.end > last.start
  return isPlain
    ? insertedAt(source, lineEnd(source, last.end), `\n${indent}${text}`)
    : linesAbove(source, first.start, `${indent}${text}`)
}

/** An `environment` of its own, behind the first key of the service. */
function withEnvironment(own: YamlMap, name: string, value: string): Edit | undefined {
  const [first, second] = own.entries.values()
  const { source } = own.span
  if (first === undefined || isFlow(own)) return undefined
  const indent = indentAt(source, first.keySpan.start)
  const depth = positionAt(source, first.keySpan.start).column - 1
  if (indent.length !== depth) return undefined
  const text = `${indent}environment:\n${indent}  ${name}: ${scalar(value)}`
  if (second && indentAt(source, second.keySpan.start).length === depth)
    return linesAbove(source, second.keySpan.start, text)
  if (first.value.kind !== 'scalar' || /^[|>]/.test(textOf(first.value.span))) return undefined
  return insertedAt(source, lineEnd(source, first.value.span.end), `\n${text}`)
}

/** The value of a variable as a compose file writes it, and without quotes. */
function valueIn({ name, valueSpan }: DeclaredVariable): Span | undefined {
  if (valueSpan === undefined) return undefined
  const { source, start, end } = valueSpan
  const text = textOf(valueSpan)
  // The whole entry of a list, `NAME=value`, with or without quotes.
  const listed = new RegExp(`^(["']?)${name}=`).exec(text)
  const quote = listed ? (listed[1] ?? '') : (/^["']/.exec(text)?.[0] ?? '')
  const from = start + (listed ? listed[0].length : quote.length)
  const to = quote !== '' && text.endsWith(quote) ? end - quote.length : end
  return from <= to ? span(source, from, to) : undefined
}

/**
 * Has a variable given where Compose is called, in the quotes that it has, and under the name by which the file asks
 * for it already. Only in compose files.
 */
export function demandedInstead(variable: DeclaredVariable): (Edit & { readonly name: string }) | undefined {
  const at = valueIn(variable)
  if (at === undefined || variable.isLiteral || !isYaml(at.source) || /[\n|>]/.test(textOf(at))) return undefined
  const name = /^\$\{(\w+)[^{}]*\}$/.exec(textOf(at))?.[1] ?? variable.name
  const isQuoted = /["']/.test(at.source.text[at.end] ?? '')
  const needsQuotes = !isQuoted && loadYaml(at.source).documents.some(({ root }) => isInFlow(root, at))
  return { name, span: at, text: needsQuotes ? `"${demanded(name)}"` : demanded(name) }
}

/** Whether a place stands in brackets, in which a brace ends a word without quotes. */
function isInFlow(node: YamlNode, at: Span): boolean {
  if (node.kind === 'scalar' || !isWithin(at, node.span)) return false
  if (isFlow(node)) return true
  const inner = node.kind === 'map' ? [...node.entries.values()].map(({ value }) => value) : node.items
  return inner.some((one) => isInFlow(one, at))
}

const isYaml = ({ path }: Source): boolean => /\.ya?ml$/.test(path)

/** Takes a variable out of the environment of a service, where it has a line for itself and is not the only one. */
export function withoutVariable(variable: DeclaredVariable): Edit | undefined {
  if (variable.isLiteral) return undefined
  const { span: name, valueSpan } = variable
  const { source } = name
  const all = span(source, name.start, Math.max(name.end, valueSpan?.end ?? 0))
  const line = source.text.slice(lineStart(source, all.start), lineEnd(source, all.end))
  if (/\n|#/.test(line) || (valueSpan && valueSpan.source !== source)) return undefined
  const rest = line.replace(/^[\t ]*(-[\t ]+)?["']?/, '')
  const isAlone = rest.startsWith(variable.name) || hasOwnLines(all)
  if (!isAlone) return undefined
  if (!isYaml(source)) return { span: linesOf(all), text: '' }
  const depth = indentAt(source, all.start).length
  const sibling = (at: number) => {
    const text = source.text.slice(lineStart(source, at), lineEnd(source, at))
    return text.trim() !== '' && /^[\t ]*/.exec(text)?.[0].length === depth
  }
  const start = lineStart(source, all.start)
  const isOnly =
    !(start > 0 && sibling(start - 1)) &&
    !(lineEnd(source, all.end) + 1 < source.text.length && sibling(lineEnd(source, all.end) + 1))
  return isOnly ? undefined : { span: linesOf(all), text: '' }
}
