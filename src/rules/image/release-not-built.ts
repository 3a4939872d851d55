import type { Deployment } from '../../model/boot/deployment.ts'
import { otherReleaseTool } from '../../model/boot/release-tool.ts'
import { versionsOf } from '../../model/boot/versions.ts'
import { releasesOf, stagesBehind, wordsOf } from '../../model/facts/assets.ts'
import { buildStopIn } from '../../model/facts/needs/build-stops.ts'
import { builderOf } from '../../model/facts/runner.ts'
import { type MixApp, mixText } from '../../model/phoenix/mix.ts'
import { namesIn } from '../../model/phoenix/released.ts'
import { refuses } from '../../model/phoenix/requirement.ts'
import type { Project } from '../../model/project/project.ts'
import type { Release } from '../../model/stage-files/types.ts'
import type { Finding, Label } from '../../text/diagnostic.ts'
import { nearest } from '../../text/nearest.ts'
import { span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'release-not-built',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'the build stops before there is a release, or an image with it',
  incident: 'The build of the image stops, and nothing is deployed.',
  remedy: 'Say under `releases:` of mix.exs what is to be made, and call it by that name',
  why: `Mix makes a release of the app of mix.exs where nothing else is said. An umbrella has many apps, so it wants
\`releases:\` with the apps of each. Of several releases the one that is meant has to be named, and Mix stops with another
Elixir than \`elixir:\` of mix.exs asks for. A step of the build runs as the
last \`USER\` says, and images of Debian have no lists of packages.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-umbrellas',
    'https://hexdocs.pm/mix/Mix.Project.html#module-configuration',
  ],
  examples: [
    {
      title: 'an umbrella without releases',
      on: 'release',
      good: `
        -- Dockerfile: /app/_build/prod/rel/shop /app --
        /app/_build/prod/rel/shops /app
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/shops", "start"]
        -- mix.exs --
        defmodule Shops.MixProject do
          use Mix.Project

          def project do
            [
              apps_path: "apps",
              version: "0.1.0",
              releases: [shops: [applications: [shop: :permanent]]]
            ]
          end
        end
        -- apps/shop/mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end`,
      bad: `
        -- mix.exs: releases: [shops: [applications: [shop: :permanent]]] --
        start_permanent: true
        -- Dockerfile: RUN mix release --
        RUN mix release
            ^^^^^^^^^^^`,
    },
    {
      title: 'another Elixir than mix.exs asks for',
      on: 'release',
      good: `
        -- mix.exs: version: "0.1.0" --
        version: "0.1.0", elixir: "~> 1.18"`,
      bad: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.16 AS build
             ^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    yield* stops(project)
    for (const { release, deployment } of releasesOf(project)) {
      const { app, step } = release
      if (app?.file === undefined || app.unread !== undefined || step.command.kind !== 'mix') continue
      const found =
        step.command.task === 'release' &&
        !otherReleaseTool(release, app, versionsOf(app, deployment.world, deployment.dockerfile))
          ? unnamed(release, app)
          : undefined
      if (found !== undefined) {
        const certain = step.runs === 'always' && !step.mayFail
        yield {
          message: `\`${wordsOf(step)}\` stops: ${found}`,
          span: step.span,
          related: [...step.via, ...inMix(app, /\breleases:|\bapps_path:/, 'mix.exs says so here')],
          ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
        }
      }
      const { strangeStep, unassembled, withoutScripts } = app.releases.find(({ name }) => name === release.name) ?? {}
      if (strangeStep)
        yield {
          message: `\`${wordsOf(step)}\` stops: it knows no step \`${textOf(strangeStep.span)}\``,
          remedy: 'Name `:assemble` and `:tar`, or give functions',
          span: strangeStep.span,
          related: [{ span: step.span, text: 'the release is made here' }],
        }
      else if (unassembled)
        yield {
          message: `\`${wordsOf(step)}\` stops: its steps have no \`:assemble\``,
          remedy: 'Name `:assemble` among the steps, once',
          span: unassembled,
          related: [{ span: step.span, text: 'the release is made here' }],
        }
      if (withoutScripts)
        yield {
          message: `the release has no \`bin/${release.name}\`: its scripts are made for Windows alone`,
          why: 'The container stops at its start: no such file.',
          remedy: 'Leave out `include_executables_for:`, or name `:unix`',
          span: withoutScripts,
          related: [{ span: step.span, text: 'the release is made here' }],
        }
      const stranger = strangerIn(release, app)
      if (stranger)
        yield {
          message: `\`${wordsOf(step)}\` stops: the umbrella has no app \`${stranger.name}\`, and \`${stranger.near}\` was most likely meant`,
          span: stranger.span,
          related: [...step.via, { span: step.span, text: 'the release is made here' }],
        }
      const other = otherElixir(deployment, app)
      if (other) yield other
    }
  },
})

/** Steps that cannot do what they are there for: each once. */
function* stops({ deployments }: Project): Iterable<Finding> {
  for (const { ships, build } of deployments) {
    if (ships === undefined || build === undefined) continue
    for (const stage of stagesBehind(ships)) {
      const stop = buildStopIn(stage, build)
      if (stop === undefined) continue
      const { step, lacks, what, related } = stop
      yield {
        message: `the build stops here: ${
          {
            root: `\`${what}\` needs the rights of root`,
            lists: `\`${what}\` finds no package without the lists that \`apt-get update\` fetches`,
          }[lacks]
        }`,
        remedy: {
          root: 'Do it before the `USER`, or say `USER root` above it',
          lists: 'Call `apt-get update` in the same RUN before it',
        }[lacks],
        span: step.span,
        related: [...step.via, ...related],
      }
    }
  }
}

/** Why Mix does not know which release is meant (Mix.Release, `from_config!`). */
function unnamed({ step }: Release, app: MixApp): string | undefined {
  const args = step.command.kind === 'mix' ? step.command.args : []
  const [name] = args.filter((arg, index) => !arg.startsWith('-') && !/^--(path|version)$/.test(args[index - 1] ?? ''))
  const says = /\breleases:/.test(mixText(app))
  if (app.umbrella && !says) return 'an umbrella has to say in `releases:` of mix.exs what is to be made'
  const names = app.releases.map((one) => one.name)
  // Mix takes the name of the app for a release only where none is named.
  const isOwn = !/\breleases\b|\bdistillery\b/.test(mixText(app))
  if ((names.length === 0 && !isOwn) || !isPlain(app)) return undefined
  if (name === undefined)
    return names.length > 1 && app.defaultRelease === undefined
      ? `mix.exs defines several releases, and none is named: \`${names.join('`, `')}\``
      : undefined
  // A name that nobody wrote is that of a release that stands for one.
  const isWritten = textOf(step.span).includes(name)
  return isWritten && /^\w+$/.test(name) && !names.includes(name) ? `mix.exs defines no release \`${name}\`` : undefined
}

/** An application of a release that the umbrella does not have, and that is nearly one of its apps. */
function strangerIn({ name }: Release, app: MixApp) {
  const defined = app.umbrella ? app.releases.find((one) => one.name === name) : undefined
  const known = new Set([app, ...app.children].flatMap((one) => [one.name, ...one.deps.map((dep) => dep.name)]))
  for (const one of (defined && namesIn(defined)) ?? []) {
    const near = known.has(one.name)
      ? undefined
      : nearest(
          one.name,
          app.children.flatMap((child) => child.name ?? []),
          2,
        )
    if (near !== undefined) return { ...one, near }
  }
  return undefined
}

/** Whether all releases are written in one list, or in the function that gives it. */
const isPlain = (app: MixApp): boolean => !/\breleases:\s*[^[\s][^,\n]*(\+\+|\||\()[^)]/.test(mixText(app))

/** An image with an Elixir that mix.exs does not take. */
function otherElixir(deployment: Deployment, app: MixApp): Finding | undefined {
  const made = builderOf(deployment)
  if (made.kind !== 'known') return undefined
  const builder = made.value
  const has = /(?:^|\/)[\w-]*elixir[\w-]*:v?(\d+\.\d+(?:\.\d+)?)(?![\d.]|-rc|-dev)/.exec(builder.image)?.[1]
  const wants = [app, ...app.children].flatMap((one) => {
    const text = /\belixir:\s*"([^"#\n]+)"/.exec(mixText(one))?.[1]
    return text === undefined ? [] : [{ one, text }]
  })
  const refused = wants.find(({ text }) => has !== undefined && refuses(text, has))
  if (has === undefined || refused === undefined) return undefined
  return {
    message: `mix.exs asks for Elixir \`${refused.text}\`, and \`${builder.image}\` has ${has}`,
    why: 'The build stops at the first task of Mix that loads the project.',
    remedy: 'Take an image with the Elixir that mix.exs asks for',
    span: builder.span,
    related: [...builder.trail, ...inMix(refused.one, /\belixir:/, 'it is asked for here')],
  }
}

function inMix({ file }: MixApp, pattern: RegExp, text: string): readonly Label[] {
  const found = file && pattern.exec(file.source.text)
  return file && found ? [{ span: span(file.source, found.index, found.index + found[0].length), text }] : []
}
