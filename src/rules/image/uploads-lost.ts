import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { type Booted, bootsOf } from '../../model/facts/boots.ts'
import { isOfDevelopment, isUnnamed } from '../../model/facts/code/of-development.ts'
import { writesIntoRelease } from '../../model/facts/code/own-writes.ts'
import { homeOf } from '../../model/facts/release-home.ts'
import { reposOf } from '../../model/outcome/repos.ts'
import type { Project } from '../../model/project/project.ts'
import type { ServiceMount } from '../../model/services/service.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'uploads-lost',
  gotcha: 'image',
  severity: 'warning',
  summary: 'the app writes into its release, and what it writes is gone with the next deployment',
  incident: 'Files that users have uploaded are gone after each deployment.',
  remedy: 'Write to a folder outside of the release that a variable names, and mount a volume there',
  why: `A container has files of its own as long as it is there; the next one begins with those of its image. The \`priv\`
of an app is \`lib/my_app-0.1.0/priv\` in a release, another folder with each version. A volume at \`/app/priv\` is beside it.`,
  links: [
    'https://hexdocs.pm/phoenix/file_uploads.html',
    'https://docs.docker.com/engine/storage/volumes/',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-the-release-structure',
  ],
  examples: [
    {
      title: 'a volume beside the release',
      on: 'phoenix',
      good: `
        -- Dockerfile: USER nobody --
        RUN mkdir -p /data/uploads && chown nobody /data/uploads
        USER nobody
        -- compose.yaml --
        services:
          web:
            build: .
            volumes:
              - uploads:/data/uploads
        volumes:
          uploads:
        -- lib/shop/uploads.ex --
        defmodule Shop.Uploads do
          def store(path, name), do: File.cp!(path, Path.join(folder(), name))

          defp folder, do: "/data/uploads"
        end`,
      bad: `
        -- compose.yaml: - uploads:/data/uploads --
        - uploads:/app/priv/static/uploads
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        -- lib/shop/uploads.ex: "/data/uploads" --
        Path.join(:code.priv_dir(:shop), "static/uploads")`,
    },
    {
      title: 'files in the release',
      on: 'phoenix',
      good: `
        -- lib/shop/uploads.ex --
        defmodule Shop.Uploads do
          def store(path, name), do: File.cp!(path, Path.join("/data/uploads", name))
        end`,
      bad: `
        -- lib/shop/uploads.ex: File.cp!(path, Path.join("/data/uploads", name)) --
        File.cp!(path, Application.app_dir(:shop, "priv/static/" <> name))
             ^^^`,
    },
  ],
  *check(project) {
    for (const booted of bootsOf(project)) yield* layeredDatabases(booted, project)
    for (const deployment of project.deployments) {
      const home = homeOf(deployment)
      const { runs, service, release, code } = deployment
      if (runs !== 'release' || home === undefined || release === undefined) continue
      const mounts = service?.mounts ?? []
      if (mounts.some(({ target }) => holdsApps(posix.normalize(target), home))) continue
      const writes = writesIntoRelease(code).flatMap(({ span, isCache }) =>
        isCache || isOfDevelopment(span, code, project) || isUnnamed(span, deployment, project) ? [] : [span],
      )
      const beside = writes.length === 0 ? [] : mounts.filter((mount) => isBeside(mount, deployment, home))
      for (const { target, span } of beside)
        yield {
          message: `nothing is written to \`${target}\`: the \`priv\` of the app is in \`${home}/lib\``,
          span,
          related: writes.map((at) => ({ span: at, text: 'the app writes into its own `priv` here' })),
        }
      if (beside.length > 0) continue
      for (const span of writes)
        yield {
          message: 'this writes into the release, which the next deployment replaces',
          span,
          related: [{ span: release.step.span, text: 'the release is made here' }],
        }
    }
  },
})

/** Whether what is mounted holds the applications of a release, or one of them. */
const holdsApps = (target: string, home: string): boolean =>
  below(target, posix.join(home, 'lib')) !== undefined || below(posix.join(home, 'lib'), target) !== undefined

/** Whether a mount is at the `priv` that the project has, where the release has none. */
const isBeside = ({ target }: ServiceMount, { server }: Deployment, home: string): boolean =>
  [home, server?.cwd ?? home].some((folder) => below(posix.join(folder, 'priv'), posix.normalize(target)) !== undefined)

/** Databases of SQLite of a service that lie in no volume. */
function* layeredDatabases({ deployment, boot, who, doubt }: Booted, { tree }: Project): Iterable<Finding> {
  const { service, app, code, server } = deployment
  if (service === undefined || app === undefined) return
  for (const { name, otpApp } of reposOf(boot.config, code, app)) {
    const use = code.module(name)?.uses.find((one) => one.module === 'Ecto.Repo')
    const database = boot.at(otpApp, `Elixir.${name}`, 'database')
    if (use?.options === undefined || !/\bSQLite3\b/.test(textOf(use.options.span)) || database?.kind !== 'binary')
      continue
    const path = posix.resolve(server?.cwd ?? '/', database.text)
    const place = placeOf(trailOf(database))
    if (database.text === ':memory:' || place === undefined) continue
    if (service.mounts.some(({ target }) => below(posix.normalize(target), path) !== undefined)) continue
    if (replicatedFolders(tree).some((folder) => below(folder, path) !== undefined)) continue
    yield {
      message: `the database of ${who} is the file \`${path}\` of its container, where no volume is mounted`,
      why: 'The database is empty again after each deployment.',
      remedy:
        service.platform === 'fly' && service.name === 'release_command'
          ? 'Migrate when the app starts: Fly.io gives the release command a machine without volumes'
          : 'Mount a volume at the folder of the database',
      span: place.span,
      related: trailOf(database).filter((label) => label !== place),
      ...doubt,
    }
  }
}

/** The folders that LiteFS shows, which keeps what is in them elsewhere (its `fuse.dir`). */
const replicatedFolders = ({ sources }: Project['tree']): readonly string[] =>
  sources.flatMap(({ path, text }) =>
    /(^|\/)litefs\.ya?ml$/.test(path)
      ? (/^fuse:\n(?:[ \t#].*\n|\n)*?[ \t]+dir:[ \t]*["']?([^"'\s#]+)/m.exec(text)?.[1] ?? [])
      : [],
  )
