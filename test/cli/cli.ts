import { rmSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { newFolder } from './ran.ts'

/** A folder with these files, gone when the test is over. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = newFolder(files)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export { type Around, cli, type Ran } from './ran.ts'

/** A project in which the assets come too late, and in which that is all. */
export const late = {
  Dockerfile: 'FROM elixir:1.18 AS build\nENV MIX_ENV=prod\nCOPY . .\nRUN mix release\nRUN mix assets.deploy\n',
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", aliases: aliases()]
  defp aliases, do: ["assets.deploy": ["phx.digest"]]
end
`,
}

export const inTime = {
  ...late,
  Dockerfile: late.Dockerfile.replace(
    'RUN mix release\nRUN mix assets.deploy',
    'RUN mix assets.deploy\nRUN mix release',
  ),
}

/** Asks one rule only, so that these tests do not hang on the others. */
export const one = ['--rule', 'assets-after-release'] as const

/** A project whose image holds a secret, and in which that is all. */
export const leaking = {
  Dockerfile: `FROM elixir:1.18
ENV MIX_ENV=prod
COPY . .
ENV SECRET_KEY_BASE=Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz
RUN mix release
CMD ["_build/prod/rel/shop/bin/shop", "start"]
`,
  'mix.exs': late['mix.exs'],
}

export const tight = { ...leaking, Dockerfile: leaking.Dockerfile.replace(/ENV SECRET.*\n/, '') }

/** Asks for secrets in the image only. */
export const leaks = ['--rule', 'secret-in-layer'] as const
