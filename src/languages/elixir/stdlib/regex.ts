import { mapOf } from '../values/map.ts'
import { type CallContext, noClause, type StdTable } from '../values/types.ts'
import {
  atom,
  binary,
  boolean,
  integer,
  list,
  nil,
  type RegexValue,
  regex,
  tuple,
  type Value,
} from '../values/value.ts'
import { functions, isSet, itemsOf, option, textOf, unmodelled } from './define.ts'
import {
  groupNames,
  type Match,
  matches,
  matchRegex,
  replaceRegex,
  type Subject,
  splitRegex,
  subjectOf,
} from './regex-match.ts'
import { translate } from './regex-translate.ts'

const regexOf = (value: Value, key: string): RegexValue => (value.kind === 'regex' ? value : noClause(key))
const none = list([])
const empty = binary('')

/** The captures that `options` ask for, as `:binary` or `:index`. */
function captured(context: CallContext, from: RegexValue, match: Match, subject: Subject, options: Value): Value {
  const capture = option(options, 'capture') ?? atom('all')
  const isIndex = returnsIndex(options)
  const show = (index: number): Value => {
    const span = match.groups[index]
    if (isIndex) {
      if (!span) return tuple([integer(-1), integer(0)])
      const start = subject.bytesBefore(span.start)
      return tuple([integer(start), integer(subject.bytesBefore(span.end) - start)])
    }
    return span ? subject.part(span.start, span.end) : empty
  }
  const all = match.groups.map((_, index) => index)
  while (all.length > 1 && match.groups[all.length - 1] === undefined) all.pop()
  if (capture.kind === 'list')
    return list(itemsOf(context, capture, () => noClause('Regex.run/3')).map((one) => show(indexOf(from, one))))
  const name = capture.kind === 'atom' ? capture.name : ''
  if (name === 'all') return list(all.map(show))
  if (name === 'first') return list([show(0)])
  if (name === 'all_but_first') return list(all.slice(1).map(show))
  if (name === 'all_names') return list(sortedNames(from).map((one) => show(groupNames(from)[one] ?? -1)))
  return name === 'none' ? none : unmodelled('the captures that are asked for are not modelled')
}

const sortedNames = (from: RegexValue): readonly string[] => Object.keys(groupNames(from)).sort()

function indexOf(from: RegexValue, value: Value): number {
  if (value.kind === 'integer') return Number(value.value)
  const name = value.kind === 'atom' ? value.name : value.kind === 'binary' ? value.text : ''
  return groupNames(from)[name] ?? unmodelled('the captures that are asked for are not modelled')
}

function run(context: CallContext, given: Value, text: Value, options: Value): Value {
  const from = regexOf(given, 'Regex.run/3')
  const subject = subjectOf(from, textOf(text, 'Regex.run/3'))
  if (option(options, 'offset')) return unmodelled('the option `offset` is not modelled')
  const [match] = matches(context, from, subject, 1)
  return match ? captured(context, from, match, subject, options) : nil
}

function scan(context: CallContext, given: Value, text: Value, options: Value): Value {
  const from = regexOf(given, 'Regex.scan/3')
  const subject = subjectOf(from, textOf(text, 'Regex.scan/3'))
  return list(matches(context, from, subject).map((match) => captured(context, from, match, subject, options)))
}

function namedCaptures(context: CallContext, given: Value, text: Value): Value {
  const from = regexOf(given, 'Regex.named_captures/3')
  const subject = subjectOf(from, textOf(text, 'Regex.named_captures/3'))
  const [match] = matches(context, from, subject, 1)
  if (!match) return nil
  return mapOf(
    Object.entries(groupNames(from)).map(([name, index]) => {
      const span = match.groups[index]
      return [binary(name), span ? subject.part(span.start, span.end) : empty] as const
    }),
  )
}

function compile(context: CallContext, source: Value, options: Value): RegexValue | undefined {
  const text = textOf(source, 'Regex.compile/3')
  const letters = options.kind === 'binary' ? options.text : optionLetters(context, options)
  return translate(text, letters) ? regex(text, letters) : undefined
}

const names: Readonly<Record<string, string>> = {
  caseless: 'i',
  multiline: 'm',
  dotall: 's',
  extended: 'x',
  unicode: 'u',
}

const optionLetters = (context: CallContext, options: Value): string =>
  itemsOf(context, options, () => noClause('Regex.compile/3'))
    .map(
      (one) =>
        (one.kind === 'atom' ? names[one.name] : undefined) ??
        unmodelled('an option of the regular expression is not modelled'),
    )
    .join('')

const compileOk = (context: CallContext, source: Value, options: Value): Value => {
  const compiled = compile(context, source, options)
  return compiled ? tuple([atom('ok'), compiled]) : unmodelled('the regular expression has parts that we do not follow')
}

const compiled = (context: CallContext, source: Value, options: Value): Value =>
  compile(context, source, options) ?? unmodelled('the regular expression has parts that we do not follow')

/** `Regex`. */
export const regexFunctions: StdTable = {
  ...functions('Regex', 'any', {
    'run/2': (context, from, text) => run(context, from, text, none),
    'run/3': run,
    'named_captures/2': namedCaptures,
    'compile/1': (context, source) => compileOk(context, source, none),
    'compile/2': compileOk,
    'compile!/1': (context, source) => compiled(context, source, none),
    'compile!/2': compiled,
    'opts/1': (context, from) => {
      const { options } = regexOf(from, 'Regex.opts/1')
      const isList = context.elixirVersion !== '1.14.0' && !context.elixirVersion.startsWith('1.13')
      const words = Array.from(
        options,
        (letter) => Object.entries(names).find(([, one]) => one === letter)?.[0] ?? letter,
      )
      return isList ? list(words.map((word) => atom(word))) : binary(options)
    },
  }),
  ...functions('Regex', 'list', {
    'scan/2': (context, from, text) => scan(context, from, text, none),
    'scan/3': scan,
    'split/2': (context, from, text) =>
      list(
        splitRegex(context, regexOf(from, 'Regex.split/3'), textOf(text, 'Regex.split/3'), none).map((part) =>
          binary(part),
        ),
      ),
    'split/3': (context, from, text, options) =>
      list(
        splitRegex(context, regexOf(from, 'Regex.split/3'), textOf(text, 'Regex.split/3'), options).map((part) =>
          binary(part),
        ),
      ),
    'names/1': (_, from) => list(sortedNames(regexOf(from, 'Regex.names/1')).map((name) => binary(name))),
  }),
  ...functions('Regex', 'boolean', {
    'match?/2': (context, from, text) =>
      boolean(matchRegex(context, regexOf(from, 'Regex.match?/2'), textOf(text, 'Regex.match?/2')) !== undefined),
    'regex?/1': (_, value) => boolean(value.kind === 'regex'),
  }),
  ...functions('Regex', 'binary', {
    'replace/3': (context, from, text, replacement) =>
      binary(
        replaceRegex(context, regexOf(from, 'Regex.replace/4'), textOf(text, 'Regex.replace/4'), replacement, true),
      ),
    'replace/4': (context, from, text, replacement, options) => {
      const isGlobal = option(options, 'global') === undefined || isSet(options, 'global')
      const own = regexOf(from, 'Regex.replace/4')
      return binary(replaceRegex(context, own, textOf(text, 'Regex.replace/4'), replacement, isGlobal))
    },
    'escape/1': (_, text) =>
      binary(textOf(text, 'Regex.escape/1').replace(/[.^$*+?()[\]{}|#\-\\\t\n\v\f\r ]/g, '\\$&')),
    'source/1': (_, from) => binary(regexOf(from, 'Regex.source/1').source),
  }),
}

function returnsIndex(options: Value): boolean {
  const value = option(options, 'return')
  return value?.kind === 'atom' && value.name === 'index'
}
