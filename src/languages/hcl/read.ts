import { gap } from '../../text/known.ts'
import { type Source, span } from '../../text/source.ts'
import type { ScalarNode, YamlEntry, YamlMap, YamlNode } from '../yaml/node.ts'

/** A block, as `target "app" { … }`. */
export interface HclBlock {
  readonly type: string
  readonly label: string | undefined
  readonly body: YamlMap
}

const deepest = 50
/** White space and comments; a comma parts items. */
const blank = /[\s,]+|#[^\n]*|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/y

/**
 * The blocks at the top of an HCL file, as far as files of Docker Bake need it (HCL native syntax): texts, numbers, lists
 * and objects with their places. What is computed is not known; what cannot be read ends the reading.
 */
export function readHcl(source: Source): readonly HclBlock[] {
  const { text } = source
  let at = 0
  const blocks: HclBlock[] = []
  for (;;) {
    skip()
    const name = word()
    if (name === undefined) return blocks
    const labels: string[] = []
    for (skip(); text[at] === '"'; skip()) labels.push(string().text)
    if (text[at] !== '{') {
      // An attribute of the file itself, which means nothing to Bake.
      restOfLine()
      continue
    }
    blocks.push({ type: name, label: labels[0], body: body('}', 0) })
  }

  /** What a sticky pattern finds here. */
  function here(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }

  function skip(): void {
    for (let found = here(blank); found !== undefined; found = here(blank)) at += found.length
  }

  function word(): string | undefined {
    const found = here(/[A-Za-z_][\w-]*/y)
    at += found?.length ?? 0
    return found
  }

  function restOfLine(): void {
    while (at < text.length && text[at] !== '\n') at += 1
  }

  /** The pairs of a block or an object, whose bracket is not read yet. */
  function body(close: string, depth: number): YamlMap {
    const start = at
    at += 1
    const entries = new Map<string, YamlEntry>()
    for (;;) {
      skip()
      if (at >= text.length || text[at] === close) break
      const from = at
      const key = text[at] === '"' ? string().text : word()
      const keySpan = span(source, from, at)
      skip()
      if (key === undefined) at = text.length
      else if (text[at] === '=' || text[at] === ':') {
        at += 1
        entries.set(key, { key, keySpan, value: value(depth + 1), earlier: [] })
      } else if (text[at] === '{' || text[at] === '"') {
        while (text[at] === '"') {
          string()
          skip()
        }
        if (text[at] === '{' && depth < deepest) body('}', depth + 1)
        else at = text.length
      } else restOfLine()
    }
    at = Math.min(at + 1, text.length)
    return { kind: 'map', entries, span: span(source, start, at) }
  }

  function value(depth: number): YamlNode {
    skip()
    const start = at
    if (depth > deepest) at = text.length
    const plain = plainValue(depth)
    // What goes on behind a value on its line is an expression.
    if (plain !== undefined && here(/[ \t\r]*(?:[\n,\]}#]|\/\/|\/\*|$)/y) !== undefined) return plain
    at = start
    expression()
    return scalar('string', gap, start, 'it is computed')
  }

  function plainValue(depth: number): YamlNode | undefined {
    const start = at
    if (text[at] === '"') return string()
    if (text[at] === '{') return body('}', depth)
    if (text[at] === '[') {
      at += 1
      const items: YamlNode[] = []
      for (skip(); at < text.length && text[at] !== ']'; skip()) items.push(value(depth + 1))
      at = Math.min(at + 1, text.length)
      return { kind: 'list', items, span: span(source, start, at) }
    }
    const found = here(/-?\d[\d.]*|true\b|false\b|null\b/y)
    if (found === undefined) return undefined
    at += found.length
    const type = found === 'null' ? 'null' : /^[tf]/.test(found) ? 'bool' : 'int'
    return scalar(type, found, start)
  }

  /** Passes over an expression: to the end of its line, or to a comma or bracket around it. */
  function expression(): void {
    const from = at
    let open = 0
    while (at < text.length) {
      const character = text[at] ?? ''
      if (character === '"') {
        string()
        continue
      }
      if (open === 0 && /[\n,\]})]/.test(character)) break
      if (/[[{(]/.test(character)) open += 1
      if (/[\]})]/.test(character)) open -= 1
      at += 1
    }
    if (at === from) at += 1
  }

  /** A text in quotes; what stands in `${…}` is not known. */
  function string(): ScalarNode {
    const start = at
    at += 1
    let read = ''
    let isKnown = true
    while (at < text.length && text[at] !== '"' && text[at] !== '\n') {
      if (text.startsWith('${', at) || text.startsWith('%{', at)) {
        isKnown = false
        read += gap
        const end = text.indexOf('}', at)
        at = end === -1 ? text.length : end + 1
      } else {
        if (text[at] === '\\') at += 1
        read += text[at] ?? ''
        at += 1
      }
    }
    at = Math.min(at + 1, text.length)
    return scalar('string', read, start, isKnown ? undefined : 'a variable of Bake is put into it', 1)
  }

  function scalar(type: ScalarNode['type'], read: string, start: number, unknown?: string, quotes = 0): ScalarNode {
    const inner = span(source, start + quotes, Math.max(start + quotes, at - quotes))
    return { kind: 'scalar', type, text: read, unknown, span: span(source, start, at), inner, trail: [] }
  }
}
