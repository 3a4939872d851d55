import { describe, expect, test } from 'vitest'
import { loadCompose } from '../../../src/languages/compose/read.ts'
import type { Problem } from '../../../src/text/diagnostic.ts'
import { positionAt } from '../../../src/text/source.ts'
import { type Case, casesIn, recordedFile, recordedForm } from './recorded-project.ts'

const places: readonly (readonly [string, readonly Case[]])[] = [
  ['the shared facts', casesIn('test/recorded/compose')],
  ['our own', casesIn('test/recorded/compose-own')],
]

describe.each(places)('Compose and we agree on %s', (_, cases) => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_id, { input, expected }) => {
    const project = loadCompose(input)
    if (expected.error !== null) {
      expect(project.problems.length, `Compose says: ${expected.error}`).toBeGreaterThan(0)
      expect(meet(String(expected.error), project.problems), `Compose says: ${expected.error}`).toBe(true)
      return
    }
    expect(project.problems.map((problem) => problem.message)).toEqual([])
    expect({
      name: project.name,
      compose_files: project.composeFiles,
      disabled_services: [...project.disabled.keys()].toSorted(),
      services: Object.fromEntries([...project.services].map(([name, service]) => [name, recordedForm(service)])),
      secrets: Object.fromEntries([...project.secrets].map(([key, secret]) => [key, recordedFile(secret)])),
      configs: Object.fromEntries([...project.configs].map(([key, config]) => [key, recordedFile(config)])),
    }).toEqual({
      name: expected.name,
      compose_files: expected.compose_files,
      disabled_services: expected.disabled_services,
      services: expected.services,
      secrets: expected.secrets,
      configs: expected.configs,
    })
  })
})

/** Whether one of our problems is about what Compose's error is about: the line, or a word that stands in both. */
function meet(error: string, problems: readonly Problem[]): boolean {
  const told = wordsOf(error.replaceAll('<dir>', ''))
  const line = /go-yaml.*? at L(\d+)/.exec(error)?.[1]
  return problems.some(({ span, message }) => {
    const here = positionAt(span.source, span.start).line
    if (line !== undefined) return Math.abs(here - Number(line)) <= 1
    const lines = span.source.text.split(/\r?\n/).slice(here - 1, here + 2)
    return (
      /^(?:go-yaml|yaml:)|'\[\d+\]'/.test(error) ||
      wordsOf(`${message} ${lines.join(' ')} ${span.source.path}`).some((word) => told.includes(word))
    )
  })
}

const common = new Set(
  'a an the is are be in of to or and it not must one at by on for as line services yaml'.split(' '),
)

const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).filter((word) => !common.has(word))
