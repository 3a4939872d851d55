// A program of somebody else, with files that are on no disk. It is compiled and run against the packed library.
import {
  analyze,
  type Change,
  check,
  discover,
  type Entry,
  fix,
  type Host,
  type Image,
  type JsonReport,
  openHost,
  type Project,
  ReadFailure,
  type ReadOptions,
  reportJson,
  reportLines,
  reportOf,
  reportSarif,
  reportText,
  type Shown,
  showFindings,
  type Wrong,
} from 'docker-gotchas'

const buffers: Readonly<Record<string, string>> = {
  Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release
RUN mix assets.deploy

FROM debian:bookworm-slim
WORKDIR /app
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
COPY --from=build /app/_build/prod/rel/shop ./
ENV SECRET_KEY_BASE=Yk3vQ9sLx2Wq8Zt7Rb5Nc1Md6Pf4Hg0JaUeSiOoKlTyGhVbXnCmQwErTyUiOpAs
USER nobody
CMD ["/app/bin/shop", "start"]
`,
  'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: deploy/settings\n',
  'config/config.exs': `import Config
config :logger, level: :info
config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000]
config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"
`,
  'deploy/settings': 'PHX_HOST=shop.example\n',
  'locked/.env': '',
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", aliases: ["assets.deploy": ["esbuild shop", "phx.digest"]]]
end
`,
}

/** A host of one's own: what an editor has open. */
const editor: Host = {
  async list(folder): Promise<readonly Entry[]> {
    const below = Object.keys(buffers).flatMap((path) =>
      folder === '' ? [path] : path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
    )
    const names = [...new Set(below.map((path) => path.split('/')[0] ?? ''))].sort()
    return names.map((name): Entry => {
      const isFile = below.includes(name)
      return { name, kind: isFile ? 'file' : 'folder', size: isFile ? 1 : 0, executable: false }
    })
  },
  async read(path) {
    if (path.startsWith('locked/')) throw new ReadFailure(path, 'denied')
    const text = buffers[path]
    if (text === undefined) throw new ReadFailure(path, 'absent')
    return new TextEncoder().encode(text)
  },
}

const opened = await openHost(editor)
if (opened.kind === 'wrong') throw new Error(opened.message)
const checked = await check(opened.value, { failOn: 'error' })
if (checked.kind === 'wrong') throw new Error(checked.message)
const { analysis, fails, unseen } = checked.value
const report = reportOf(analysis)
const json: JsonReport = JSON.parse(reportJson(report))

const changes: Change[] = []
for (const { tree, options } of opened.value.projects) changes.push(...(await fix(tree, options)).changes)

const raw = await analyze(await discover(editor))
// @ts-expect-error What is not masked cannot be reported.
reportOf(raw)
const masked: Shown<typeof raw> | ReturnType<typeof showFindings> = showFindings(raw, raw.masking)

const nowhere = await openHost(editor, { names: ['nowhere'] })
const broken = await openHost({ ...editor, read: () => Promise.reject(new Error('the editor is closed')) }).catch(
  (error: Error) => error.message,
)

export const names: readonly [Project?, Image?, ReadOptions?, Wrong?] = []

console.log(
  JSON.stringify({
    json,
    text: reportText(report),
    lines: reportLines(reportOf(masked)),
    sarif: JSON.parse(reportSarif(report)),
    fails,
    unseen,
    changes: changes.map(({ path, after }) => ({ path, after })),
    nowhere: nowhere.kind === 'wrong' ? nowhere.message : '',
    broken,
  }),
)
