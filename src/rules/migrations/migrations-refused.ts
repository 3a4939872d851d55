import { posix } from 'node:path'
import { isUnder } from '../../files/folders.ts'
import { sourceAt, type Tree, type TreeEntry } from '../../files/tree.ts'
import { likely } from '../../model/facts/boots.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { type Span, span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'migrations-refused',
  gotcha: 'migrations',
  severity: 'error',
  summary: 'the migrator stops at the files of the migrations, or passes one by',
  incident: 'The command that migrates stops before it has done anything, and with it the start that waits for it.',
  remedy: 'Give the file another time stamp and another name',
  why: `Ecto reads the version of a migration from the time stamp in front of its file's name, and takes no two of one version
or of one name. It loads \`*.exs\` with a version alone: a file that ends in \`.ex\` or has none is never looked at.`,
  links: ['https://hexdocs.pm/ecto_sql/Ecto.Migrator.html'],
  examples: [
    {
      title: 'two of one version',
      on: 'repo',
      good: `
        -- priv/repo/migrations/20250601120000_create_products.exs --
        defmodule Shop.Repo.Migrations.CreateProducts do
          use Ecto.Migration
          def change, do: create(table(:products))
        end`,
      bad: `
        -- priv/repo/migrations/20250601120000_create_sizes.exs --
        defmodule Shop.Repo.Migrations.CreateSizes do
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          use Ecto.Migration
          def change, do: create(table(:sizes))
        end`,
    },
    {
      title: 'a file that is not loaded',
      on: 'repo',
      good: `
        -- priv/repo/migrations/20250601120000_create_products.exs --
        defmodule Shop.Repo.Migrations.CreateProducts do
          use Ecto.Migration
          def change, do: create(table(:products))
        end`,
      bad: `
        -- priv/repo/migrations/20250701120000_create_carts.ex --
        defmodule Shop.Repo.Migrations.CreateCarts do
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          use Ecto.Migration
          def change, do: create(table(:carts))
        end`,
    },
  ],
  *check({ deployments, tree }) {
    for (const { app, code } of deployments) {
      if (app === undefined || code.using('Ecto.Repo').length === 0) continue
      for (const one of [app, ...app.children]) yield* ofFolders(one, tree)
    }
  },
})

/** A file of migrations, by what its name says. */
interface Migration {
  readonly path: string
  /** The folder of its repo. */
  readonly folder: string
  readonly version: string
  readonly name: string
  readonly isLoaded: boolean
}

function* ofFolders({ folder }: MixApp, tree: Tree): Iterable<Finding> {
  const all = tree.entries.flatMap((entry) => (isUnder(entry.path, folder) ? migrationAt(entry) : []))
  const loaded = all.filter(({ isLoaded }) => isLoaded)
  for (const [index, one] of loaded.entries()) {
    const other = loaded
      .slice(0, index)
      .find((before) => before.folder === one.folder && (before.version === one.version || before.name === one.name))
    if (other === undefined) continue
    const what = other.version === one.version ? `the version ${one.version}` : `the name \`${one.name}\``
    yield {
      message: `the migrations stop: \`${posix.basename(other.path)}\` and \`${posix.basename(one.path)}\` have ${what}`,
      span: placeIn(one.path, tree),
      related: [{ span: placeIn(other.path, tree), text: 'this is the other one' }],
    }
  }
  for (const { path, isLoaded } of all) {
    if (!isLoaded && loaded.length > 0)
      yield {
        message: `\`${posix.basename(path)}\` is no migration: Ecto loads files that end in \`.exs\``,
        remedy: 'Let its name end in `.exs`',
        span: placeIn(path, tree),
        ...passedBy,
      }
  }
  for (const { path, kind } of tree.entries) {
    if (kind !== 'file' || !isUnder(path, folder) || !isMeant(path, tree)) continue
    yield {
      message: `\`${posix.basename(path)}\` is no migration: its name does not begin with a version and \`_\``,
      remedy: 'Put a time stamp in front of its name, as `mix ecto.gen.migration` does',
      span: placeIn(path, tree),
      ...passedBy,
    }
  }
}

const passedBy = { why: 'The migrations end well, and the app has no such tables.', ...likely }

/** Whether a file that has no version in front of its name is one of the migrations, by its text or, where nobody reads it, its name. */
function isMeant(path: string, tree: Tree): boolean {
  const name = /(?:^|\/)priv\/[^/]+\/migrations\/(?:.*\/)?([^/._][^/]*)\.exs$/.exec(path)?.[1]
  if (name === undefined || /^\d+_/.test(name)) return false
  const text = sourceAt(tree, path)?.text
  return text === undefined
    ? /^(add|alter|change|create|drop|modify|remove|rename|\d{8,}\W)/.test(name)
    : /^\s*use Ecto\.Migration\b/m.test(text)
}

function migrationAt({ path, kind }: TreeEntry): readonly Migration[] {
  const [, folder = '', version = '', name = '', end] =
    /^(.*(?:^|\/)priv\/[^/]+\/migrations)\/(?:.*\/)?(\d{4,})_([^/]+)\.(exs?)$/.exec(path) ?? []
  return kind === 'file' && version !== '' ? [{ path, folder, version, name, isLoaded: end === 'exs' }] : []
}

/** The top of a file, of which no more than its name may be read. */
const placeIn = (path: string, tree: Tree): Span => {
  const source = sourceAt(tree, path) ?? { path, text: '' }
  return span(source, 0, Math.max(0, source.text.indexOf('\n')))
}
