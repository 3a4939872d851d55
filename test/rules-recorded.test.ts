import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import { oncePer } from '../src/text/once.ts'
import { appFiles, applyDiff, bootCases, buildCases } from './model/boot/recorded.ts'
import { itTells } from './tells.ts'
import { told } from './told.ts'

/** Rules that say that a container does not start, or that nothing listens in it. */
const stops =
  /^(runtime-config-broken|required-env-missing|empty-is-set|config-refused|compile-time-key-at-runtime|log-level-invalid|server-(off|flag-ignored|flag-misread)|http-missing|no-such-function)$/

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

const cases = bootCases.flatMap(({ id, files, env, observed }) =>
  Object.entries(observed).flatMap(([version, what]) =>
    what.command === undefined ? [[`${id} ${version}`, { id, files, env, version, what }] as const] : [],
  ),
)

/** Builds that differ from the base in files of the project, and not in how they were built. */
const builds = buildCases.flatMap(({ id, changed, env, toolchain: version, observed: what }) =>
  /^--- a/m.test(changed) && what.command === undefined && !/^(rx_|ce_validate_off)/.test(id)
    ? [[`${id} ${version}`, { id, files: applyDiff(appFiles(version), changed), env, version, what }] as const]
    : [],
)

describe('what stopped a real release, or kept it from listening, is found; what did not is not', () => {
  const all = [...cases, ...builds]
  const lint = oncePer(async ({ id, files, env, version }: (typeof all)[number][1]) => {
    const command = id.includes('overlay') ? '/app/bin/server' : '/app/bin/my_app", "start'
    const project = { ...appFiles(version), ...files, Dockerfile: dockerfile(version, command) }
    const { diagnostics, failures } = await analyze(treeOf({ ...project, 'compose.yaml': composeOf(env) }))
    expect(failures).toEqual([])
    return diagnostics
  })

  it.each(all)('%s', async (_, one) => {
    const { what } = one
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
    new URL('rules-recorded.out', import.meta.url),
    all.map(([title, one]) => [title, async () => told(await lint(one))]),
  )
})
