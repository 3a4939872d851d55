import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import { atomName } from '../../languages/elixir/syntax/query.ts'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { truthOf } from '../../languages/elixir/values/value.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { isCalled } from '../../model/facts/code/called-functions.ts'
import {
  isCareful,
  type RunTimeFunction,
  runTimeFunctions,
  walkRunTime,
} from '../../model/facts/code/run-time-functions.ts'
import type { Code } from '../../model/phoenix/code.ts'
import { mixText } from '../../model/phoenix/mix.ts'
import { reachOf } from '../../model/phoenix/reach.ts'
import { span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'mix-at-run-time',
  gotcha: 'runtime-config',
  severity: 'error',
  stops: false,
  summary: 'a function of the app asks Mix while it runs, and a release has no Mix',
  incident: 'The first request that gets there is answered with 500: "module Mix is not available".',
  remedy: 'Ask when the code is compiled, in a module attribute, or put the answer into the config',
  why: `Mix is the build tool, and no part of a release. What stands in a function is asked when it is called;
\`@env Mix.env()\` in the body of the module is asked when it is compiled, where Mix is there.`,
  links: [
    'https://hexdocs.pm/mix/Mix.html#env/0',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-application-configuration',
  ],
  examples: [
    {
      title: 'the environment of Mix in a function',
      on: 'phoenix',
      good: `
        -- lib/shop/banner.ex --
        defmodule Shop.Banner do
          use GenServer

          def init(user), do: {:ok, Shop.Features.beta?(user)}
        end
        -- lib/shop/features.ex --
        defmodule Shop.Features do
          @everyone Mix.env() != :prod

          def beta?(user), do: @everyone or user.beta
        end`,
      bad: `
        -- lib/shop/features.ex --
        defmodule Shop.Features do
          def beta?(user), do: Mix.env() != :prod or user.beta
                               ^^^^^^^^^
        end`,
    },
    {
      title: 'a task of Mix in a release',
      on: 'phoenix',
      good: `
        -- lib/shop/release.ex --
        defmodule Shop.Release do
          def seed, do: Shop.Seeds.run()
        end
        -- lib/shop/seeds.ex --
        defmodule Shop.Seeds do
          def run, do: :ok
        end`,
      bad: `
        -- lib/shop/release.ex: Shop.Seeds.run() --
        Mix.Task.run("run", ["priv/repo/seeds.exs"])
        ^^^^^^^^^^^^`,
    },
  ],
  *check({ deployments, tree }) {
    for (const deployment of deployments) {
      const { runs, release, code, app } = deployment
      if (runs !== 'release' || release === undefined || bringsMix(deployment)) continue
      const start = app?.applicationModule && code.module(app.applicationModule)
      const starting = start ? reachOf(code, { module: start, name: 'start' }).functions : []
      for (const one of runTimeFunctions(code, /Mix/)) {
        const isAtStart = starting.some(({ definition }) => definition === one.definition)
        for (const { call, before } of isCareful(one) ? [] : mixCallsOf(one, code)) {
          if (before.some((node) => isSet(node, one, deployment))) continue
          const from = call.target?.span.start ?? call.span.start
          const words = `${aliasName(call.target, one.module.aliases)}.${call.name}`
          const isIdle = !isAtStart && !isCalled(one, code, tree)
          yield {
            message: isIdle
              ? `\`${one.module.name}.${one.definition.name}\` calls \`${words}\`, and the release has no Mix; nothing in view leads there`
              : `\`${words}\` is called when the app ${isAtStart ? 'starts' : 'runs'}, and the release has no Mix`,
            ...(isIdle ? { why: 'Whoever calls it in the release gets an error: "module Mix is not available".' } : {}),
            ...(isAtStart
              ? { why: 'The release stops at its start: "module Mix is not available".', stops: true }
              : {}),
            span: span(call.span.source, from, call.nameSpan.end + (call.args.length === 0 && call.parens ? 2 : 0)),
            related: [{ span: release.step.span, text: 'the release is made here' }],
            // What cannot be read may be what calls it, when it is compiled.
            ...(isIdle || (code.unread.length > 0 && !isAtStart) || before.length > 0
              ? { severity: 'warning', certainty: 'likely' }
              : {}),
          }
        }
      }
    }
  },
})

/** Whether the project puts Mix into its releases: in a list of applications, be it of its own, of a release or of a function. */
const bringsMix = ({ app }: Deployment): boolean =>
  [app, ...(app?.children ?? [])].some((one) =>
    /\[[^\]]*:mix\b[^\]]*\]|\bmix:\s*:(permanent|transient|temporary|load)\b/.test(
      mixText(one).replace(/\bplt_\w+:\s*\[[^\]]*\]|\b(manager|app):\s*:mix\b/g, ''),
    ),
  )

/** A call of Mix, and what is asked for before it: `Application.get_env(:shop, :env) || Mix.env()`. */
interface MixCall {
  readonly call: CallNode
  readonly before: readonly Node[]
}

/** The calls of Mix that a function makes itself; tasks of the project's own are modules of the release. */
function mixCallsOf({ module, nodes }: RunTimeFunction, code: Code): readonly MixCall[] {
  const found: MixCall[] = []
  const visit = (before: readonly Node[]) => (node: Node) => {
    if (node.kind === 'binary' && node.operator === '||') {
      walkRunTime([node.left], visit(before))
      walkRunTime([node.right], visit([...before, ...alternativesIn(node.left)]))
      return false
    }
    const named = node.kind === 'call' ? aliasName(node.target, module.aliases, module.name) : undefined
    if (node.kind === 'call' && named !== undefined && isMix(named) && !code.module(named))
      found.push({ call: node, before })
    return true
  }
  walkRunTime(nodes, visit([]))
  return found
}

const alternativesIn = (node: Node): readonly Node[] =>
  node.kind === 'binary' && node.operator === '||'
    ? [...alternativesIn(node.left), ...alternativesIn(node.right)]
    : [node]

/** Whether code asks for a key that the config of production surely sets. */
function isSet(node: Node, { module }: RunTimeFunction, { boot }: Deployment): boolean {
  if (node.kind !== 'call' || !/^(get|fetch)_env!?$/.test(node.name) || boot === undefined) return false
  if (aliasName(node.target, module.aliases) !== 'Application') return false
  const [app, key] = node.args.map(atomName)
  const value = app !== undefined && key !== undefined ? boot.at(app, key) : undefined
  return value !== undefined && alternatives(value).every((one) => truthOf(one) === 'yes')
}

const isMix = (name: string): boolean => /^Mix(\.|$)/.test(name)
