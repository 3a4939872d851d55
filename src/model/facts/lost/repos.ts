import { atomName, keywordGet } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import type { Span } from '../../../text/source.ts'
import { isFollowed } from '../../boot/boot.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { migratorsOf } from '../../phoenix/migrator.ts'

/** A repo that the app would migrate, and that `ecto_repos` does not name. */
export interface UnlistedRepo {
  readonly repo: string
  readonly owner: string
  readonly span: Span
  /** Whether another key was most likely meant for it, or there is a list without anything in it. */
  readonly key: 'misspelt' | 'empty' | 'absent'
}

/** The repo of a deployment whose migrations go by `ecto_repos`, where that names none at all. */
export function unlistedRepoOf({ code, boot, app }: Deployment): UnlistedRepo | undefined {
  if (app === undefined || !isFollowed(boot)) return undefined
  const migrators = migratorsOf(code)
  const asking = code
    .runTime()
    .configCalls(['ecto_repos'])
    .find(({ key, from, sets }) => key === 'ecto_repos' && from && migrators.includes(from.module) && !sets)
  if (asking === undefined) return undefined
  for (const { name: owner } of [app, ...app.children]) {
    if (owner === undefined || (asking.app !== undefined && asking.app !== owner)) continue
    const repo = code
      .using('Ecto.Repo')
      .find(({ uses }) => uses.some(({ options }) => atomName(keywordGet(options, 'otp_app')) === owner))
    const listed = boot.at(owner, 'ecto_repos')
    if (repo === undefined || (listed && (listed.kind !== 'list' || listed.items.length > 0))) continue
    const writes = boot.writes.filter(({ path }) => path[0] === owner)
    const empty = writes.findLast(({ path }) => path[1] === 'ecto_repos')
    const slip = writes.find(({ path: [, key = ''] }) => nearest(key, ['ecto_repos'], 2) !== undefined)
    if (empty) return { repo: repo.name, owner, span: empty.span, key: 'empty' }
    if (slip) return { repo: repo.name, owner, span: slip.span, key: 'misspelt' }
    return { repo: repo.name, owner, span: asking.node.span, key: 'absent' }
  }
  return undefined
}
