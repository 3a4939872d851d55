import { expect, test } from 'vitest'
import { historySource, secretsOfHistory } from '../../../src/model/image/history.ts'
import { textOf } from '../../../src/text/source.ts'
import { imageOf } from './image-of.ts'

const secret = 'Qx7Lm2Rt9Vb4Ks8Wd1'
const found = (line: string) => {
  const { config } = imageOf({ files: {}, config: { history: [{ createdBy: line, emptyLayer: true }] } })
  return secretsOfHistory(historySource(config)).map(({ name, value, by }) => `${by} ${name} ${textOf(value)}`)
}

test.each([
  [
    'BuildKit, an argument',
    `RUN |1 HEX_API_KEY=${secret} /bin/sh -c mix deps.get # buildkit`,
    [`ARG HEX_API_KEY ${secret}`],
  ],
  [
    'BuildKit, several arguments',
    `RUN |3 A=b MIX_ENV=prod API_TOKEN=${secret} /bin/sh -c x # buildkit`,
    [`ARG API_TOKEN ${secret}`],
  ],
  ['the old builder, an argument', `|1 API_TOKEN=${secret} /bin/sh -c mix deps.get`, [`ARG API_TOKEN ${secret}`]],
  ['an argument with a default', `/bin/sh -c #(nop)  ARG API_TOKEN=${secret}`, [`ARG API_TOKEN ${secret}`]],
  ['an argument with a default, BuildKit', `ARG API_TOKEN=${secret}`, [`ARG API_TOKEN ${secret}`]],
  ['a command', `RUN /bin/sh -c API_TOKEN=${secret} mix deps.get # buildkit`, [`RUN API_TOKEN ${secret}`]],
  [
    'a command behind arguments',
    `RUN |1 A=b /bin/sh -c export API_TOKEN=${secret} # buildkit`,
    [`RUN API_TOKEN ${secret}`],
  ],
  ['an address', `/bin/sh -c git clone https://bot:${secret}@git.acme.org/x`, [`RUN  ${secret}`]],
  ['ENV', `/bin/sh -c #(nop)  ENV API_TOKEN=${secret}`, [`ENV API_TOKEN ${secret}`]],
  ['ENV, BuildKit', `ENV API_TOKEN=${secret}`, [`ENV API_TOKEN ${secret}`]],
  ['a dummy', 'RUN |1 SECRET_KEY_BASE=dummy /bin/sh -c mix compile', []],
  ['a reference', 'RUN /bin/sh -c API_TOKEN=$(cat /run/secrets/token) mix deps.get', []],
  ['no argument', 'RUN |0 /bin/sh -c mix compile', []],
])('%s', (_, line, expected) => {
  expect(found(line)).toEqual(expected)
})
