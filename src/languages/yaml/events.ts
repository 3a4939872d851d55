import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml'
import { breakIn } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { lenient, mask } from './lenient.ts'
import { reasonOf, unknownEscape } from './reasons.ts'

interface RawBase {
  readonly tag: string
  readonly anchor: string
}

export interface RawScalar extends RawBase {
  readonly kind: 'scalar'
  readonly text: string
  readonly plain: boolean
  readonly span: Span
  readonly inner: Span
}

export interface RawMap extends RawBase {
  readonly kind: 'map'
  readonly pairs: (readonly [RawNode, RawNode])[]
  span: Span
}

export interface RawList extends RawBase {
  readonly kind: 'list'
  readonly items: RawNode[]
  span: Span
}

export interface RawAlias {
  readonly kind: 'alias'
  readonly name: string
  readonly target: RawNode | undefined
  readonly span: Span
}

/** A YAML node before anchors, merge keys and types are resolved. */
export type RawNode = RawScalar | RawMap | RawList | RawAlias

export interface RawDocuments {
  readonly documents: readonly RawNode[]
  readonly problems: readonly Problem[]
}

const deepest = 200

/** JSON's `\\/`, which Go's YAML library does not know. */
const slashEscape = /(?:^|[^\\])(?:\\\\)*\\\//

interface Open {
  readonly node: RawMap | RawList
  readonly flow: boolean
  key: RawNode | undefined
}

/** The documents of a YAML file with the place of every node; what stands before an error is still given. */
export function readEvents(source: Source): RawDocuments {
  const base = source.text.startsWith('\ufeff') ? 1 : 0
  const broken = breakIn(source)
  const text = source.text.slice(base, broken?.span.start)
  if (broken) return { documents: salvage(source, text, text.length, base), problems: [broken] }
  const strict = attempt(source, text, base)
  if (!('reason' in strict)) return strict
  const relaxed = attempt(source, lenient(text), base)
  if (!('reason' in relaxed)) return relaxed
  const problem = { span: wordAt(source, base + strict.at), ...reasonOf(strict.reason) }
  return { documents: salvage(source, text, strict.at, base), problems: [problem] }
}

/** What can be read of the lines before an error: more and more of them are left out until the rest is YAML. */
function salvage(source: Source, text: string, errorAt: number, base: number): readonly RawNode[] {
  let end = errorAt
  for (let lines = 1; lines <= 256 && end > 0; lines *= 2) {
    for (let left = lines; left > 0 && end > 0; left -= 1) end = text.lastIndexOf('\n', end - 2) + 1
    const rest = attempt(source, text.slice(0, end), base)
    if (!('reason' in rest)) return rest.documents
  }
  return []
}

function attempt(
  source: Source,
  text: string,
  base: number,
): RawDocuments | { readonly reason: string; readonly at: number } {
  try {
    return build(source, text, base, parseEvents(text, { maxDepth: deepest }))
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    return { reason: error.reason, at: error.mark?.position ?? 0 }
  }
}

function wordAt(source: Source, at: number): Span {
  const rest = /^[^\s]*/.exec(source.text.slice(at, at + 80))?.[0] ?? ''
  return span(source, at, at + rest.length)
}

function build(source: Source, text: string, base: number, events: readonly Event[]): RawDocuments {
  const documents: RawNode[] = []
  const problems: Problem[] = []
  const open: Open[] = []
  let anchors = new Map<string, RawNode>()
  let reached = 0
  const place = (start: number, end: number) => span(source, base + start, base + end)
  const slice = (start: number, end: number) => (start < 0 ? '' : text.slice(start, end))

  const add = (node: RawNode) => {
    const parent = open.at(-1)
    if (parent === undefined) documents.push(node)
    else if (parent.node.kind === 'list') parent.node.items.push(node)
    else if (parent.key === undefined) parent.key = node
    else {
      parent.node.pairs.push([parent.key, node])
      parent.key = undefined
    }
  }
  const remember = (node: RawNode & RawBase) => {
    if (node.anchor !== '') anchors.set(node.anchor, node)
    add(node)
  }

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        anchors = new Map()
        if (event.directives.some((one) => one.kind === 'yaml' && one.version !== '1.1')) {
          problems.push({
            span: wordAt(source, base + Math.max(0, text.indexOf('%YAML'))),
            message: 'Compose reads YAML 1.1 only, and this says that it is another',
          })
        }
        break
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const common = {
          tag: slice(event.tagStart, event.tagEnd),
          anchor: slice(event.anchorStart, event.anchorEnd),
          span: place(event.start, event.start),
        }
        const node: RawMap | RawList =
          event.type === EVENT_ID.MAPPING
            ? { kind: 'map', pairs: [], ...common }
            : { kind: 'list', items: [], ...common }
        remember(node)
        open.push({ node, flow: event.style === 2, key: undefined })
        reached = event.start
        break
      }
      case EVENT_ID.SCALAR: {
        const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
        const written = event.valueStart >= 0
        const emptyPlace = afterIndicator(text, Math.max(reached, event.tagEnd))
        const inner = written
          ? place(event.valueStart, endOfText(text, event.valueStart, event.valueEnd))
          : place(emptyPlace, emptyPlace)
        const outer = quoted ? place(event.valueStart - 1, event.valueEnd + 1) : inner
        remember({
          kind: 'scalar',
          text: written ? getScalarValue(text, event).replaceAll(mask, '') : '',
          plain: event.style === SCALAR_STYLE.PLAIN,
          tag: slice(event.tagStart, event.tagEnd),
          anchor: slice(event.anchorStart, event.anchorEnd),
          span: outer,
          inner,
        })
        if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && slashEscape.test(slice(event.valueStart, event.valueEnd))) {
          problems.push({ span: outer, ...unknownEscape })
        }
        if (written) reached = event.valueEnd + (quoted ? 1 : 0)
        break
      }
      case EVENT_ID.ALIAS: {
        const name = slice(event.anchorStart, event.anchorEnd)
        const here = place(event.anchorStart - 1, event.anchorEnd)
        const target = anchors.get(name)
        if (target === undefined)
          problems.push({ span: here, message: `the anchor \`${name}\` is not defined before this` })
        add({ kind: 'alias', name, target, span: here })
        reached = event.anchorEnd
        break
      }
      default: {
        const closed = open.pop()
        if (closed !== undefined) {
          if (closed.flow) reached = closingBracket(text, reached, closed.node.kind === 'map' ? '}' : ']')
          closed.node.span = span(source, closed.node.span.start, base + reached)
        }
      }
    }
  }
  return { documents, problems }
}

/** Behind the `:` or `-` that introduces an empty value. */
function afterIndicator(text: string, from: number): number {
  const found = /[:?-]/.exec(text.slice(from, from + 200))
  return found && !/[^\s"'\]}]/.test(text.slice(from, from + found.index)) ? from + found.index + 1 : from
}

function endOfText(text: string, start: number, end: number): number {
  let at = end
  while (at > start && /[\r\n]/.test(text[at - 1] ?? '')) at -= 1
  return at
}

function closingBracket(text: string, from: number, bracket: string): number {
  let at = from
  while (at < text.length && text[at] !== bracket) {
    if (text[at] === '#' && /\s/.test(text[at - 1] ?? ' ')) {
      const newline = text.indexOf('\n', at)
      at = newline === -1 ? text.length : newline
    } else at += 1
  }
  return Math.min(at + 1, text.length)
}
