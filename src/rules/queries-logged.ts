import { atomName, keywordGet } from '../languages/elixir/query.ts'
import { atom } from '../languages/elixir/value.ts'
import { placeOf, trailOf } from '../model/boot/trail.ts'
import type { Project } from '../model/project.ts'
import { bootsOf } from './boots.ts'
import { marked, repoImage, repoRelease } from './example-parts.ts'
import { printsLess, rankOf } from './log-levels.ts'
import { defineRule } from './rule.ts'

const project = (options: string) =>
  `${repoImage.replace('Shop.Repo, url:', `Shop.Repo, ${options}url:`)}${repoRelease}`

export default defineRule({
  id: 'queries-logged',
  gotcha: 'log-level',
  severity: 'warning',
  ofImages: true,
  summary: 'the repo logs its queries at a level that production prints',
  incident: 'Every query stands in the log with its parameters: names, mails and tokens of your users in plain text.',
  why: `Ecto logs queries with their parameters, at \`:debug\` unless \`log:\` of the repo says another level. At \`:info\` they
pass the level that keeps debug messages out of production, and \`filter_parameters\` does not reach them.`,
  links: ['https://hexdocs.pm/ecto/Ecto.Repo.html#module-shared-options'],
  examples: [
    {
      title: 'queries at info',
      bad: marked(project('log: :info, '), ':info, ').replace('^^^^^^^', '^^^^^'),
      good: project(''),
    },
  ],
  *check(project) {
    const debug = rankOf(atom('debug')) ?? 0
    for (const { boot, who, doubt } of bootsOf(project)) {
      const level = boot.at('logger', 'level')
      const limit = rankOf(level)
      if (level === undefined || limit === undefined || limit >= debug || printsLess(boot)) continue
      for (const { app, name } of reposOf(project)) {
        const log = boot.at(app, `Elixir.${name}`, 'log')
        const rank = rankOf(log)
        const trail = log ? trailOf(log) : []
        const place = placeOf(trail)
        if (rank === undefined || rank > limit || place === undefined) continue
        const own = placeOf(trailOf(level))
        yield {
          message: `\`${name}\` logs each query with its parameters, and ${who} prints them`,
          span: place.span,
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

const reposOf = ({ code }: Project) =>
  code.modules.flatMap((module) => {
    const use = module.uses.find((one) => one.module === 'Ecto.Repo')
    const app = use && atomName(keywordGet(use.options, 'otp_app'))
    const changes = module.functions.some((one) => one.name === 'init' && one.arity === 2)
    return app === undefined || changes ? [] : [{ app, name: module.name }]
  })
