import { describe, expect, it } from 'vitest'
import { ofRecorded } from './cases.ts'
import { recordedReleases } from './recorded-releases.ts'
import { itTells, lint } from './tells.ts'
import { told } from './told.ts'

/** Rules that say that a container does not start, or that nothing listens in it. */
const stops =
  /^(runtime-config-broken|required-env-missing|empty-is-set|config-refused|compile-time-key-at-runtime|log-level-invalid|server-(off|flag-ignored|flag-misread)|http-missing|no-such-function)$/

describe('what stopped a real release, or kept it from listening, is found; what did not is not', () => {
  const releases = recordedReleases.flatMap(({ title, what }, n) => {
    const one = ofRecorded.cases[n]
    return one ? [[title, { what, one }] as const] : []
  })

  it.each(releases)('%s', async (_, { what, one }) => {
    const diagnostics = await lint(one)
    const found = diagnostics.filter(
      ({ rule, severity, message }) =>
        severity === 'error' && (stops.test(rule) || message.startsWith('the build stops')),
    )
    const listens = what.boots === true && what.http_listening === true
    // Phoenix before 1.8 goes on without what it is told.
    const ignored = found.filter(({ message }) => message.includes('keeps what it was'))
    expect(found.length - ignored.length > 0, JSON.stringify(found.map(({ message }) => message))).toBe(!listens)
  })

  itTells(
    ofRecorded.out,
    ofRecorded.cases.map((one) => [one.title, async () => told(await lint(one))]),
  )
})
