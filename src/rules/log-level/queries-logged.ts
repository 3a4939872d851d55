import type { CallNode } from '../../languages/elixir/syntax/ast.ts'
import { keywordGet, optionsOf, walk } from '../../languages/elixir/syntax/query.ts'
import { atom } from '../../languages/elixir/values/value.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { allBootsOf } from '../../model/facts/boots.ts'
import { printsLess, rankOf } from '../../model/facts/log-levels.ts'
import { reposOf } from '../../model/outcome/repos.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { isWithin } from '../../text/source.ts'
import { withoutOption } from '../edits/runtime-config.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'queries-logged',
  gotcha: 'log-level',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'the option does not stand in a `config` by itself',
  ofImages: true,
  summary: 'the repo logs its queries at a level that production prints',
  incident: 'Every query stands in the log with its parameters: names, mails and tokens of your users in plain text.',
  remedy: 'Take the `log:` option of the repo away, or set it to `false`',
  why: `Ecto logs queries with their parameters, at \`:debug\` unless \`log:\` of the repo says another level. At \`:info\` they
pass the level that keeps debug messages out of production, and \`filter_parameters\` does not reach them.`,
  links: ['https://hexdocs.pm/ecto/Ecto.Repo.html#module-shared-options'],
  examples: [
    {
      title: 'queries at info',
      on: 'repo',
      bad: `
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL") --
        config :shop, Shop.Repo, log: :info, url: System.fetch_env!("DATABASE_URL")
                                      ^^^^^`,
      fixed: true,
    },
    {
      title: 'a level of production that prints them all the same',
      on: 'repo',
      good: `
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL") --
        config :shop, Shop.Repo, log: false, url: System.fetch_env!("DATABASE_URL")`,
      bad: `
        -- config/config.exs: config :logger, level: :info --
        config :logger, level: :notice
        -- config/runtime.exs: config :shop, Shop.Repo, log: false, url: System.fetch_env!("DATABASE_URL") --
        config :shop, Shop.Repo, log: :warning, url: System.fetch_env!("DATABASE_URL")
                                      ^^^^^^^^`,
    },
  ],
  *check(project) {
    const debug = rankOf(atom('debug')) ?? 0
    for (const { boot, deployment, who, doubt } of allBootsOf(project)) {
      const level = boot.at('logger', 'level')
      const limit = rankOf(level)
      if (level === undefined || limit === undefined || limit >= debug || printsLess(boot)) continue
      for (const { otpApp, name, changesConfig } of deployment.app
        ? reposOf(boot.config, project.code, deployment.app)
        : []) {
        const log = changesConfig ? undefined : boot.at(otpApp, `Elixir.${name}`, 'log')
        const rank = rankOf(log)
        const trail = log ? trailOf(log) : []
        const place = placeOf(trail)
        if (rank === undefined || rank > limit || place === undefined) continue
        const own = placeOf(trailOf(level))
        yield {
          message: `\`${name}\` logs each query with its parameters, and ${who} prints them`,
          span: place.span,
          fixes: unlogged(project, place.span),
          related: [
            ...trail.filter((label) => label !== place),
            ...(own ? [{ span: own.span, text: 'this level lets them through' }] : []),
          ],
          ...doubt,
        }
      }
    }
  },
})

/** The fix that logs queries at the level at which Ecto does by itself. */
function unlogged(project: Project, at: Span): readonly Fix[] {
  const file = project.elixir.get(at.source.path)
  const configs: CallNode[] = []
  for (const node of file?.body ?? [])
    walk(node, (one) => {
      if (one.kind === 'call' && one.name === 'config' && isWithin(at, one.span)) configs.push(one)
    })
  const call = configs.at(-1)
  const value = call && keywordGet(optionsOf(call), 'log')
  const edit = file && call && value && isWithin(at, value.span) ? withoutOption(file, call, 'log') : undefined
  return edit ? [{ title: 'Log queries at `:debug`, as Ecto does by itself', safety: 'unsafe', edits: [edit] }] : []
}
