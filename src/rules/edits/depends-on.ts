import type { Service } from '../../model/services/service.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { isWithin, type Source, span, textOf } from '../../text/source.ts'
import { definitionOf, givenKey } from './compose.ts'
import { indentAt, lineStart } from './lines.ts'

/** Lets a service wait until another one is healthy, where `depends_on` is written in a plain way; the others stay as they are. */
export function healthyInstead(service: Service, name: string): readonly Edit[] {
  const own = definitionOf(service)
  const entry = own?.entries.get('depends_on')
  if (!own || !entry || !isWithin(entry.keySpan, own.span) || !isWithin(entry.value.span, own.span)) return []
  const { value, keySpan } = entry
  const { source } = keySpan
  if (value.kind === 'map') {
    const needed = value.entries.get(name)?.value
    const condition = needed?.kind === 'map' ? needed.entries.get('condition')?.value : undefined
    return condition?.kind === 'scalar' ? [{ span: condition.span, text: 'service_healthy' }] : []
  }
  if (value.kind !== 'list') return []
  const items = value.items.map((item) => ({ span: item.span, text: item.kind === 'scalar' ? item.text : '' }))
  if (items.some(({ text }) => !/^[\w.-]+$/.test(text))) return []
  const lines = (item: string, indent: string) =>
    `${item}:\n${indent}  condition: service_${item === name ? 'healthy' : 'started'}`
  const outer = indentAt(source, keySpan.start)
  if (/^\[[^\n#]*\]$/.test(textOf(value.span))) {
    const written = items.map(({ text }) => `\n${outer}  ${lines(text, `${outer}  `)}`).join('')
    return [{ span: span(source, keySpan.end + 1, value.span.end), text: written }]
  }
  const edits = items.map((item): Edit | undefined => {
    const dash = dashOf(source, item.span.start)
    // A list may stand as deep as its key, a mapping may not.
    const indent = indentAt(source, item.span.start)
    const more = indent.length > outer.length ? '' : '  '
    return dash === undefined
      ? undefined
      : { span: span(source, dash, item.span.end), text: `${more}${lines(item.text, indent + more)}` }
  })
  return edits.every((edit) => edit !== undefined) ? edits : []
}

/** Where the dash of an item stands that has its line for itself. */
function dashOf(source: Source, at: number): number | undefined {
  const start = lineStart(source, at)
  const before = /^([\t ]*)-[\t ]+$/.exec(source.text.slice(start, at))
  return before ? start + (before[1] ?? '').length : undefined
}

/** Gives a health check to a service of PostgreSQL or Redis. */
export function databaseProbe(service: Service): Edit | undefined {
  const image = /(?<![\w-])([\w-]+)(?:[:@].*)?$/s.exec(service.image?.name ?? '')?.[1] ?? ''
  const user = service.given.get('POSTGRES_USER')
  const role = user?.kind === 'known' && /^\w+$/.test(user.value) ? user.value : 'postgres'
  const test: string | undefined = /^(postgres|postgis|timescaledb|pgvector)$/.test(image)
    ? `["CMD-SHELL", "pg_isready -U ${role}"]`
    : /^(redis|valkey)$/.test(image)
      ? `["CMD", "${image}-cli", "ping"]`
      : undefined
  return test === undefined ? undefined : givenKey(service, 'healthcheck', [`test: ${test}`, 'interval: 5s'])
}
