import type { Label, Problem } from '../../text/diagnostic.ts'
import { gap, type Known, longestValue, tooLong } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { EnvFileVariable, EnvLookup } from './types.ts'
import { type Braced, variableScanner } from './variables.ts'

/** A template with its variables replaced. */
export interface Substitution {
  /** The text, with `gap` where it is not known. */
  readonly text: string
  /** Why the text is not fully known; undefined where it is. */
  readonly unknown: string | undefined
  readonly trail: readonly Label[]
  /** Why Compose refuses the template: the first reason. */
  readonly problem: Problem | undefined
  /** Variables that are replaced by nothing because nobody sets them. */
  readonly warnings: readonly Problem[]
  readonly variables: readonly EnvFileVariable[]
}

interface Substituting {
  readonly lookup: EnvLookup
  readonly place: (start: number, end: number) => Span
  readonly trail: Label[]
  readonly warnings: Problem[]
  readonly variables: EnvFileVariable[]
  /** Of the values that were put in. */
  length: number
  unknown: string | undefined
  problem: Problem | undefined
}

const deepest = 40
const longestTrail = 50

/**
 * Replaces `$NAME`, `${NAME}` and the forms with an operator in `template`, as compose-go's template package does;
 * `place` gives the span of a range of the template.
 */
export function substitute(
  template: string,
  lookup: EnvLookup,
  place: (start: number, end: number) => Span,
): Substitution {
  const run: Substituting = {
    lookup,
    place,
    trail: [],
    warnings: [],
    variables: [],
    length: 0,
    unknown: undefined,
    problem: undefined,
  }
  const text = template.includes('$') ? expand(run, template, 0, 0) : template
  const { warnings, variables, unknown, problem } = run
  return { text, unknown, trail: run.trail.slice(0, longestTrail), problem, warnings, variables }
}

function expand(run: Substituting, template: string, base: number, depth: number): string {
  const scanner = variableScanner(template)
  let text = ''
  let at = 0
  while (at < template.length) {
    const found = scanner.next(at)
    if (found === undefined) break
    text += template.slice(at, found.start)
    at = found.end
    const here = run.place(base + found.start, base + found.end)
    if (found.kind === 'escaped') text += '$'
    else if (found.kind === 'invalid') {
      run.problem ??= {
        span: here,
        message: 'this is no form of a variable that Compose knows: a `$` that is meant is written `$$`',
      }
    } else if (found.kind === 'plain') text += plain(run, found.name, here)
    else text += withOperator(run, found, base, here, depth)
  }
  return text + template.slice(at)
}

function plain(run: Substituting, name: string, here: Span): string {
  const value = run.lookup(name)
  run.variables.push({ name, span: here, operator: '', argument: '', value })
  if (value.kind === 'unset')
    run.warnings.push({ span: here, message: `the variable \`${name}\` is not set: it becomes empty` })
  if (value.kind === 'unknown' && value.isLacking) {
    run.trail.push({ span: here, text: `\`${name}\` is in no env file, and so empty unless the shell sets it` })
    return ''
  }
  return take(run, name, value, here)
}

function take(run: Substituting, name: string, found: Known<string>, here: Span): string {
  if (found.kind === 'known') run.length += found.value.length
  const value = run.length > longestValue ? tooLong() : found
  if (value.kind === 'known') {
    run.trail.push(...value.trail, { span: here, text: `\`${name}\` is put in here` })
    return value.value
  }
  if (value.kind === 'unset') return ''
  run.unknown ??= value.why
  run.trail.push(...value.trail, { span: here, text: `\`${name}\` is put in here; nobody sets it` })
  return value.partial ?? gap
}

function withOperator(run: Substituting, found: Braced, base: number, here: Span, depth: number): string {
  const { name, operator, argument } = found
  const value = run.lookup(name)
  run.variables.push({ name, span: here, operator, argument, value })
  const nested = (): string => {
    if (depth < deepest) return expand(run, argument, base + found.argumentStart, depth + 1)
    run.problem ??= { span: here, message: 'variables are nested too deeply to be read', bound: true }
    return argument
  }
  const missing = value.kind === 'unset' || (value.kind === 'known' && value.value === '' && operator.startsWith(':'))
  switch (operator) {
    case ':-':
    case '-':
      if (value.kind === 'known' && !missing) return take(run, name, value, here)
      run.trail.push({
        span: here,
        text:
          value.kind === 'unknown'
            ? `\`${name}\` falls back to its default, unless the shell sets it`
            : `\`${name}\` falls back to its default`,
      })
      return nested()
    case ':+':
    case '+':
      if (value.kind === 'unknown') return take(run, name, value, here)
      return missing ? '' : nested()
    default: {
      if (!missing) return take(run, name, value, here)
      const reason = nested()
      run.problem ??= {
        span: here,
        message: `the required variable \`${name}\` is missing a value${reason === '' ? '' : `: ${reason}`}`,
      }
      return ''
    }
  }
}
