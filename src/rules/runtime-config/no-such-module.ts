import { likely } from '../../model/facts/boots.ts'
import { type LostModule, lostModulesOf } from '../../model/facts/lost/modules.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-module',
  gotcha: 'runtime-config',
  severity: 'error',
  stops: false,
  summary: 'a module is named that there is not',
  incident: 'The compiler stops, or the release at its start, or the first request that comes there fails.',
  remedy: 'Write the name that the module has',
  why: `\`use\`, \`import\`, \`require\`, \`plug\` and \`%Name{}\` need the module when the code is compiled. A child of a supervisor,
a repo of \`ecto_repos\`, a controller of the router and the module of a call are looked up when they are used: the compiler
warns of some of these, and of a name in a list or in config it says nothing.`,
  links: [
    'https://hexdocs.pm/elixir/Supervisor.html#module-child-specification',
    'https://hexdocs.pm/elixir/Kernel.html#use/2',
  ],
  examples: [
    {
      title: 'a repo that is called otherwise',
      on: 'repo',
      bad: `
        -- config/config.exs: ecto_repos: [Shop.Repo] --
        ecto_repos: [Shop.Rpeo]
                     ^^^^^^^^^`,
    },
    {
      title: 'a route to a controller that is called otherwise',
      on: 'health',
      bad: `
        -- lib/shop_web/router.ex: ShopWeb.HealthController --
        ShopWeb.HelathController
        ^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      for (const lost of lostModulesOf(project, deployment)) {
        const { span, others, near, stops, package: of, sure } = lost
        const related = others.map((other) => ({ span: other, text: 'it is named here too' }))
        if (of)
          yield {
            message: `${consequences[stops]}: \`${lost.name}\` is of the package \`${of.name}\`, which ${of.elsewhere ? 'mix.exs has for other environments alone' : 'is no dependency'}`,
            span: of.elsewhere ?? span,
            why: whys[stops],
            stops: stopsAll(stops),
            remedy: of.elsewhere
              ? `Leave out the \`only:\` of \`${of.name}\``
              : `Add \`${of.name}\` to the dependencies of mix.exs`,
            related: of.elsewhere ? [{ span, text: 'it is named here' }, ...related] : related,
            ...(sure ? {} : likely),
          }
        else
          yield {
            message: `${consequences[stops]}: no module is called \`${lost.name}\`${meant(near)}`,
            span,
            why: whys[stops],
            stops: stopsAll(stops),
            related,
            ...(lost.isKnown ? (lost.isDoubtful ? likely : {}) : gone),
          }
      }
    }
  },
})

const stopsAll = (what: LostModule['stops']): boolean => what === 'build' || what === 'start'

/** Of a module whose file is gone: whatever is not in view may have it. */
const gone = {
  severity: 'warning',
  certainty: 'likely',
  remedy: 'Bring its file back, or take out what names it',
} as const

const consequences: Readonly<Record<LostModule['stops'], string>> = {
  build: 'the compiler stops here',
  start: 'the release stops at its start',
  migration: 'the migrations stop',
  request: 'the requests of this route fail',
  command: 'the release fails here',
  config: 'these settings are for nobody',
  call: 'this call fails',
}

const whys: Readonly<Record<LostModule['stops'], string>> = {
  build: 'The build stops, and no image is made.',
  start: 'The release stops at its start, and again at each restart.',
  migration: 'The migrations stop, and with them the start or the deploy that waits for them.',
  request: 'The first request that comes there is answered with 500.',
  command: 'The command stops with `UndefinedFunctionError`.',
  config: 'The settings are never read, and the module that was meant goes on without them.',
  call: 'What calls it stops with `UndefinedFunctionError`: a request is answered with 500, a job fails.',
}
