import type { Texts } from '../src/text/example.ts'
import { appFiles, applyDiff, bootCases, buildCases, type Observed } from './model/boot/recorded.ts'

/** A release that was really started, and what it did. */
export interface RecordedRelease {
  readonly title: string
  readonly what: Observed
  readonly texts: Texts
}

const dockerfile = (version: string, command: string) => `FROM elixir:${version} AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix assets.deploy
RUN mix release

FROM debian:bookworm-slim
WORKDIR /app
COPY --from=build /app/_build/prod/rel/my_app ./
CMD ["${command}"]
`

const composeOf = (env: Readonly<Record<string, string>>) =>
  `services:\n  web:\n    build: .\n    environment:\n${Object.entries(env)
    .map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`)
    .join('')}`

const started = bootCases.flatMap(({ id, files, env, observed }) =>
  Object.entries(observed).flatMap(([version, what]) =>
    what.command === undefined ? [{ id, files, env, version, what }] : [],
  ),
)

/** Builds that differ from the base in files of the project, and not in how they were built. */
const builds = buildCases.flatMap(({ id, changed, env, toolchain: version, observed: what }) =>
  /^--- a/m.test(changed) && what.command === undefined && !/^(rx_|ce_validate_off)/.test(id)
    ? [{ id, files: applyDiff(appFiles(version), changed), env, version, what }]
    : [],
)

/** The recorded starts of the app, and of its changed builds. */
export const recordedReleases: readonly RecordedRelease[] = [...started, ...builds].map(
  ({ id, files, env, version, what }) => {
    const command = id.includes('overlay') ? '/app/bin/server' : '/app/bin/my_app", "start'
    const texts = {
      ...appFiles(version),
      ...files,
      Dockerfile: dockerfile(version, command),
      'compose.yaml': composeOf(env),
    }
    return { title: `${id} ${version}`, what, texts }
  },
)
