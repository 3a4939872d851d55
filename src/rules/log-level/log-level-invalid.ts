import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { isNil, type Value } from '../../languages/elixir/values/value.ts'
import type { Boot } from '../../model/boot/boot.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import { spanOfKey } from '../../model/boot/span-of-key.ts'
import { isOf, isScript, placeOf, trailOf } from '../../model/boot/trail.ts'
import { doubtAbout, doubtfulBootsOf, subjectOf } from '../../model/facts/boots.ts'
import { isLevel, stopOf } from '../../model/facts/crashes.ts'
import type { Fix, Label } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { insertedAt } from '../edits/lines.ts'
import { exactly, partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

const levels = /^(emergency|alert|critical|error|warning|warn|notice|info|debug|all|none)$/

export default defineRule({
  id: 'log-level-invalid',
  gotcha: 'log-level',
  severity: 'error',
  stops: true,
  fix: 'unsafe',
  noFix: 'which level was meant is yours to say',
  ofImages: true,
  summary: 'the log level is none that Logger knows',
  incident: 'Logger refuses to start, and the release with it.',
  remedy: 'Give a level that Logger knows, as an atom: `:info`',
  why: `Logger takes the atoms \`:emergency\` to \`:debug\`, \`:all\` and \`:none\`. A text, as \`System.get_env\` gives it, \`nil\`,
and an atom of another name end the boot.`,
  links: ['https://hexdocs.pm/logger/Logger.html#module-levels'],
  examples: [
    {
      title: 'a level of another library',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              PHX_SERVER: "true"
              LOG_LEVEL: info
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true
          config :logger, level: String.to_atom(System.fetch_env!("LOG_LEVEL"))`,
      bad: `
        -- compose.yaml: LOG_LEVEL: info --
        LOG_LEVEL: verbose
                   ^^^^^^^`,
    },
    {
      title: 'a text where an atom belongs',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              PHX_SERVER: "true"
              LOG_LEVEL: info
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true
          config :logger, level: String.to_existing_atom(System.fetch_env!("LOG_LEVEL"))`,
      bad: `
        -- compose.yaml: LOG_LEVEL: info --
        LOG_LEVEL: info
                   ^^^^
        -- config/runtime.exs: config :logger, level: String.to_existing_atom(System.fetch_env!("LOG_LEVEL")) --
        config :logger, level: System.fetch_env!("LOG_LEVEL")`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const stop = stopOf(deployment)
      if (!stop?.culprit || !isLevel(stop)) continue
      const { name, value, span } = stop.culprit.read
      if (value.kind !== 'known' || value.value === '') continue
      yield {
        message: `${subjectOf(deployment)} stops at its start: its config does not take \`${value.value}\` for a log level`,
        span: placeOf(value.trail)?.span ?? span,
        related: [{ span, text: `\`${name}\` is read here` }],
        fixes: inSmallLetters(placeOf(value.trail)?.span ?? span, value.value),
      }
    }
    for (const { boot, who } of doubtfulBootsOf(project)) {
      const fault = faultIn(boot.at('logger', 'level'), isWrong)
      if (fault === undefined) continue
      const level = fault.doubt.certainty ? fault.value : (boot.at('logger', 'level') ?? fault.value)
      const trail = trailOf(level)
      const given = alternatives(level).find((one) => one.kind === 'unknown') ?? level
      const place = (isNil(level) ? trail.findLast(isInScript) : placeOf(trailOf(given))) ?? writtenIn(boot)
      if (place === undefined) continue
      yield {
        message: `${who} stops at its start: ${shown(level)} is no log level`,
        span: place.span,
        related: trail.filter((label) => label !== place),
        fixes: asAtom(boot, level, trail, place.span),
        ...fault.doubt,
        ...doubtAbout(boot),
      }
    }
  },
})

const isWrong = (level: Value): boolean => {
  if (level.kind === 'unknown') return !/^(any|term|atom)$/.test(level.type)
  return level.kind === 'atom' ? !levels.test(level.name) : level.kind !== 'absent'
}

/** A value as it is written; where it is not known, what kind it is. */
function shown(level: Value): string {
  if (level.kind !== 'oneOf' && level.kind !== 'unknown') return `\`${inspectValue(level, '1.18.4')}\``
  const kinds = new Set(alternatives(level).map((one) => (one.kind === 'unknown' ? one.type : one.kind)))
  const [kind] = kinds.size === 1 ? kinds : []
  return kind === undefined || kind === 'binary' ? 'a text' : kind === 'integer' ? 'an integer' : `a ${kind}`
}

/** Where the level is set to what comes from nowhere: a key of an empty list. */
function writtenIn(boot: Boot): Label | undefined {
  const at = spanOfKey(boot, ['logger', 'level'])
  return at && { span: at, text: 'it is set here' }
}

const isInScript = ({ span }: Label) => isScript(span.source.path)

/** The fix of a level that is written in capitals. */
function inSmallLetters(at: Span, given: string): readonly Fix[] {
  const level = given.toLowerCase()
  if (level === given || level === 'debug' || level === 'all' || !levels.test(level)) return []
  const edit = partInstead(at, exactly(given), level)
  return edit ? [{ title: `Write \`${level}\``, safety: 'unsafe', edits: [edit] }] : []
}

/** The fix of a text that names a level: of one that is written out, or of a read that is all that `level:` gets. */
function asAtom(boot: Boot, level: Value, trail: readonly Label[], at: Span): readonly Fix[] {
  const texts = alternatives(level).flatMap((one) => (one.kind === 'binary' ? [one.text] : []))
  const isOpen = alternatives(level).some((one) => one.kind !== 'binary' && one.kind !== 'unknown')
  if (isOpen || texts.some((text) => !levels.test(text) || /^(debug|all)$/.test(text))) return []
  const [read] = trail.flatMap((label) => boot.reads.find((one) => isOf(label, one)) ?? [])
  const title = 'Make an atom of the text'
  if (!read) {
    const isLiteral = texts.length === 1 && textOf(at) === `"${texts[0]}"`
    return isLiteral ? [{ title, safety: 'unsafe', edits: [insertedAt(at.source, at.start, ':')] }] : []
  }
  const { source, start, end } = read.span
  const isAll =
    /\blevel:[\t ]*$/.test(source.text.slice(0, start)) && /^[\t ]*([,\])]|\r?\n|$)/.test(source.text.slice(end))
  if (!isAll) return []
  const edits = [insertedAt(source, start, 'String.to_existing_atom('), insertedAt(source, end, ')')]
  return [{ title, safety: 'unsafe', edits }]
}
