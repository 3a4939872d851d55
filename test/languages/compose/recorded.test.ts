import { describe, expect, test } from 'vitest'
import { loadCompose } from '../../../src/languages/compose/load.ts'
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
