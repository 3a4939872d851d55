/** `${NAME<operator>argument}`. */
export interface Braced {
  readonly kind: 'braced'
  readonly start: number
  readonly end: number
  readonly name: string
  readonly operator: ':-' | '-' | ':?' | '?' | ':+' | '+'
  readonly argument: string
  readonly argumentStart: number
}

/** A place of a template that is not plain text. */
export type VariablePlace =
  | Braced
  | { readonly kind: 'plain'; readonly start: number; readonly end: number; readonly name: string }
  | { readonly kind: 'escaped'; readonly start: number; readonly end: number }
  | { readonly kind: 'invalid'; readonly start: number; readonly end: number }

const nameAt = /[_a-zA-Z\u017f\u212a][_a-zA-Z0-9\u017f\u212a]*/y
const operatorAt = /:?[-+?]/y
const operators = [':-', '-', ':?', '?', ':+', '+'] as const

/** Finds the variables of a template, from left to right. */
export interface VariableScanner {
  /** The first variable from `from` on. */
  next(from: number): VariablePlace | undefined
}

/**
 * Finds variables as compose-go's pattern and its search for the closing brace see them: an argument is looked for up to
 * the last brace of its line, then cut at the brace that closes it.
 */
export function variableScanner(template: string): VariableScanner {
  const line = { end: -1, lastBrace: -1 }
  const lastBraceOfLine = (from: number): number | undefined => {
    if (from > line.end) {
      const newline = template.indexOf('\n', from)
      line.end = newline === -1 ? template.length : newline
      line.lastBrace = template.slice(from, line.end).lastIndexOf('}')
      if (line.lastBrace !== -1) line.lastBrace += from
    }
    return line.lastBrace >= from ? line.lastBrace : undefined
  }
  const next = (from: number): VariablePlace | undefined => {
    for (let start = template.indexOf('$', from); start !== -1; start = template.indexOf('$', start + 1)) {
      const behind = template[start + 1]
      if (behind === '$') return { kind: 'escaped', start, end: start + 2 }
      if (behind === '{') return braced(template, start, lastBraceOfLine)
      const name = match(nameAt, template, start + 1)
      if (name !== undefined) return { kind: 'plain', start, end: start + 1 + name.length, name }
    }
    return undefined
  }
  return { next }
}

function braced(template: string, start: number, lastBraceOfLine: (from: number) => number | undefined): VariablePlace {
  const invalid = { kind: 'invalid', start, end: start + 2 } as const
  const name = match(nameAt, template, start + 2)
  if (name === undefined) return invalid
  const behind = start + 2 + name.length
  if (template[behind] === '}') return { kind: 'plain', start, end: behind + 1, name }
  const written = match(operatorAt, template, behind)
  const operator = operators.find((known) => known === written)
  if (operator === undefined) return invalid
  const argumentStart = behind + operator.length
  const last = lastBraceOfLine(argumentStart)
  if (last === undefined) return invalid
  const closing = closingBrace(template, start, last) ?? last
  return {
    kind: 'braced',
    start,
    end: closing + 1,
    name,
    operator,
    argument: template.slice(argumentStart, closing),
    argumentStart,
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** compose-go skips the character behind every opening brace. */
function closingBrace(template: string, start: number, last: number): number | undefined {
  let open = 0
  for (let at = start; at <= last; at += 1) {
    if (template[at] === '}') {
      open -= 1
      if (open === 0) return at
    } else if (template[at] === '{') {
      open += 1
      at += 1
    }
  }
  return undefined
}
