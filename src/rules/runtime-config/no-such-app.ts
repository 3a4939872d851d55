import { bootsOf, likely } from '../../model/facts/boots.ts'
import { isUnnamed } from '../../model/facts/code/of-development.ts'
import { type LostApp, lostAppsOf } from '../../model/facts/lost/apps.ts'
import { type LostKey, lostKeysOf, misspeltKeysOf } from '../../model/facts/lost/config-keys.ts'
import { type LostInUmbrella, lostInUmbrella } from '../../model/facts/lost/umbrella.ts'
import type { Project } from '../../model/project/project.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-app',
  gotcha: 'runtime-config',
  severity: 'error',
  stops: false,
  summary: 'code asks for an application, or for a key of its config, that there is not',
  incident: 'The command that migrates, or the start itself, stops: the application was neither loaded nor configured.',
  remedy: 'Write the name that `app:` of mix.exs has',
  why: `\`Application.fetch_env!/2\`, \`Application.app_dir/1\` and the \`otp_app:\` of a repo or an endpoint take the name of an
application: that of \`app:\` in mix.exs, of a dependency, or of Erlang and Elixir. The compiler does not check it, and tests
rarely come to the functions that only a release calls.`,
  links: ['https://hexdocs.pm/elixir/Application.html#fetch_env!/2'],
  examples: [
    {
      title: 'a slip in the module that migrates',
      on: 'repo',
      bad: `
        -- lib/shop/release.ex: @app :shop --
        @app :shopp
             ^^^^^^`,
    },
    {
      title: 'a repo of another application',
      on: 'repo',
      bad: `
        -- lib/shop/repo.ex: otp_app: :shop --
        otp_app: :sohp
                 ^^^^^`,
    },
  ],
  *check(project) {
    for (const { app } of project.deployments)
      if (app?.nameless) {
        const { lacks, span } = app.nameless
        yield {
          message: `Mix stops at every task: mix.exs has no \`${lacks}\``,
          span,
          why: nameless,
          stops: true,
          remedy: `Write \`${lacks}\` into mix.exs`,
        }
      }
    for (const { deployment, boot, doubt } of bootsOf(project))
      for (const lost of lostKeysOf(project, deployment, boot)) {
        const found = withoutKey(lost, project)
        if (found) yield { ...found, ...doubt }
      }
    for (const { deployment, boot } of bootsOf(project))
      for (const { module, key, near, span } of misspeltKeysOf(deployment, boot))
        yield {
          message: `nothing reads \`${key}\` of \`${module}\`${meant(near)}`,
          why: unread,
          remedy: 'Write the name that the key has',
          span,
          severity: 'warning',
          ...likely,
        }
    for (const deployment of project.deployments) {
      for (const lost of lostInUmbrella(deployment))
        yield {
          message: inUmbrella(lost),
          span: lost.span,
          why: 'Nobody gets an image: Mix stops.',
          stops: true,
          remedy: remedies[lost.lacks],
        }
      for (const lost of lostAppsOf(project, deployment)) {
        const { span, name, by, at, near, isReached } = lost
        if (by !== 'config' && isUnnamed(span, deployment, project)) continue
        yield {
          message: `no application is called \`:${name}\`, ${by === 'config' ? 'which `config` sets' : `for which \`${by}\` asks`}${meant(near && `:${near}`)}`,
          span,
          ...(by === 'config' ? { why: unread } : {}),
          related: isElsewhere(lost) ? [{ span: at, text: 'it is asked for here' }] : [],
          // The base image may bring an application that no dependency names.
          ...(isReached && near !== undefined ? {} : likely),
        }
      }
    }
  },
})

/** A key that nothing sets: surely wrong where it stops what comes there, or where other environments have it. */
function withoutKey({ app, key, span, by, near, stops }: LostKey, { elixir }: Project): Finding | undefined {
  const name = key.replace(/^:/, '').replace(/[?.]/g, '\\$&')
  const written = new RegExp(`(?<![\\w.])${name}(?![\\w?.])`)
  const setters = [...elixir.keys()].filter((path) => /(^|\/)config\//.test(path) && written.test(textAt(path, elixir)))
  // What a pattern imports, or a condition sets, may be for production.
  if (setters.some((path) => !/\/(dev|test)\.exs$/.test(path))) return undefined
  const isSure = stops === 'build' || stops === 'start' || (stops === 'command' && near !== undefined)
  return {
    message: `no config of production sets \`${key}\` of \`:${app}\`, for which \`${by}\` asks${meant(near && `:${near}`)}`,
    why: whys[stops ?? 'call'],
    remedy: 'Set the key for production as well, or ask for it with a default',
    span,
    stops: stops === 'build' || stops === 'start',
    ...(isSure ? {} : setters.length > 0 ? { severity: 'warning' } : likely),
  }
}

const textAt = (path: string, elixir: Project['elixir']): string => elixir.get(path)?.source.text ?? ''

const whys = {
  build: 'The build stops, and no image is made.',
  start: 'The release stops at its start, and again at each restart.',
  command: 'What comes there stops with `ArgumentError`: a start, or a command that migrates.',
  call: 'What comes there stops with `ArgumentError`: a request is answered with 500, a job fails.',
} as const

function inUmbrella(lost: LostInUmbrella): string {
  if (lost.lacks === 'copy')
    return `Mix stops here: nothing brings the apps of the umbrella, which lie in \`${lost.name}\``
  return lost.lacks === 'folder'
    ? `Mix finds no apps: the umbrella has no folder \`${lost.name}\`${meant(lost.near)}`
    : `Mix stops: the umbrella has no app \`${lost.name}\`${meant(lost.near)}`
}

const remedies: Readonly<Record<LostInUmbrella['lacks'], string>> = {
  copy: 'Copy the apps before Mix is called',
  folder: 'Write the folder that holds the apps',
  app: 'Write the name that the folder of the app has',
}

const isElsewhere = ({ span, at }: LostApp): boolean => span.start < at.start || span.end > at.end

const unread = 'The settings are never read, and the application that was meant goes on without them.'

const nameless = 'The build stops: without a project that has a name Mix does not know what to compile.'
