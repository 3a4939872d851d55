import type { Problem } from '../../text/diagnostic.ts'
import { type Source, span } from '../../text/source.ts'
import { lineEnds } from './lines.ts'
import { directiveLines } from './outline/outline.ts'
import type { Directives, Escape } from './types.ts'

/** The directives at the top of a Dockerfile, and where the rest begins. */
export interface DockerfileTop {
  readonly directives: Directives
  readonly escape: Escape
  readonly end: number
  readonly problems: readonly Problem[]
}

/** Reads `# name=value` lines up to the first line that is none, or that names no directive of BuildKit's. */
export function readDirectives(source: Source, text: string = source.text, start = 0): DockerfileTop {
  const directives: { -readonly [Name in keyof Directives]: Directives[Name] } = {}
  const problems: Problem[] = []
  let at = text.startsWith('\ufeff', start) ? start + 1 : start
  for (const line of directiveLines(text, at)) {
    const name = text.slice(line.name.start, line.name.end).toLowerCase()
    let end = line.end
    while (end > line.value + 1 && '\t\f\r '.includes(text[end - 1] ?? '')) end--
    const isDirective = line.value < line.end && /^[\t\f\r ]*=/.test(text.slice(line.name.end, line.value))
    if (!isDirective || (name !== 'syntax' && name !== 'escape' && name !== 'check')) break
    const valueSpan = span(source, line.value, end)
    const directive = { value: text.slice(line.value, end), valueSpan, span: span(source, line.start, valueSpan.end) }
    if (directives[name])
      problems.push({ span: directive.span, message: `the directive \`${name}\` stands here twice` })
    else directives[name] = directive
    at = lineEnds(text, line.end).next
  }
  const chosen = directives.escape
  if (chosen && chosen.value !== '\\' && chosen.value !== '`') {
    problems.push({ span: chosen.valueSpan, message: 'the escape character must be a backslash or a backtick' })
  }
  return { directives, escape: chosen?.value === '`' ? '`' : '\\', end: at, problems }
}
