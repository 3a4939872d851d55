import { type Span, span, textOf } from '../../text/source.ts'

/** `# docker-gotchas ignore=rule,rule -- reason` */
export interface IgnoreDirective {
  readonly kind: 'ignore'
  /** `global ignore=`: it is about the whole file. */
  readonly global: boolean
  readonly ids: readonly { readonly id: string; readonly span: Span }[]
  readonly reason: string | undefined
}

/** A comment that means to be a directive and is none. */
export interface Malformed {
  readonly kind: 'malformed'
}

const meant = /^#+[ \t]*docker-gotchas:?[ \t]+(?:global[ \t]+)?(?:ignor|disabl|suppress)/i
const head = /^#+[ \t]*docker-gotchas[ \t]+(global[ \t]+)?ignore[ \t]*=[ \t]*/
const ids = /^[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*/
const longestComment = 2000

/** Reads a comment, from its `#` on; undefined where it says nothing to us. */
export function readDirective(comment: Span): IgnoreDirective | Malformed | undefined {
  const text = textOf(comment).slice(0, longestComment)
  if (!meant.test(text)) return undefined
  const begin = head.exec(text)
  const from = begin?.[0].length ?? 0
  const list = begin && ids.exec(text.slice(from))?.[0]
  if (!list) return { kind: 'malformed' }
  const rest = text.slice(from + list.length).trim()
  if (rest !== '' && !/^--(?!\S*-)/.test(rest)) return { kind: 'malformed' }
  const reason = rest.slice(2).trim()
  return {
    kind: 'ignore',
    global: begin[1] !== undefined,
    ids: [...list.matchAll(/[\w-]+/g)].map(({ 0: id, index }) => {
      const start = comment.start + from + index
      return { id, span: span(comment.source, start, start + id.length) }
    }),
    reason: reason === '' ? undefined : reason,
  }
}
