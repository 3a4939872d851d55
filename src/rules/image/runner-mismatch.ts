import type { Deployment } from '../../model/boot/deployment.ts'
import { bringsRuntime, builderOf, copiesLibraries, packagesOf, runnerOf } from '../../model/facts/runner.ts'
import type { Distribution } from '../../model/stages/distribution.ts'
import type { RootImage } from '../../model/stages/root-image.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { runnerOther } from '../in-image/system.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'runner-mismatch',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'the release is built on another system than the one it runs on',
  incident: 'The container stops at its start: the programs of the release cannot be loaded.',
  remedy: 'Let the image that runs be of the same distribution and version as the one that builds',
  why: `A release brings the Erlang of the image that built it, and that Erlang asks for the C library and the OpenSSL of
that image. It runs on the same release of Debian, Ubuntu or Alpine. A newer one will do as long as OpenSSL has not
changed in between (1.1 up to Debian 11, Ubuntu 20.04 and Alpine 3.16, 3 after them); an older one will not, and glibc
and musl never mix.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-requirements',
    'https://hexdocs.pm/phoenix/releases.html#containers',
  ],
  examples: [
    {
      title: 'an older Debian to run on',
      on: 'release',
      bad: `
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bullseye-slim
             ^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'built on Debian, run on Alpine',
      on: 'assets',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.18-otp-27-alpine AS build
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM alpine:3.21
        RUN apk add --no-cache libstdc++ ncurses-libs openssl ca-certificates`,
      bad: `
        -- Dockerfile: FROM elixir:1.18-otp-27-alpine AS build --
        FROM elixir:1.18-otp-27 AS build
        -- Dockerfile: FROM alpine:3.21 --
        FROM alpine:3.21
             ^^^^^^^^^^^`,
    },
    {
      title: 'a newer Debian with another OpenSSL',
      on: 'release',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.17-otp-25-slim AS build
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bullseye-slim`,
      bad: `
        -- Dockerfile: FROM debian:bullseye-slim --
        FROM debian:bookworm-slim
             ^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  checkImage: runnerOther,
  *check({ deployments }) {
    for (const deployment of deployments) {
      const { ships, release } = deployment
      const [made, runs] = [builderOf(deployment), runnerOf(deployment)]
      if (!ships || !release || made.kind !== 'known' || runs.kind !== 'known') continue
      const [builder, runner] = [made.value, runs.value]
      if (builder.stage === runner.stage) continue
      if (!bringsRuntime(deployment) || copiesLibraries(ships)) continue
      const found = bySystem(builder, runner, deployment) ?? byPlatform(builder, runner)
      if (found) yield found
    }
  },
})

/** Another C library or OpenSSL, whichever of the images that the names may mean is taken. */
function bySystem(builder: RootImage, runner: RootImage, { ships }: Deployment): Finding | undefined {
  const pairs = builder.distributions.flatMap((from) => runner.distributions.map((to) => ({ from, to })))
  const reasons = pairs.map(({ from, to }) => reasonAgainst(from, to))
  const [first] = pairs
  const [reason] = reasons
  if (!first || !reason || reasons.includes(undefined)) return undefined
  const added = ships && packagesOf(ships)
  if (
    first.to.libc !== 'none' &&
    (added === undefined || added.some((name) => /libssl\d|ssl1\.1|compat|glibc/.test(name)))
  )
    return undefined
  return {
    message: `the release is built on ${first.from.name} and runs on ${first.to.name}: ${reason.reason}`,
    why: `The container stops at its start: ${reason.stop}.`,
    span: runner.span,
    related: [...runner.trail, { span: builder.span, text: 'the release is built on this image' }, ...builder.trail],
  }
}

/** What a release of one system lacks on the other, and how it stops. */
interface Lack {
  readonly reason: string
  readonly stop: string
}

const notFound = '`no such file or directory`, for a file that is there'

/** Why a release of one system does not run on the other; undefined where it may. */
function reasonAgainst(from: Distribution, to: Distribution): Lack | undefined {
  if (to.libc === 'none') return { reason: 'there is no C library', stop: notFound }
  if (from.libc === 'none') return undefined
  if (from.libc !== to.libc) return { reason: `it needs ${from.libc}, and that has ${to.libc}`, stop: notFound }
  const needed = from.glibc === undefined ? undefined : neededBy(from.glibc)
  if (needed !== undefined && to.glibc !== undefined && needed > to.glibc)
    return {
      reason: `it needs glibc 2.${needed}, and that has 2.${to.glibc}`,
      stop: `\`version GLIBC_2.${needed} not found\``,
    }
  const differs = from.openssl !== undefined && to.openssl !== undefined && from.openssl !== to.openssl
  return differs
    ? {
        reason: `it needs OpenSSL ${from.openssl}, and that has ${to.openssl}`,
        stop: `\`libcrypto.so.${from.openssl}: cannot open shared object file\``,
      }
    : undefined
}

/** The N of the newest glibc 2.N whose symbols an Erlang uses that was built with glibc 2.`glibc` (`objdump -T beam.smp`). */
const neededBy = (glibc: number): number => [17, 29, 34, 38].findLast((one) => one <= glibc) ?? glibc

/** Another processor: a stage that is built for the machine that builds, and one for the machine that runs. */
function byPlatform(builder: RootImage, runner: RootImage): Finding | undefined {
  const from = builder.stage.stage.platform
  const to = runner.stage.stage.platform
  if (!from || from.text === to?.text) return undefined
  const onBuilder = /^\$\{?BUILDPLATFORM\b/.test(from.text)
  const named = [from, to].every((word) => word && /^[\w-]+\/[\w/-]+$/.test(word.text))
  if (!named && !(onBuilder && !/BUILD/.test(to?.text ?? ''))) return undefined
  return {
    why: 'The container stops at its start: `exec format error`.',
    remedy: 'Let both stages be for one platform',
    message: named
      ? `the release is built for ${from.text} and runs on ${to?.text}`
      : 'the release is built for the machine that builds, and runs on the platform that is asked for',
    span: (to ?? runner).span,
    related: [{ span: from.span, text: 'the stage that makes the release is of this platform' }],
    ...(named ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}
