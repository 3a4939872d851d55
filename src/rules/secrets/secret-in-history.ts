import type { ArgInstruction, Dockerfile, Instruction, Pair } from '../../languages/dockerfile/types.ts'
import { imagesOf, inheritance, isShipped, type ShippedImage } from '../../model/facts/secrets/shipped-secrets.ts'
import { isCookieName, isSecretName } from '../../model/secrets/secrets.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { secretsInHistory } from '../in-image/secrets.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-in-history',
  gotcha: 'secrets',
  severity: 'error',
  summary: 'a build argument brings a secret into the image that ships',
  incident: '`docker history` prints the secret to whoever can pull the image.',
  remedy: 'Use `RUN --mount=type=secret` for the build, and rotate what images already hold',
  why: `The value of a build argument is written down with every RUN that follows the ARG in the same stage, whether or not
the command uses it, and an ENV that takes it over keeps it in the image for good. In a stage that only builds it leaves no
trace in the image; in the one that ships it does. \`RUN --mount=type=secret\` shows a secret to one command and keeps
nothing of it.`,
  links: [
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/reference/dockerfile/#arg',
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
  ],
  examples: [
    {
      title: 'a token for one RUN',
      on: 'health',
      good: `
        -- Dockerfile: COPY --from=build /app/_build/prod/rel/shop ./ --
        RUN --mount=type=secret,id=geo \\
            curl -fsSL -o /var/geo.db "https://geo.acme-tools.org/city.db?key=$(cat /run/secrets/geo)"
        COPY --from=build /app/_build/prod/rel/shop ./`,
      bad: `
        -- Dockerfile: RUN --mount=type=secret,id=geo \\ … curl -fsSL -o /var/geo.db "https://geo.acme-tools.org/city.db?key=$(cat /run/secrets/geo)" --
        ARG GEO_API_KEY
            ^^^^^^^^^^^
        RUN curl -fsSL -o /var/geo.db "https://geo.acme-tools.org/city.db?key=$GEO_API_KEY"`,
    },
    {
      title: 'an argument that becomes ENV',
      on: 'release',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]`,
      bad: `
        -- Dockerfile: ENV PHX_SERVER=true --
        ARG MAIL_API_KEY
            ^^^^^^^^^^^^
        ENV MAIL_API_KEY=$MAIL_API_KEY
        ENV PHX_SERVER=true`,
    },
  ],
  checkImage: secretsInHistory,
  *check(project) {
    for (const image of imagesOf(project)) {
      const { dockerfile } = image.deployment
      if (dockerfile === undefined) continue
      for (const instruction of dockerfile.instructions) {
        if (instruction.keyword !== 'ARG' || !isShipped(image, instruction)) continue
        for (const pair of instruction.pairs) {
          const found = passedOn(pair, instruction, dockerfile, image)
          if (found) yield found
        }
      }
    }
  },
})

/** An argument without a default, which is there to be given a secret, and the first instruction that keeps it. */
function passedOn(
  pair: Pair,
  instruction: ArgInstruction,
  dockerfile: Dockerfile,
  image: ShippedImage,
): Finding | undefined {
  const { name } = pair
  if (!isEmpty(pair.value) || !isSecretName(name) || isCookieName(name)) return undefined
  const global = dockerfile.globalArgs.flatMap((arg) => arg.pairs).find((one) => one.name === name)
  if (!isEmpty(global?.value)) return undefined
  const later = laterIn(dockerfile, instruction)
  const baked = later.find((one) => one.keyword === 'ENV' && one.pairs.some((other) => reads(other.value ?? '', name)))
  const run = later.find((one) => one.keyword === 'RUN')
  const used = later.find(
    (one) => one.keyword === 'RUN' && reads(one.span.source.text.slice(one.span.start, one.span.end), name),
  )
  const at = baked ?? used ?? run
  if (at === undefined) return undefined
  const { service, build } = image.deployment
  const given = service?.build?.declaredArgs.find((one) => one.name === name)
  const givenAt = given?.valueSpan ?? given?.span ?? build?.args.get(name)?.trail[0]?.span
  return {
    message: baked
      ? `what \`ARG ${name}\` is given stays in the environment of the image`
      : `what \`ARG ${name}\` is given stays readable in the history of the image`,
    span: pair.span,
    related: [
      ...(givenAt ? [{ span: givenAt, text: 'it is given here' }] : []),
      {
        span: baked ? at.span : at.keywordSpan,
        text: baked ? '`ENV` keeps it' : 'this step is recorded with its value',
      },
      ...inheritance(image, instruction),
    ],
  }
}

/** The instructions of the same stage that follow, up to an ARG or ENV that has the name no longer mean the same. */
const laterIn = (dockerfile: Dockerfile, arg: Instruction): readonly Instruction[] =>
  dockerfile.instructions.filter((one) => one.stage === arg.stage && one.index > arg.index)

const reads = (text: string, name: string) => new RegExp(`\\$(${name}(?!\\w)|\\{${name}\\W)`).test(text)

const isEmpty = (value: string | undefined) => /^(""|'')?$/.test(value ?? '')
