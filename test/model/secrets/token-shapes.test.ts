import { describe, expect, it } from 'vitest'
import { maskingOf } from '../../../src/masking/masking.ts'
import { tokenShapes } from '../../../src/model/secrets/token-shapes.ts'
import { tokensIn } from '../../../src/model/secrets/tokens.ts'

const masking = maskingOf({ sources: [], spans: [] })

describe.each(tokenShapes)('$of $begins', ({ of, begins, example, counter }) => {
  const [token, other] = [begins + example, begins + counter]

  it('takes its example for a token, wherever that stands', () => {
    const text = `fetch --with "${token}" it`
    expect(tokensIn(text)).toEqual([{ of, start: 14, end: 14 + token.length }])
  })

  it('does not take its counter-example for one', () => {
    expect(tokensIn(`fetch --with "${other}" it`).filter((one) => one.of === of)).toEqual([])
  })

  it('is masked in a message, whatever stands around it', () => {
    expect(masking.text(`it asks for \`${token}\` here`)).not.toContain(example.slice(-8))
  })
})
