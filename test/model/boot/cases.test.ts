import { describe, expect, test } from 'vitest'
import { answer, bootWith, observedOf } from './boot-of.ts'
import { expectedOf, isDigested } from './cases.ts'
import { appFiles, bootCases } from './recorded.ts'

/** A build that digests, as that of the recorded app. */
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

const cases = bootCases.flatMap((one) =>
  Object.entries(one.observed).map(([version, what]) => [`${one.id} ${version}`, { ...one, version, what }] as const),
)

describe('a release does what the recorded one did', () => {
  const started = cases.filter(([, { what }]) => what.command === undefined)
  test.each(started)('%s', async (_, { id, files, env, version, what }) => {
    const command = id.includes('overlay') ? '/app/bin/server' : '/app/bin/my_app", "start'
    const project = { ...appFiles(version), ...files, Dockerfile: dockerfile(version, command) }
    const outcome = await bootWith(project, env)
    expect(observedOf(outcome), JSON.stringify(outcome?.crash?.message ?? outcome?.risks)).toEqual(expectedOf(what))
    if (!what.boots) return
    expect(answer(outcome?.staticManifest)).toBe(isDigested(what.static_path))
    if (what['server?'] !== undefined) expect(answer(outcome?.endpoint?.listens)).toBe(what['server?'])
  })

  test.each(started)('%s, from its folder alone', async (_, { id, files, env, version, what }) => {
    const own = id.includes('overlay') ? { ...env, PHX_SERVER: 'true' } : env
    const outcome = await bootWith({ ...appFiles(version), ...files }, own)
    expect(observedOf(outcome)).toEqual(expectedOf(what))
    // Whether the assets were digested is for the build to say, which is not here.
    if (what.boots) expect(answer(outcome?.staticManifest)).toBeUndefined()
  })
})

/** `eval` reads runtime.exs as well; what else these commands do is not of the boot. */
describe('a command of the release stops where the config does', () => {
  const migrations = cases.filter(([, { what }]) => /bin\/migrate/.test(what.command ?? ''))
  test.each(migrations)('%s', async (_, { id, files, env, version, what }) => {
    const outcome = await bootWith({ ...appFiles(version), ...files }, env)
    const isDatabase = id === 'mig_no_db'
    expect(outcome?.boot.settled).toBe(what.exit_code === 0 || isDatabase)
  })
})
