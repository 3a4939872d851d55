import { checkedText } from '../../model/project/looked.ts'
import type { Diagnostic, Gotcha } from '../../text/diagnostic.ts'
import { placeName, positionAt } from '../../text/source.ts'
import { headings } from '../headings.ts'
import { byGotcha } from '../order.ts'
import type { Report } from '../report.ts'
import { headOf, linesOf } from '../said.ts'
import { xmlTag, xmlText } from './xml.ts'

/** What a test came to. */
interface Case {
  readonly xml: string
  readonly is: 'passed' | 'failure' | 'error' | 'skipped'
}

/**
 * The report as XML of JUnit: a suite a gotcha, a test a finding, and one for each rule that found nothing. Information and
 * the findings of new rules pass, and say what they found. What was left out is skipped.
 */
export function reportJunit(report: Report): string {
  const { rules, diagnostics, failures } = report
  const found = new Map(byGotcha(diagnostics).map((group) => [group.gotcha, group.diagnostics]))
  const order = [...new Set<Gotcha>([...rules.map(({ gotcha }) => gotcha), ...found.keys()])]
  const suites = order.map((gotcha) => {
    const here = found.get(gotcha) ?? []
    const quiet = rules.filter((rule) => rule.gotcha === gotcha && diagnostics.every((one) => one.rule !== rule.id))
    return suite(headings[gotcha], [
      ...here.map(caseOf),
      ...quiet.map((rule): Case => {
        const failure = failures.find((one) => one.rule === rule.id)
        return failure ? broken(rule.id, failure.message) : passed(`<${xmlTag('testcase', named(rule.id, gotcha))}/>`)
      }),
    ])
  })
  const all = [...suites, suite('What was checked', lookedCases(report))]
  const totals = countsIn(all.flatMap(({ cases }) => cases))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${xmlTag('testsuites', { name: 'docker-gotchas', ...totals })}>`,
    ...all.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n')
}

const named = (name: string, gotcha: string) => ({ name, classname: `docker-gotchas.${gotcha}` })
const passed = (xml: string): Case => ({ xml, is: 'passed' })
const countsIn = (cases: readonly Case[]) => ({
  tests: cases.length,
  failures: cases.filter(({ is }) => is === 'failure').length,
  errors: cases.filter(({ is }) => is === 'error').length,
})

const skippedIn = (cases: readonly Case[]): number => cases.filter(({ is }) => is === 'skipped').length

const suite = (name: string, cases: readonly Case[]) => ({
  cases,
  lines: [
    `<${xmlTag('testsuite', { name, ...countsIn(cases), skipped: skippedIn(cases) })}>`,
    ...cases.map(({ xml }) => xml),
    '</testsuite>',
  ],
})

function caseOf(diagnostic: Diagnostic): Case {
  const { rule, gotcha, severity, preview, span } = diagnostic
  const { line } = positionAt(span.source, span.start)
  const head = `<${xmlTag('testcase', { ...named(`${rule} ${placeName(span)}`, gotcha), file: span.source.path, line })}>`
  const text = xmlText(linesOf(diagnostic).join('\n'))
  return severity === 'info' || preview
    ? passed(`${head}<system-out>${text}</system-out></testcase>`)
    : {
        is: 'failure',
        xml: `${head}<${xmlTag('failure', { type: severity, message: headOf(diagnostic) })}>${text}</failure></testcase>`,
      }
}

const broken = (name: string, message: string): Case => ({
  is: 'error',
  xml: `<${xmlTag('testcase', named(name, 'failed'))}><${xmlTag('error', { message })}/></testcase>`,
})

/** That nothing was checked is no success. */
const lookedCases = ({ looked: { checked, leftOut, nothing } }: Report): readonly Case[] => [
  ...checked.map((one) => passed(`<${xmlTag('testcase', named(checkedText(one), 'checked'))}/>`)),
  ...leftOut.map(({ what, reason }): Case => {
    const head = xmlTag('testcase', named(what, 'checked'))
    return { is: 'skipped', xml: `<${head}><${xmlTag('skipped', { message: reason })}/></testcase>` }
  }),
  ...(nothing === undefined ? [] : [broken('nothing was checked', nothing)]),
]
