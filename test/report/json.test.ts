import { expect, test } from 'vitest'
import { reportJson } from '../../src/report/formats/json.ts'
import { at, finding, report, rule, source } from './report.ts'

const dockerfile = source('Dockerfile', 'FROM elixir AS build\r\nRUN mix release\r\nRUN 漢字 🚀 mix assets.deploy\r\n')
const compose = source('compose.yaml', 'services:\n  web:\n')

const web = { service: 'web', compose: 'compose.yaml', dockerfile: 'Dockerfile', stage: 'final' }

test('the contract, field by field', () => {
  const late = finding(at(dockerfile, 'mix assets.deploy'), {
    certainty: 'likely',
    related: [{ span: at(dockerfile, 'mix release'), text: 'here' }],
    fixes: [{ title: 'swap them', safety: 'safe', edits: [] }],
    why: rule.incident,
    remedy: rule.remedy,
  })
  expect(JSON.parse(reportJson(report([late], { read: ['config/runtime.exs', 'Dockerfile'] })))).toEqual({
    version: 1,
    findings: [
      {
        rule: 'assets-after-release',
        gotcha: 'assets',
        severity: 'error',
        certainty: 'likely',
        message: '`mix assets.deploy` runs after `mix release`',
        file: 'Dockerfile',
        line: 3,
        column: 11,
        endLine: 3,
        endColumn: 28,
        code: 'RUN 漢字 🚀 mix assets.deploy',
        related: [
          {
            ...{ file: 'Dockerfile', line: 2, column: 5, endLine: 2, endColumn: 16 },
            code: 'RUN mix release',
            message: 'here',
          },
        ],
        fixes: [{ title: 'swap them', safety: 'safe', edits: [] }],
        why: rule.incident,
        remedy: rule.remedy,
        docs: 'docs/rules/assets-after-release.md',
        fingerprint: '2fc793efa6793a7c17804439f80d3177',
      },
    ],
    summary: {
      errors: 1,
      warnings: 0,
      infos: 0,
      files: ['Dockerfile', 'config/runtime.exs'],
      checked: [web],
      leftOut: [],
      notes: [],
    },
  })
})

test('the order does not depend on the order of the findings', () => {
  const findings = [
    finding(at(compose, 'web'), { severity: 'info' }),
    finding(at(dockerfile, 'RUN')),
    finding(at(dockerfile, 'FROM'), { rule: 'b' }),
    finding(at(dockerfile, 'FROM'), { rule: 'a', severity: 'warning' }),
  ]
  expect(reportJson(report(findings.toReversed(), { read: [] }))).toBe(reportJson(report(findings, { read: [] })))
  const { findings: sorted, summary } = JSON.parse(reportJson(report(findings)))
  expect(sorted.map(({ rule, file }: { rule: string; file: string }) => `${file} ${rule}`)).toEqual([
    'Dockerfile a',
    'Dockerfile b',
    'Dockerfile assets-after-release',
    'compose.yaml assets-after-release',
  ])
  expect(summary).toMatchObject({ errors: 2, warnings: 1, infos: 1 })
})

test('nothing found', () => {
  expect(JSON.parse(reportJson(report([])))).toEqual({
    version: 1,
    findings: [],
    summary: { errors: 0, warnings: 0, infos: 0, files: [], checked: [web], leftOut: [], notes: [] },
  })
})
