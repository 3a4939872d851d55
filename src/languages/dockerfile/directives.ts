import type { Problem } from '../../text/diagnostic.ts'
import { type Source, span } from '../../text/source.ts'
import { indentOf, lineEnds } from './lines.ts'
import type { Directive, Directives, Escape } from './types.ts'

/** The directives at the top of a Dockerfile, and where the rest begins. */
export interface Top {
  readonly directives: Directives
  readonly escape: Escape
  readonly end: number
  readonly problems: readonly Problem[]
}

const known = new Set(['syntax', 'escape', 'check'])

/** Reads `# name=value` lines up to the first line that is none, or that names no directive of BuildKit's. */
export function readDirectives(source: Source, text: string = source.text, start = 0): Top {
  const directives: { -readonly [Name in keyof Directives]: Directives[Name] } = {}
  const problems: Problem[] = []
  let at = text.startsWith('\ufeff', start) ? start + 1 : start
  while (at < text.length) {
    const { end, next } = lineEnds(text, at)
    const read = readDirective(source, at, end)
    if (!read || !known.has(read.name)) break
    const { name, directive } = read
    if (name === 'syntax' || name === 'escape' || name === 'check') {
      if (directives[name])
        problems.push({ span: directive.span, message: `the directive \`${name}\` stands here twice` })
      else directives[name] = directive
    }
    at = next
  }
  const chosen = directives.escape
  if (chosen && chosen.value !== '\\' && chosen.value !== '`') {
    problems.push({ span: chosen.valueSpan, message: 'the escape character must be a backslash or a backtick' })
  }
  return { directives, escape: chosen?.value === '`' ? '`' : '\\', end: at, problems }
}

function readDirective(source: Source, start: number, end: number): { name: string; directive: Directive } | undefined {
  const line = source.text.slice(start, end)
  const indent = indentOf(line)
  const equals = line.indexOf('=')
  if (line[indent] !== '#' || equals < 0) return undefined
  const name = line.slice(indent + 1, equals).trim()
  const value = line.slice(equals + 1).trim()
  if (!/^[a-z][a-z0-9]*$/i.test(name) || value === '') return undefined
  const valueStart = start + equals + 1 + indentOf(line.slice(equals + 1))
  const valueSpan = span(source, valueStart, valueStart + value.length)
  return {
    name: name.toLowerCase(),
    directive: { value, valueSpan, span: span(source, start + indent, valueSpan.end) },
  }
}
