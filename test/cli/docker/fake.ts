import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Around, cli, folderOf, type Ran } from '../cli.ts'

/** A `docker` that writes down how it was called, gives an exit code, and says what a test wants. */
export interface FakeDocker {
  /** The calls so far, each a list of words. */
  readonly calls: () => readonly (readonly string[])[]
  /** Runs our command line with this docker. */
  readonly cli: (cwd: string, argv: readonly string[], around?: Around) => Promise<Ran>
}

export interface FakeAnswers {
  readonly code?: number
  /** The id that `build` writes down. */
  readonly id?: string
  /** The tar that `save` writes; without one it fails. */
  readonly image?: Uint8Array
  /** More shell for `build`. */
  readonly build?: string
}

const script = (code: number, id: string, build: string) => `#!/bin/sh
here=$(dirname "$0")
for word; do printf '%s\\0' "$word"; done >> "$here/calls"
printf '\\n' >> "$here/calls"
case " $* " in
  *" save "*)
    [ -f "$here/image.tar" ] && exec cat "$here/image.tar"
    echo "no such image" >&2
    exit 1 ;;
esac
${build}
last=
for word; do [ "$last" = --iidfile ] && printf %s "${id}" > "$word"; last=$word; done
exit ${code}
`

/** Makes such a docker in a folder of its own. */
export function fakeDocker({ code = 0, id = 'sha256:1', image, build = '' }: FakeAnswers = {}): FakeDocker {
  const folder = folderOf(image ? { 'image.tar': image } : {})
  const program = join(folder, 'docker')
  writeFileSync(program, script(code, id, build))
  chmodSync(program, 0o755)
  const calls = join(folder, 'calls')
  return {
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .split('\n')
            .slice(0, -1)
            .map((line) => line.split('\0').slice(0, -1))
        : [],
    cli: (cwd, argv, around = {}) =>
      cli(cwd, argv, {
        ...around,
        env: { PATH: process.env.PATH ?? '', DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: program, ...around.env },
      }),
  }
}

export const secret = 'Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz'

const stage = (name: string, env: string) => `FROM elixir:1.18 AS ${name}
WORKDIR /app
ENV MIX_ENV=prod ${env}
COPY . .
RUN mix release
CMD ["/app/_build/prod/rel/shop/bin/shop", "start"]
`

/** Dockerfiles of a shop: one that is good enough to be built, one with an error, and two that hold both. */
export const dockerfiles = {
  good: stage('good', 'PHX_SERVER=true'),
  bad: stage('bad', `SECRET_KEY_BASE=${secret}`),
  goodLast: `${stage('bad', `SECRET_KEY_BASE=${secret}`)}\n${stage('good', 'PHX_SERVER=true')}`,
  byArg: `ARG WHICH=good
${stage('bad', `SECRET_KEY_BASE=${secret}`)}
${stage('good', 'PHX_SERVER=true')}
FROM \${WHICH} AS run
`,
}

/** The rule that reports the error. */
export const rule = 'secret-in-layer'

/** The files of a shop that is built from a Dockerfile. */
export const shop = (dockerfile: string) => ({
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
end
`,
  Dockerfile: dockerfile,
})
