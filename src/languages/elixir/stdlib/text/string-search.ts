import { largestSize } from '../../values/size.ts'
import { badArgument, type CallContext, noClause, type StdTable } from '../../values/types.ts'
import { binary, boolean, integer, list, tuple, type Value } from '../../values/value.ts'
import { rangeOf } from '../collections/enumerable.ts'
import { functions, isSet, itemsOf, joined, numberOf, option, textOf, textOr, tooMuch, unmodelled } from '../define.ts'
import { charsOf } from './chars.ts'
import { graphemes, words } from './graphemes.ts'
import { matchesRegex, replaceRegex, splitRegex } from './regex.ts'

/** The texts of a pattern: one or a list of them. */
function patternsOf(context: CallContext, value: Value, isEmptyFine = false): readonly string[] {
  const bad = () => badArgument(2, 'not a valid pattern')
  const texts =
    value.kind === 'list' ? itemsOf(context, value, bad).map((item) => textOr(item, bad)) : [textOr(value, bad)]
  return isEmptyFine || !texts.includes('') ? texts : bad()
}

interface FoundText {
  readonly at: number
  readonly length: number
}

/** Finds the first of `patterns` at or after a place that only grows; of those at one place the longest. */
function finder(text: string, patterns: readonly string[]): (from: number) => FoundText | undefined {
  const next = patterns.map((pattern) => text.indexOf(pattern))
  return (from) => {
    let best: FoundText | undefined
    for (const [index, pattern] of patterns.entries()) {
      let at = next[index] ?? -1
      if (at >= 0 && at < from) {
        at = text.indexOf(pattern, from)
        next[index] = at
      }
      if (at >= 0 && (!best || at < best.at || (at === best.at && pattern.length > best.length)))
        best = { at, length: pattern.length }
    }
    return best
  }
}

function split(context: CallContext, text: Value, pattern: Value, options: Value): Value {
  if (options.kind !== 'list') return noClause('String.split/3')
  const own = textOf(text, 'String.split/3')
  const parts = option(options, 'parts')
  const most =
    parts === undefined || (parts.kind === 'atom' && parts.name === 'infinity')
      ? Number.POSITIVE_INFINITY
      : numberOf(parts, () => noClause('String.split/3'))
  if (pattern.kind === 'regex') return list(splitRegex(context, pattern, own, options).map((part) => binary(part)))
  const trim = isSet(options, 'trim')
  const chunks =
    pattern.kind === 'binary' && pattern.text === ''
      ? splitAll(own, most, trim)
      : splitBy(own, patternsOf(context, pattern), most, trim)
  context.tick(chunks.length)
  return list(chunks.map((chunk) => binary(chunk)))
}

function splitBy(text: string, patterns: readonly string[], most: number, trim: boolean): readonly string[] {
  const chunks: string[] = []
  const find = finder(text, patterns)
  let from = 0
  while (chunks.length < most - 1) {
    const found = find(from)
    if (!found) break
    if (!trim || found.at > from) chunks.push(text.slice(from, found.at))
    from = found.at + found.length
  }
  if (!trim || from < text.length) chunks.push(text.slice(from))
  return chunks
}

function splitAll(text: string, most: number, trim: boolean): readonly string[] {
  const all = trim ? graphemes(text) : ['', ...graphemes(text), '']
  return all.length <= most ? all : [...all.slice(0, most - 1), all.slice(most - 1).join('')]
}

function replace(context: CallContext, subject: Value, pattern: Value, replacement: Value, options: Value): Value {
  const key = 'String.replace/4'
  if (subject.kind !== 'binary' && subject.kind !== 'bytes') return noClause(key)
  if (replacement.kind !== 'binary' && !(replacement.kind === 'function' && replacement.arity === 1))
    return noClause(key)
  const own = textOf(subject, key)
  const isGlobal = !(option(options, 'global')?.kind === 'atom') || isSet(options, 'global')
  if (option(options, 'insert_replaced')) return unmodelled('`insert_replaced` is not modelled')
  if (pattern.kind === 'regex') return binary(replaceRegex(context, pattern, own, replacement, isGlobal))
  const with_ = (found: string): string =>
    replacement.kind === 'function'
      ? charsOf(context, context.call(replacement, [binary(found)]))
      : textOf(replacement, key)
  if (pattern.kind === 'binary' && pattern.text === '') {
    const chars = graphemes(own)
    return isGlobal ? binary(joined(['', ...chars, ''], with_(''))) : binary(with_('') + own)
  }
  return binary(replaceBy(own, patternsOf(context, pattern), with_, isGlobal))
}

function replaceBy(
  text: string,
  patterns: readonly string[],
  by: (found: string) => string,
  isGlobal: boolean,
): string {
  const find = finder(text, patterns)
  let result = ''
  let from = 0
  for (let found = find(0); found; found = isGlobal ? find(from) : undefined) {
    result += text.slice(from, found.at) + by(text.slice(found.at, found.at + found.length))
    if (result.length > largestSize) tooMuch('the text is too long to follow')
    from = found.at + found.length
  }
  return result + text.slice(from)
}

function slice(text: Value, start: Value, size: Value): Value {
  const own = graphemes(textOf(text, 'String.slice/3'))
  const from = numberOf(start, () => noClause('String.slice/3'))
  const count = numberOf(size, () => noClause('String.slice/3'))
  if (count < 0) return noClause('String.slice/3')
  const first = from < 0 ? own.length + from : from
  return binary(own.slice(Math.max(0, first), Math.max(0, first) + count).join(''))
}

/** Where a range begins and ends in something of `size` parts; undefined where nothing is in it. */
export function sliceBounds(
  range: Value,
  size: number,
): { readonly first: number; readonly last: number; readonly step: number } | undefined {
  const bounds = rangeOf(range)
  if (!bounds) return undefined
  const at = (place: bigint) => Number(place < 0n ? place + BigInt(size) : place)
  const first = at(bounds.first)
  const last = Math.min(at(bounds.last), size - 1)
  const isBackward = bounds.step < 0n && bounds.step !== -1n
  if (isBackward) return undefined
  return { first, last, step: Number(bounds.step < 0n ? -bounds.step : bounds.step) }
}

function sliceRange(text: Value, range: Value): Value {
  const own = graphemes(textOf(text, 'String.slice/2'))
  if (!rangeOf(range)) return noClause('String.slice/2')
  const bounds = sliceBounds(range, own.length)
  if (!bounds || bounds.last < bounds.first) return binary('')
  return binary(
    own
      .slice(Math.max(0, bounds.first), bounds.last + 1)
      .filter((_, index) => index % bounds.step === 0)
      .join(''),
  )
}

const none = list([])

/** Functions of `String` that search in a text. */
export const stringSearch: StdTable = {
  ...functions('String', 'list', {
    'split/1': (_, text) => list(words(textOr(text, () => badArgument(1, 'not a binary'))).map((word) => binary(word))),
    'split/2': (context, text, pattern) => split(context, text, pattern, none),
    'split/3': split,
    'splitter/2': (context, text, pattern) => split(context, text, pattern, none),
    'splitter/3': split,
  }),
  ...functions('String', 'binary', {
    'replace/3': (context, subject, pattern, replacement) => replace(context, subject, pattern, replacement, none),
    'replace/4': replace,
    'slice/2': (_, text, range) => sliceRange(text, range),
    'slice/3': (_, text, start, size) => slice(text, start, size),
  }),
  ...functions('String', 'integer', {
    'count/2': (context, text, pattern) => {
      const own = textOf(text, 'String.count/2')
      if (pattern.kind === 'regex') return unmodelled('counting by a regex is not modelled')
      if (pattern.kind === 'binary' && pattern.text === '') return integer(graphemes(own).length + 1)
      return integer(splitBy(own, patternsOf(context, pattern), Number.POSITIVE_INFINITY, false).length - 1)
    },
  }),
  ...functions('String', 'boolean', {
    'starts_with?/2': (context, text, prefix) => {
      const own = textOf(text, 'String.starts_with?/2')
      return boolean(patternsOf(context, prefix, true).some((one) => own.startsWith(one)))
    },
    'ends_with?/2': (context, text, suffix) => {
      const own = textOf(text, 'String.ends_with?/2')
      const bad = () => noClause('String.ends_with?/2')
      const ends = suffix.kind === 'list' ? itemsOf(context, suffix, bad) : [suffix]
      return boolean(ends.some((one) => own.endsWith(textOr(one, bad))))
    },
    'contains?/2': (context, text, pattern) => {
      const own = textOf(text, 'String.contains?/2')
      return boolean(patternsOf(context, pattern, true).some((one) => own.includes(one)))
    },
    'match?/2': (context, text, pattern) => {
      const own = textOf(text, 'String.match?/2')
      return pattern.kind === 'regex' ? boolean(matchesRegex(context, pattern, own)) : noClause('Regex.match?/2')
    },
  }),
  ...functions(':binary', 'any', {
    'bin_to_list/1': (context, text) => context.apply('erlang', 'binary_to_list', [text]),
    'match/2': (context, text, pattern) => {
      const own = textOr(text, () => badArgument(1, 'not a binary'))
      const found = finder(own, patternsOf(context, pattern))(0)
      if (!found) return { kind: 'atom', name: 'nomatch' }
      const size = (part: string) => integer(new TextEncoder().encode(part).length)
      return tuple([size(own.slice(0, found.at)), size(own.slice(found.at, found.at + found.length))])
    },
    'split/2': (context, text, pattern) =>
      list(
        splitBy(
          textOr(text, () => badArgument(1, 'not a binary')),
          patternsOf(context, pattern),
          2,
          false,
        ).map((part) => binary(part)),
      ),
    'split/3': (context, text, pattern, options) => {
      const isGlobal =
        options.kind === 'list' && options.items.some((item) => item.kind === 'atom' && item.name === 'global')
      const own = textOr(text, () => badArgument(1, 'not a binary'))
      return list(
        splitBy(own, patternsOf(context, pattern), isGlobal ? Number.POSITIVE_INFINITY : 2, false).map((part) =>
          binary(part),
        ),
      )
    },
    'replace/4': (context, text, pattern, replacement, options) => {
      const isGlobal =
        options.kind === 'list' && options.items.some((item) => item.kind === 'atom' && item.name === 'global')
      return binary(
        replaceBy(
          textOr(text, () => badArgument(1, 'not a binary')),
          patternsOf(context, pattern),
          () => textOf(replacement, ':binary.replace/4'),
          isGlobal,
        ),
      )
    },
  }),
}
