import { mapOf } from '../../values/map.ts'
import { largestSize } from '../../values/size.ts'
import { type CallContext, noClause, type StdTable } from '../../values/types.ts'
import { atom, binary, boolean, list, nil, type RegexValue, regex, type Value } from '../../values/value.ts'
import { functions, isSet, itemsOf, numberOf, option, textOf, tooMuch, unmodelled } from '../define.ts'
import { charsOf } from './chars.ts'
import { groupNames, type Match, matches } from './plain-regex.ts'

const regexOf = (value: Value, key: string): RegexValue => (value.kind === 'regex' ? value : noClause(key))
const none = list([])
const textOrEmpty = (text: string | undefined): Value => binary(text ?? '')

/** The captures that `options` ask for. */
function captured(context: CallContext, from: RegexValue, match: Match, options: Value): Value {
  if (option(options, 'return')) return unmodelled('the option `return` is not modelled')
  const capture = option(options, 'capture') ?? atom('all')
  const given = [...match.groups]
  while (given.length > 1 && given.at(-1) === undefined) given.pop()
  const all = given.map(textOrEmpty)
  const named = (name: string): Value =>
    groupNames(from).includes(name)
      ? textOrEmpty(match.named[name])
      : unmodelled('the captures that are asked for are not modelled')
  if (capture.kind === 'list')
    return list(
      itemsOf(context, capture, () => noClause('Regex.run/3')).map((one) =>
        one.kind === 'integer' ? textOrEmpty(match.groups[Number(one.value)]) : named(nameOf(one)),
      ),
    )
  switch (nameOf(capture)) {
    case 'all':
      return list(all)
    case 'first':
      return list(all.slice(0, 1))
    case 'all_but_first':
      return list(all.slice(1))
    case 'all_names':
      return list(groupNames(from).map(named))
    case 'none':
      return none
    default:
      return unmodelled('the captures that are asked for are not modelled')
  }
}

const nameOf = (value: Value): string =>
  value.kind === 'atom' ? value.name : value.kind === 'binary' ? value.text : ''

function run(context: CallContext, given: Value, text: Value, options: Value): Value {
  const from = regexOf(given, 'Regex.run/3')
  if (option(options, 'offset')) return unmodelled('the option `offset` is not modelled')
  const [match] = matches(context, from, textOf(text, 'Regex.run/3'), 1)
  return match ? captured(context, from, match, options) : nil
}

function scan(context: CallContext, given: Value, text: Value, options: Value): Value {
  const from = regexOf(given, 'Regex.scan/3')
  return list(matches(context, from, textOf(text, 'Regex.scan/3')).map((one) => captured(context, from, one, options)))
}

function namedCaptures(context: CallContext, given: Value, text: Value): Value {
  const from = regexOf(given, 'Regex.named_captures/3')
  const [match] = matches(context, from, textOf(text, 'Regex.named_captures/3'), 1)
  return match ? mapOf(groupNames(from).map((name) => [binary(name), textOrEmpty(match.named[name])])) : nil
}

function compiled(context: CallContext, source: Value, options: Value): Value {
  const made = regex(textOf(source, 'Regex.compile/3'), options.kind === 'binary' ? options.text : '')
  if (options.kind !== 'binary' && options !== none)
    return unmodelled('the options of the regular expression are not modelled')
  matches(context, made, '')
  return made
}

/** Whether `regex` matches somewhere in `text`. */
export const matchesRegex = (context: CallContext, from: RegexValue, text: string): boolean =>
  matches(context, from, text, 1).length > 0

/** `Regex.split`. */
export function splitRegex(context: CallContext, from: RegexValue, text: string, options: Value): readonly string[] {
  const trim = isSet(options, 'trim')
  if (option(options, 'on')) return unmodelled('the option `on` is not modelled')
  const parts = option(options, 'parts')
  const most =
    parts === undefined || parts.kind === 'atom'
      ? Number.POSITIVE_INFINITY
      : numberOf(parts, () => noClause('Regex.split/3'))
  const includes = isSet(options, 'include_captures')
  if (text === '') return trim ? [] : ['']
  const chunks: string[] = []
  let at = 0
  let count = 1
  const push = (chunk: string): boolean => {
    if (trim && chunk === '') return false
    chunks.push(chunk)
    return true
  }
  for (const match of matches(context, from, text)) {
    if (count >= most) break
    if (push(text.slice(at, match.start))) count++
    if (includes) push(text.slice(match.start, match.end))
    at = match.end
  }
  push(text.slice(at))
  return chunks
}

/** `Regex.replace`. */
export function replaceRegex(
  context: CallContext,
  from: RegexValue,
  text: string,
  replacement: Value,
  isGlobal: boolean,
): string {
  let result = ''
  let at = 0
  for (const match of matches(context, from, text, isGlobal ? undefined : 1)) {
    result += text.slice(at, match.start) + replaced(context, replacement, match.groups)
    if (result.length > largestSize) return tooMuch('the text is too long to follow')
    at = match.end
  }
  return result + text.slice(at)
}

function replaced(context: CallContext, replacement: Value, groups: Match['groups']): string {
  if (replacement.kind === 'function') {
    const given = Array.from({ length: replacement.arity }, (_, index) => textOrEmpty(groups[index]))
    return charsOf(context, context.call(replacement, given))
  }
  if (replacement.kind !== 'binary') return noClause('Regex.replace/4')
  return replacement.text.replace(/\\(?:g\{(\d+)\}|(\d+)|(.))/gs, (_, braced, plain, other) =>
    other === undefined ? (groups[Number(braced ?? plain)] ?? '') : other === '\\' ? '\\' : `\\${other}`,
  )
}

const split = (context: CallContext, from: Value, text: Value, options: Value): Value =>
  list(
    splitRegex(context, regexOf(from, 'Regex.split/3'), textOf(text, 'Regex.split/3'), options).map((part) =>
      binary(part),
    ),
  )

const replace = (context: CallContext, from: Value, text: Value, replacement: Value, isGlobal: boolean): Value =>
  binary(
    replaceRegex(context, regexOf(from, 'Regex.replace/4'), textOf(text, 'Regex.replace/4'), replacement, isGlobal),
  )

/** `Regex`, of the patterns that configuration has. */
export const regexFunctions: StdTable = {
  ...functions('Regex', 'any', {
    'run/2': (context, from, text) => run(context, from, text, none),
    'run/3': run,
    'named_captures/2': namedCaptures,
    'compile!/1': (context, source) => compiled(context, source, none),
    'compile!/2': compiled,
  }),
  ...functions('Regex', 'list', {
    'scan/2': (context, from, text) => scan(context, from, text, none),
    'scan/3': scan,
    'split/2': (context, from, text) => split(context, from, text, none),
    'split/3': split,
  }),
  ...functions('Regex', 'boolean', {
    'match?/2': (context, from, text) =>
      boolean(matchesRegex(context, regexOf(from, 'Regex.match?/2'), textOf(text, 'Regex.match?/2'))),
  }),
  ...functions('Regex', 'binary', {
    'replace/3': (context, from, text, replacement) => replace(context, from, text, replacement, true),
    'replace/4': (context, from, text, replacement, options) =>
      replace(context, from, text, replacement, option(options, 'global') === undefined || isSet(options, 'global')),
    'escape/1': (_, text) =>
      binary(textOf(text, 'Regex.escape/1').replace(/[.^$*+?()[\]{}|#\-\\\t\n\v\f\r ]/g, '\\$&')),
    'source/1': (_, from) => binary(regexOf(from, 'Regex.source/1').source),
  }),
}
