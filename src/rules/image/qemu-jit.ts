import type { Deployment } from '../../model/boot/deployment.ts'
import { builderOf, flagVariables, isBuildArgument } from '../../model/facts/runner.ts'
import type { ImageBuild } from '../../model/services/image-build.ts'
import type { Step } from '../../model/stage-files/step.ts'
import { otpOfImage } from '../../model/stages/otp.ts'
import type { Label } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'qemu-jit',
  gotcha: 'image',
  severity: 'warning',
  summary: 'the release is built for a fixed platform, where Erlang crashes under emulation',
  incident:
    'On a machine with another processor, such as a Mac, `docker build` stops in `mix`: Segmentation fault (core dumped), exit code 139.',
  remedy: 'Set `ERL_FLAGS="+JPperf true"` in the stage that builds, or build on the platform that runs',
  why: `A build for another platform runs under QEMU. Since OTP 25, Erlang's compiler to machine code maps memory in a way that
QEMU gets wrong. \`ERL_FLAGS="+JPperf true"\` in the build stage, or \`+JMsingle true\` from OTP 26 on, makes it map memory
in another way; neither is needed where the release runs.`,
  links: [
    'https://github.com/phoenixframework/phoenix/issues/5932',
    'https://www.erlang.org/doc/apps/erts/erl_cmd.html#emulator-flags',
  ],
  examples: [
    {
      title: 'amd64, whatever the machine is',
      on: 'release',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM --platform=linux/amd64 elixir:1.18 AS build
        -- Dockerfile: ENV MIX_ENV=prod --
        ENV MIX_ENV=prod ERL_FLAGS="+JPperf true"`,
      bad: `
        -- Dockerfile: FROM --platform=linux/amd64 elixir:1.18 AS build --
        FROM --platform=linux/amd64 elixir:1.18 AS build
                        ^^^^^^^^^^^
        -- Dockerfile: ENV MIX_ENV=prod ERL_FLAGS="+JPperf true" --
        ENV MIX_ENV=prod`,
    },
    {
      title: 'an image for two platforms',
      on: 'phoenix',
      good: `
        -- Dockerfile: ENV MIX_ENV=prod --
        ENV MIX_ENV=prod ERL_FLAGS="+JPperf true"
        -- compose.yaml --
        services:
          web:
            build:
              platforms: [linux/amd64, linux/arm64]`,
      bad: `
        -- Dockerfile: ENV MIX_ENV=prod ERL_FLAGS="+JPperf true" --
        ENV MIX_ENV=prod
        -- compose.yaml: platforms: [linux/amd64, linux/arm64] --
        platforms: [linux/amd64, linux/arm64]
                                 ^^^^^^^^^^^`,
    },
  ],
  *check({ deployments, imageBuilds }) {
    for (const deployment of deployments) {
      const { build } = deployment
      const made = builderOf(deployment)
      const place = platformAt(deployment) ?? platformOfBuilds(deployment, imageBuilds)
      const otp = made.kind === 'known' ? otpOfImage(made.value.image) : []
      if (!build || made.kind !== 'known' || !place || otp.length === 0 || otp.some((major) => major < 25)) continue
      const mix = mixSteps(deployment)
      if (mix.length === 0 || mix.some(setsFlags) || flagVariables.some((name) => isBuildArgument(name, build)))
        continue
      yield {
        message: place.text,
        span: place.span,
        related: [{ span: made.value.span, text: `OTP ${otp.join(' or ')} compiles to machine code` }],
        certainty: 'likely',
      }
    }
  },
})

/** Where a platform for the stage that makes the release is written, unless that is the one of the machine that builds. */
function platformAt(deployment: Deployment): Label | undefined {
  const { service } = deployment
  const builder = builderOf(deployment)
  const own = builder.kind === 'known' ? builder.value.stage.stage.platform : undefined
  if (own) {
    const text = `the release is built for ${own.text}, under emulation on any other machine`
    return isPlatform(own.text) ? { span: own.span, text } : undefined
  }
  const platforms = (service?.build?.platforms ?? []).filter(({ name }) => isPlatform(name))
  const [only, second] = platforms
  if (only === undefined) return undefined
  return second
    ? {
        span: second.span,
        text: `\`${service?.name}\` is built for ${platforms.length} platforms, all but one under emulation`,
      }
    : { span: only.span, text: `\`${service?.name}\` is built for ${only.name}, under emulation on any other machine` }
}

/** Where a workflow or a file of Bake asks for a platform that some machine has to emulate: one of several, or any where it sets QEMU up. */
function platformOfBuilds(deployment: Deployment, builds: readonly ImageBuild[]): Label | undefined {
  const made = builderOf(deployment)
  if (made.kind !== 'known' || made.value.stage.stage.platform) return undefined
  for (const { subject, build } of builds) {
    if (build.dockerfile !== deployment.dockerfile?.source.path) continue
    const [only, second] = build.platforms.filter(({ name }) => isPlatform(name))
    if (second)
      return { span: second.span, text: `${subject} is built for several platforms, all but one under emulation` }
    if (only && /setup-qemu-action/.test(only.span.source.text))
      return { span: only.span, text: `${subject} is built for ${only.name}, under emulation` }
  }
  return undefined
}

const isPlatform = (name: string) => /^linux\/\w+/.test(name)

const mixSteps = ({ build, release }: Deployment): readonly Step[] =>
  (build?.steps ?? []).filter(({ command, stage }) => command.kind === 'mix' && stage === release?.step.stage)

/** Whether Erlang is told of it, or may be. */
const setsFlags = ({ env }: Step): boolean =>
  flagVariables
    .map(env)
    .some((value) =>
      value.kind === 'known' ? /\+J(Pperf|Msingle)\s+true/.test(value.value) : value.kind === 'unknown',
    )
