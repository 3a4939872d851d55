import type { CallNode } from '../../languages/elixir/syntax/ast.ts'
import { unstartedRepoOf } from '../../model/facts/code/unstarted-repo.ts'
import { releaseCallsOf } from '../../model/facts/release-calls.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'repo-not-started',
  gotcha: 'migrations',
  severity: 'error',
  summary: '`eval` asks a repo that nothing has started',
  incident:
    'The call stops with "could not lookup Ecto repo … because it was not started", and what comes after it does not run.',
  remedy: 'Do it in `Ecto.Migrator.with_repo/2`, which starts the repo for as long as it is needed',
  fix: 'unsafe',
  noFix: 'only a call that is given one repo can be put into `Ecto.Migrator.with_repo`',
  why: `\`eval\` of a release loads the code and the config, and starts none of the applications: there is no repo yet. In
\`iex -S mix\` the same line works, because Mix has started the app before.`,
  links: [
    'https://hexdocs.pm/ecto_sql/Ecto.Migrator.html#with_repo/3',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-one-off-commands-eval-and-rpc',
  ],
  examples: [
    {
      title: 'in the module that migrates',
      on: 'repo',
      bad: `
        -- lib/shop/release.ex: {:ok, _, _} = Ecto.Migrator.with_repo(repo, &Ecto.Migrator.run(&1, :up, all: true)) --
        Ecto.Migrator.run(repo, :up, all: true)
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'in the text of `eval`',
      on: 'repo',
      bad: `
        -- fly.toml: release_command = "/app/bin/migrate" --
        release_command = "/app/bin/shop eval 'Ecto.Migrator.run(Shop.Repo, :up, all: true)'"
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    const seen = new Set<string>()
    for (const deployment of project.deployments) {
      if (deployment.boot?.tool) continue
      for (const call of releaseCallsOf(project, deployment)) {
        const found =
          call.verb.kind === 'known' && call.verb.value === 'eval'
            ? unstartedRepoOf(call.args.join(' '), project.code)
            : undefined
        if (!found) continue
        const place = found.node?.span ?? inCall(call.span, found.migrates ? 'Ecto.Migrator.' : `${found.repo}.`)
        const key = `${place.source.path}:${place.start}`
        if (seen.has(key)) continue
        seen.add(key)
        const repo = found.repo === undefined ? 'a repo' : `\`${found.repo}\``
        yield {
          message: `${repo} is ${found.migrates ? 'migrated' : 'asked'} without being started: \`eval\` starts nothing`,
          span: place,
          related: found.node ? [...call.via, { span: call.span, text: 'this calls it' }] : call.via,
          ...(call.certain && found.isSure ? {} : { severity: 'warning', certainty: 'likely' }),
          fixes: found.migrates && found.node && found.repo !== undefined ? withRepo(found.node, found.repo) : [],
        }
      }
    }
  },
})

/** The call of the migrator or of the repo in the text of an `eval`. */
function inCall(call: Span, asked: string): Span {
  const at = textOf(call).indexOf(asked)
  if (at === -1) return call
  const text = /^[^)]*\)?/.exec(textOf(call).slice(at))?.[0] ?? ''
  return span(call.source, call.start + at, call.start + at + text.length)
}

function withRepo(node: CallNode, repo: string): readonly Fix[] {
  const [first] = node.args
  const { source, start, end } = node.span
  const written = textOf(node.span)
  if (!first || written.includes('&')) return []
  const called = source.text.slice(start, first.span.start).replace(/\(?\s*$/, '')
  const owner = called.slice(0, called.lastIndexOf('.'))
  const rest = source.text.slice(first.span.end, end).replace(/\)?$/, ')')
  const text = `${owner}.with_repo(${repo}, &${called}(&1${rest})`
  return [
    { title: 'Start the repo for the migration', safety: 'unsafe', edits: [{ span: { source, start, end }, text }] },
  ]
}
