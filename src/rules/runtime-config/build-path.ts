import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { type BuilderPath, builderPathsIn } from '../../model/facts/code/builder-paths.ts'
import { isOfDevelopment, isUnnamed } from '../../model/facts/code/of-development.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'build-path',
  gotcha: 'runtime-config',
  severity: 'warning',
  summary: 'code that runs looks for a file where it was when the release was built',
  incident: 'What reads the file is answered with 500: no such file or directory.',
  remedy: 'Ask for the folder in the function: `Application.app_dir(:my_app, "priv/…")`',
  why: `A release has its files in \`lib/my_app-0.1.0/priv\`, and none of the sources. \`__DIR__\` is the folder of the source on
the machine that compiles it; \`@folder Application.app_dir(…)\` is asked when the module is compiled, and gives a folder in
\`_build\`; \`"priv/…"\` is looked for in the folder in which the release is started. What is read in the body of a module is
read while it is compiled, and is a part of it.`,
  links: [
    'https://hexdocs.pm/elixir/Application.html#app_dir/2',
    'https://hexdocs.pm/elixir/module-attributes.html#as-temporary-storage',
  ],
  examples: [
    {
      title: 'a folder that an attribute keeps',
      on: 'phoenix',
      good: `
        -- lib/shop/letters.ex --
        defmodule Shop.Letters do
          def read(name), do: File.read!(Path.join(folder(), name))

          defp folder, do: Application.app_dir(:shop, "priv/letters")
        end`,
      bad: `
        -- lib/shop/letters.ex --
        defmodule Shop.Letters do
          @folder Application.app_dir(:shop, "priv/letters")
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

          def read(name), do: File.read!(Path.join(@folder, name))
        end`,
    },
    {
      title: 'a file below the folder of the project',
      on: 'phoenix',
      good: `
        -- lib/shop/terms.ex --
        defmodule Shop.Terms do
          @text File.read!("priv/terms.md")

          def text, do: @text
        end
        -- priv/terms.md --
        Nothing is taken back.`,
      bad: `
        -- lib/shop/terms.ex --
        defmodule Shop.Terms do
          def text, do: File.read!("priv/terms.md")
                                   ^^^^^^^^^^^^^^^
        end`,
    },
    {
      title: 'a file beside the source',
      on: 'phoenix',
      good: `
        -- lib/shop/terms.ex --
        defmodule Shop.Terms do
          @text File.read!(Path.join(__DIR__, "terms.md"))

          def text, do: @text
        end
        -- lib/shop/terms.md --
        Nothing is taken back.`,
      bad: `
        -- lib/shop/terms.ex --
        defmodule Shop.Terms do
          def text, do: File.read!(Path.join(__DIR__, "terms.md"))
                                             ^^^^^^^
        end`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { runs, release, code } = deployment
      if (runs !== 'release' || release === undefined) continue
      for (const one of builderPathsIn(code)) {
        const path = pathIn(one, deployment)
        if (path === undefined || !isMissing(deployment, path)) continue
        if (isUnnamed(one.span, deployment, project) || isOfDevelopment(one.span, code, project)) continue
        yield {
          message: messageOf(one, path),
          span: one.span,
          related: [
            ...(one.usedBy ? [{ span: one.usedBy, text: 'it is used here, when the app runs' }] : []),
            { span: release.step.span, text: 'the release is made here' },
          ],
        }
      }
    }
  },
})

/** What the path is in the container, or the folder in which it is; undefined where no release runs. */
function pathIn({ kind, path, span: at }: BuilderPath, { release, app, server }: Deployment): string | undefined {
  if (release === undefined || server === undefined) return undefined
  if (kind === 'relative') return posix.resolve(server.cwd, path)
  if (kind === 'project') return posix.resolve(release.project, path)
  const folder = app?.folder ?? ''
  if (kind === 'source') return posix.join(release.project, posix.relative(folder, posix.dirname(at.source.path)))
  return posix.join(release.project, '_build', release.mixEnv ?? 'prod', 'lib')
}

/** Whether there is surely nothing at a path of the container: neither in the image nor by a mount. */
function isMissing({ ships, service }: Deployment, path: string): boolean {
  if (ships === undefined) return false
  const isMounted = service?.mounts.some(({ target }) => `${path}/`.startsWith(`${posix.normalize(target)}/`))
  const { origin } = locate(ships.files, path)
  // A release has no sources: what is in its `lib` has a version behind its name.
  const isOfRelease = origin.kind === 'made' && origin.artifact.kind === 'release'
  const isSource = isOfRelease && /^lib\/(?!\w+-\d)/.test(origin.rest)
  return !isMounted && (isSource || /^(absent|removed)$/.test(origin.kind))
}

const messageOf = ({ kind, span: at, usedBy }: BuilderPath, path: string): string =>
  kind === 'relative'
    ? `\`${textOf(at)}\` is looked for at \`${path}\` when the app runs, and the image has nothing there`
    : usedBy
      ? `this path is asked for when the code is compiled, and the image has nothing at \`${path}\``
      : `\`__DIR__\` is \`${path}\` of the stage that compiles, and the image has nothing there`
