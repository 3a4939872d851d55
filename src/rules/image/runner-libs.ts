import { posix } from 'node:path'
import { sourceAt } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import {
  bringsRuntime,
  builderOf,
  copiesLibraries,
  type InstalledPackage,
  installedIn,
  runnerOf,
} from '../../model/facts/runner.ts'
import { dependsOn } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import { imageNameOf } from '../../model/stages/image-name.ts'
import { otpOfImage } from '../../model/stages/otp.ts'
import type { RootImage } from '../../model/stages/root-image.ts'
import { librariesMissing } from '../in-image/system.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'runner-libs',
  gotcha: 'image',
  severity: 'warning',
  summary: 'the image that runs the release lacks libraries of Erlang',
  incident: 'The container stops at its start: a shared library cannot be loaded.',
  remedy: 'Install the packages that the Erlang of the release needs in the image that runs',
  why: `A release brings Erlang, and not the libraries of the system that Erlang is linked with: OpenSSL, ncurses and, since
OTP 24, the C++ library. The images of Elixir have them; of the small ones, \`debian:bookworm-slim\` lacks OpenSSL, and
\`alpine\` lacks ncurses and C++. HTTPS to others also wants \`ca-certificates\`, unless the app has CAStore.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#containers',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-requirements',
  ],
  examples: [
    {
      title: 'a bare Debian',
      on: 'release',
      good: `
        -- Dockerfile: COPY --from=build /app/_build/prod/rel/shop /app --
        WORKDIR /app
        COPY --from=build /app/_build/prod/rel/shop ./`,
      bad: `
        -- Dockerfile: FROM debian:bookworm-slim … RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates --
        FROM debian:bookworm-slim
             ^^^^^^^^^^^^^^^^^^^^
        RUN apt-get update && apt-get install -y locales`,
    },
    {
      title: 'a bare Alpine',
      on: 'phoenix',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.18-otp-27-alpine AS build
        -- Dockerfile: FROM debian:bookworm-slim … COPY --from=build /app/_build/prod/rel/shop /app --
        FROM alpine:3.21
        RUN apk add --no-cache libstdc++ ncurses-libs openssl
        WORKDIR /app
        COPY --from=build /app/_build/prod/rel/shop ./`,
      bad: `
        -- Dockerfile: FROM alpine:3.21 … RUN apk add --no-cache libstdc++ ncurses-libs openssl --
        FROM alpine:3.21
             ^^^^^^^^^^^
        RUN apk add --no-cache openssl`,
    },
  ],
  checkImage: librariesMissing,
  *check(project) {
    for (const deployment of project.deployments) {
      const [runs, made] = [runnerOf(deployment), builderOf(deployment)]
      const { ships, release } = deployment
      if (!ships || !release || runs.kind !== 'known' || made.kind !== 'known') continue
      const [runner, builder] = [runs.value, made.value]
      if (runner.stage === builder.stage) continue
      const installed = installedIn(ships)
      const packages = installed?.map(({ name }) => name)
      if (!packages || !installed || !bringsRuntime(deployment) || copiesLibraries(ships)) continue
      const missing = missingIn(runner, builder, packages)
      const names = missing.map((one) => `\`${one}\``).join(' and ')
      const related = [...runner.trail, { span: builder.span, text: 'the release brings the Erlang of this image' }]
      if (missing.length > 0) {
        const message = `the Erlang of the release needs ${names}, which \`${runner.image}\` lacks and nothing installs`
        yield { message, span: runner.span, related }
      } else if (lacksCertificates({ runner, builder, packages: installed, deployment, project })) {
        const message = `the app calls others over HTTPS, and nothing installs \`ca-certificates\` in \`${runner.image}\``
        yield {
          message,
          span: runner.span,
          related: runner.trail,
          certainty: 'likely',
          why: 'Each call of another service over HTTPS fails: no certificate is trusted.',
          remedy: 'Install `ca-certificates` in the image that runs',
        }
      }
    }
  },
})

/** A library, and the packages that surely do not bring it along. */
interface LibraryNeed {
  readonly name: string
  readonly others: RegExp
}

/** Packages of Debian that bring neither OpenSSL nor certificates, whatever they recommend (`apt-cache depends --recurse`). */
const inert =
  /^(locales(-all)?|libstdc\+\+6|lib(ncurses|ncursesw|tinfo)\d|zlib1g|libgcc-s1|tzdata|tini|dumb-init|gosu|bash|netbase|procps|less|nano|htop|inotify-tools|netcat-\S+|net-tools|iputils-ping|jq|unzip|zip|xz-utils|file|fontconfig|fonts-\S+|libsodium23|libgmp10|libjemalloc2|sqlite3|libsqlite3-0|webp|optipng|jpegoptim)$/

const bookworm: LibraryNeed = { name: 'libssl3', others: inert }
const cplusplus: LibraryNeed = {
  name: 'libstdc++',
  others:
    /^(openssl|ca-certificates(-bundle)?|lib(crypto|ssl)[\d.]*|ncurses(-libs)?|bash|tzdata|tini|dumb-init|su-exec|curl|wget|zlib|musl-locales)$/,
}
const ncurses: LibraryNeed = {
  name: 'ncurses-libs',
  others:
    /^(openssl|ca-certificates(-bundle)?|lib(crypto|ssl)[\d.]*|libstdc\+\+|libgcc|tzdata|tini|dumb-init|su-exec|curl|wget|zlib|musl-locales)$/,
}

/** What of the libraries surely is not there. The small images of Debian 11 and 13 have all of them (docker-debian-artifacts). */
function missingIn(runner: RootImage, builder: RootImage, packages: readonly string[]): readonly string[] {
  const { repository } = imageNameOf(runner.image)
  const otp = otpOfImage(builder.image)
  const native = otp.length > 0 && otp.every((major) => major >= 24)
  const isBookworm = repository === 'debian' && runner.distributions.every(({ name }) => name === 'Debian bookworm')
  const isAlpine = repository === 'alpine' && builder.distributions.some(({ family }) => family === 'alpine')
  const needs = isAlpine ? [...(native ? [cplusplus] : []), ncurses] : isBookworm ? [bookworm] : []
  return needs.flatMap(({ name, others }) => (packages.every((one) => others.test(one)) ? [name] : []))
}

/** Packages that bring certificates even without what they recommend. */
const bringsThem =
  /^(ca-certificates(-java)?|nodejs|npm|ruby\S*|\S+-(jre|jdk)(-headless)?|pdftk-java|certbot|python3-(certifi|requests)|awscli)$/

/** Libraries that ask others over HTTPS, and take the certificates of the system where CAStore is not there. */
const clients = ['req', 'finch', 'mint', 'tesla', 'gun', 'oauth2', 'assent']

interface Shipped {
  readonly runner: RootImage
  readonly builder: RootImage
  readonly packages: readonly InstalledPackage[]
  readonly deployment: Deployment
  readonly project: Project
}

/** Whether the app has a client for HTTPS that looks for the certificates of the system, and there are none. */
function lacksCertificates({ runner, builder, packages, deployment, project }: Shipped): boolean {
  const { app } = deployment
  if (!app || !/^(debian|ubuntu)$/.test(imageNameOf(runner.image).repository)) return false
  const lock = sourceAt(project.tree, posix.join(app.folder, 'mix.lock'))?.text
  if (lock === undefined) return false
  const brings = /"(castore|certifi)":/.test(lock)
  const asks = brings ? asksByHttpc(lock, deployment, builder) : clients.some((name) => dependsOn(app, name))
  const isBrought = ({ name, isBare }: InstalledPackage) =>
    isBare ? bringsThem.test(name) : !inert.test(name) && !/^(openssl|libssl\S*)$/.test(name)
  return asks && !packages.some(isBrought)
}

/**
 * Whether Tesla, through which OAuth2 goes from 2.1 on, asks by httpc: nothing names another adapter. From OTP 26 on httpc
 * takes the certificates of the system, whatever packages of Hex bring (`ssl_verify_host_options`).
 */
function asksByHttpc(lock: string, { app, boot, code }: Deployment, builder: RootImage): boolean {
  const otp = otpOfImage(builder.image)
  const isUsed = /"oauth2": \{:hex, :oauth2, "2\.[1-9]/.test(lock) || (app !== undefined && dependsOn(app, 'tesla'))
  const isNamed = boot?.at('tesla') ?? boot?.at('oauth2', 'adapter')
  const isOther = code.files.some(({ source }) =>
    /\b(Tesla|OAuth2)\b.*\badapter\b|\bTesla\.Adapter\.(?!Httpc\b)/s.test(source.text),
  )
  return isUsed && /"tesla":/.test(lock) && otp.length > 0 && Math.min(...otp) >= 26 && !isNamed && !isOther
}
