import type { Source } from '../../text/source.ts'
import type { ImageRelease } from './release.ts'

/** The folder of the files that stand in for the Mix project that a release was built from: no places that people are shown. */
export const projectFolder = '(project)'

/** Whether a source only stands in for one that is not in the image. */
export const isStandIn = (source: Source): boolean => source.path.startsWith(`${projectFolder}/`)

/** What a release still says of its Mix project: its name, version, applications and the version of Elixir. */
export function standInSources({ name, version, apps }: ImageRelease): readonly Source[] {
  const elixir = apps.get('elixir')
  const own = /^[a-z]\w*$/.test(name) ? name : 'app'
  const deps = [...apps].filter(([app]) => app !== name && /^[a-z]\w*$/.test(app))
  const source = (path: string, text: string): Source => ({ path: `${projectFolder}/${path}`, text })
  return [
    source(
      'mix.exs',
      `defmodule Release.MixProject do
  use Mix.Project
  def project, do: [app: :${own}, version: ${JSON.stringify(version)}, deps: deps()]
  defp deps, do: [${deps.map(([app]) => `{:${app}, ">= 0.0.0"}`).join(', ')}]
end
`,
    ),
    source('mix.lock', `%{${deps.map(([app, at]) => `"${app}": {:hex, :${app}, "${at}"}`).join(',\n')}}\n`),
    ...(elixir ? [source('.tool-versions', `elixir ${elixir}\n`)] : []),
  ]
}
