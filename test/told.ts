import { rules } from '../src/rules/index.ts'
import type { Diagnostic, Label } from '../src/text/diagnostic.ts'
import { positionAt, type Span } from '../src/text/source.ts'

/** `Dockerfile:12:5-15`; the line of the end stands there where it is another. */
export const place = ({ source, start, end }: Span): string => {
  const [from, to] = [positionAt(source, start), positionAt(source, end)]
  return `${source.path}:${from.line}:${from.column}-${to.line === from.line ? '' : `${to.line}:`}${to.column}`
}

/** Labels as the numbered lines of a trail. */
export const trailOf = (labels: readonly Label[]): readonly string[] =>
  labels.map(({ span, text }, n) => `  ${n + 1}. ${place(span)} ${text}`)

/** What a finding says where the sentences of its rule do not hold for it. */
function ownWords({ rule: id, why, remedy, noFix }: Diagnostic): readonly string[] {
  const rule = rules.find((one) => one.id === id)
  if (rule === undefined) return []
  return [
    ...(why === rule.incident ? [] : [`  why: ${why}`]),
    ...(remedy === rule.remedy ? [] : [`  do: ${remedy}`]),
    ...(noFix === undefined || noFix === rule.noFix ? [] : [`  no fix: ${noFix}`]),
  ]
}

function lines(diagnostic: Diagnostic, by: string): string {
  const { severity, certainty, span, message, related, fixes } = diagnostic
  return [
    `${severity} ${certainty} ${place(span)} ${by}${message}`,
    ...trailOf(related),
    ...ownWords(diagnostic),
    ...fixes.map((fix) => `  fix (${fix.safety}): ${fix.title}`),
  ].join('\n')
}

/** All that a user can be told of `diagnostics`: what `own`, the rule at hand, says first, the others with their ids. */
export function told(diagnostics: readonly Diagnostic[], own?: string): string {
  const mine = diagnostics.filter(({ rule }) => rule === own)
  const others = diagnostics.filter(({ rule }) => rule !== own)
  const all = [...mine.map((one) => lines(one, '')), ...others.map((one) => lines(one, `[${one.rule}] `))]
  return `${all.join('\n') || 'nothing'}\n`
}

/** The parts of an `.out` file by their titles. */
export const partsOfOut = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).replace(/\n\n$/, '\n')]),
  )
