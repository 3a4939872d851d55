import { refusedChildrenIn } from '../../model/facts/lost/children.ts'
import { type Unstarted, unstartedOf } from '../../model/facts/lost/unstarted.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'nothing-supervised',
  gotcha: 'host-and-server',
  severity: 'error',
  stops: false,
  summary: 'the application starts without its endpoint, repo or PubSub, or its supervisor refuses to start',
  incident: 'The release starts, and nothing listens: the process is not there.',
  remedy: 'List it among the children of the supervisor that `mod:` of mix.exs starts',
  why: `An endpoint is a process: it is there where a supervisor has it among its children. What the supervisor
is, \`mod:\` in \`application/0\` of mix.exs says; without it a release loads the modules of the app and starts nothing.`,
  links: [
    'https://hexdocs.pm/elixir/Application.html#module-the-application-callback-module',
    'https://hexdocs.pm/elixir/Supervisor.html',
  ],
  examples: [
    {
      title: 'an endpoint that is no child',
      on: 'phoenix',
      good: `
        -- mix.exs: use Mix.Project --
        use Mix.Project
        def application, do: [mod: {Shop.Application, []}]
        -- lib/shop/application.ex --
        defmodule Shop.Application do
          use Application

          def start(_type, _args) do
            children = [ShopWeb.Endpoint, {Task.Supervisor, name: Shop.Tasks}]
            Supervisor.start_link(children, strategy: :one_for_one)
          end
        end`,
      bad: `
        -- lib/shop/application.ex: def start(_type, _args) do --
        def start(_type, _args) do
            ^^^^^^^^^^^^^^^^^^^
        -- lib/shop/application.ex: [ShopWeb.Endpoint, {Task.Supervisor, name: Shop.Tasks}] --
        [{Task.Supervisor, name: Shop.Tasks}]`,
    },
    {
      title: 'no callback module',
      on: 'repo',
      good: `
        -- mix.exs: use Mix.Project --
        use Mix.Project
        def application, do: [mod: {Shop.Application, []}, extra_applications: [:logger]]
        -- lib/shop/application.ex --
        defmodule Shop.Application do
          use Application

          def start(_type, _args) do
            Supervisor.start_link([Shop.Repo], strategy: :one_for_one)
          end
        end`,
      bad: `
        -- mix.exs: [mod: {Shop.Application, []}, extra_applications: [:logger]] --
        [extra_applications: [:logger]]
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      if (deployment.runs !== 'release' && deployment.runs !== 'mix') continue
      for (const { fault, span, other } of refusedChildrenIn(deployment.code))
        yield {
          message: `the release stops at its start: ${fault}`,
          why: 'The supervisor refuses its children, and with it the application ends, and again at each restart.',
          remedy: other
            ? 'Give one of them an id of its own by `Supervisor.child_spec/2`'
            : 'Tell the supervisor what it asks for',
          span,
          related: other ? [{ span: other, text: 'this is the other one' }] : [],
          stops: true,
        }
      for (const { what, name, defined, span } of unstartedOf(deployment)) {
        const text = what === 'pubsub' ? 'the endpoint is to use it' : 'it is defined here'
        yield {
          message: `nothing starts \`${name}\`: ${reasons[what]}`,
          span,
          related: span === defined ? [] : [{ span: defined, text }],
          stops: what !== 'repo',
          ...(what === 'pubsub' ? ofPubSub : what === 'repo' ? ofRepo : {}),
        }
      }
    }
  },
})

const ofRepo = { why: 'The app starts, and each query raises: could not lookup the repo, because it was not started.' }

const ofPubSub = {
  severity: 'warning',
  certainty: 'likely',
  why: 'The app starts, and what is broadcast raises: unknown registry. So do channels, and LiveViews that subscribe.',
} as const

const reasons: Readonly<Record<Unstarted['what'], string>> = {
  application: '`application/0` of mix.exs has no `mod:`',
  release: 'the app that it is of is not among those that the release starts',
  endpoint: 'no supervisor has it among its children, so nothing listens',
  repo: 'no supervisor has it among its children, and the app asks it',
  pubsub: 'no supervisor has it among its children, and the endpoint sends by it',
}
