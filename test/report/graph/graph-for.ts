import { judge, readTree } from '../../../src/analyze.ts'
import { treeOf } from '../../../src/files/tree.ts'
import type { Shown } from '../../../src/masking/shown.ts'
import type { DrawOptions, Graph } from '../../../src/report/graph/graph.ts'
import { graphOf } from '../../../src/report/graph/graph-of.ts'

/** The graph of a project that is these files. */
export async function graphFor(
  files: Readonly<Record<string, string>>,
  named: readonly string[] = [],
  rules?: readonly string[],
): Promise<Shown<Graph>> {
  const options = { entries: named, ...(rules ? { rules } : {}) }
  const reading = await readTree(treeOf(files), options)
  const { diagnostics, notes } = judge(reading, options)
  return graphOf(reading.project, diagnostics, { named, shown: (path) => path, notes })
}

export const plain: DrawOptions = { colour: false, width: 120, title: 'shop' }

/** The steps as `line kind effects`, those of one stage or all. */
export const linesOf = ({ steps }: Graph, stage?: number): readonly string[] =>
  steps
    .filter((step) => stage === undefined || step.stage === stage)
    .map(({ line, kind, command, effects }) =>
      [line, kind, command, ...effects.map((one) => `→ ${one.kind} ${one.path}`)].join(' '),
    )

/** The edges but those to the next step, as `line kind line`. */
export const edgesIn = ({ steps, edges }: Graph): readonly string[] =>
  edges
    .filter(({ kind }) => kind !== 'next')
    .map(
      ({ from, to, kind, way }) => `${steps[from]?.line} ${kind} ${steps[to]?.line}${way === null ? '' : ` (${way})`}`,
    )

/** A shop of two stages whose assets reach the release. */
export const shop = {
  Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix deps.get --only prod
RUN mix assets.deploy && mix release

FROM debian:bookworm-slim
WORKDIR /srv
COPY --from=build /app/_build/prod/rel/shop ./
CMD ["/srv/bin/shop", "start"]
`,
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", aliases: aliases()]
  defp aliases, do: ["assets.deploy": ["esbuild shop --minify", "phx.digest"]]
end
`,
  '.dockerignore': 'notes\n',
  'notes/todo.txt': 'x',
}
