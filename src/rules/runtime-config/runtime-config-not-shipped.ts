import { posix } from 'node:path'
import { sourceAt } from '../../files/tree.ts'
import { decidingPattern } from '../../languages/dockerignore/dockerignore.ts'
import { readsRuntime } from '../../model/boot/release-tool.ts'
import { mixText } from '../../model/phoenix/mix.ts'
import type { Versions } from '../../model/phoenix/versions.ts'
import { ignoreFor } from '../../model/stage-files/find-context.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { below } from '../../model/stage-files/paths.ts'
import { atRelease } from '../../model/stage-files/release-files.ts'
import type { Release } from '../../model/stage-files/types.ts'
import type { Build } from '../../model/stages/built-stage.ts'
import type { Finding, Fix, Label } from '../../text/diagnostic.ts'
import { type Span, textOf, wholeOf } from '../../text/source.ts'
import { runOf } from '../edits/before-step.ts'
import { linesAbove, withoutLines } from '../edits/lines.ts'
import { runtimeConfigMissing } from '../in-image/system.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'runtime-config-not-shipped',
  gotcha: 'runtime-config',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'what keeps the file out may be there for another reason',
  summary: '`config/runtime.exs` is not there when the release is built',
  incident:
    'The release starts with what the build has compiled in and reads none of the variables that are set on the server.',
  remedy: 'Copy `config/runtime.exs` before `mix release`',
  why: `\`mix release\` copies \`config/runtime.exs\` into the release. Where the file is not in the build stage at that
moment, the release has none, and says nothing about it.`,
  links: ['https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-runtime-configuration'],
  examples: [
    {
      title: 'copied by name, and runtime.exs forgotten',
      on: 'phoenix',
      good: `
        -- Dockerfile: COPY . . --
        COPY mix.exs ./
        COPY config/config.exs config/
        COPY lib lib
        COPY config/runtime.exs config/`,
      bad: `
        -- Dockerfile: COPY config/runtime.exs config/ … RUN mix release --
        RUN mix release
            ^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'kept out of the build context',
      on: 'phoenix',
      good: `
        -- .dockerignore --
        _build
        deps`,
      bad: `
        -- .dockerignore: + --
        config/runtime.exs
        ^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  checkImage: runtimeConfigMissing,
  *check(project) {
    for (const { release, app, build, boot } of project.deployments) {
      if (release === undefined || app === undefined || build === undefined) continue
      const path = posix.join(app.folder, 'config/runtime.exs')
      const source = sourceAt(project.tree, path)
      if (source === undefined || /\bruntime_config_path:/.test(mixText(app))) continue
      if (boot && !readsRuntime(boot.tool, boot.versions)) {
        if (!boot.tool && !boot.runtime)
          yield unknownToElixir(project.elixir.get(path)?.body[0]?.span ?? wholeOf(source), release, boot.versions)
        continue
      }
      const { origin, causes } = atRelease(release, 'config/runtime.exs')
      if (origin.kind !== 'absent' && origin.kind !== 'removed') continue
      const related: Label[] = []
      for (const cause of causes) related.push({ span: cause.span, text: 'it is removed here' })
      const ignore = ignoreFor(build.dockerfile.source.path, build.context.root, project.tree)
      const pattern = ignore && decidingPattern(ignore, posix.relative(build.context.root, path))
      const ignored = pattern && build.context.typeOf(path) === undefined ? pattern : undefined
      if (ignored) related.push({ span: release.step.span, text: 'the release is made here, without it' })
      const later = locate(release.files, posix.resolve(release.project, 'config/runtime.exs'))
      if (later.origin.kind === 'context' && later.causes[0])
        related.push({ span: later.causes[0].span, text: 'it is copied here, too late' })
      yield {
        message: ignored
          ? '`config/runtime.exs` is kept out of the build context, so the release will not read its variables at the start'
          : '`mix release` runs without `config/runtime.exs`, so the release will not read its variables at the start',
        span: ignored ?? release.step.span,
        related: [...release.step.via, ...related],
        fixes: causes.length === 0 || pattern ? fixesOf(path, release, build, pattern) : [],
      }
    }
  },
})

/** A runtime.exs that the Elixir of the build does not know: its releases read `config/releases.exs`. */
function unknownToElixir(span: Span, { step }: Release, { elixir }: Versions): Finding {
  const version = elixir.split('.', 2).join('.')
  return {
    message: `Elixir ${version} does not know \`config/runtime.exs\`: a release of it reads \`config/releases.exs\`, which is not there`,
    noFix: 'whether the version or the name of the file is to change is yours to say',
    span,
    related: [...step.via, { span: step.span, text: 'the release is made here' }],
    remedy: 'Build with Elixir 1.11 or newer, or call the file `config/releases.exs`',
    certainty: 'likely',
  }
}

/** The fix that brings runtime.exs to where the release is made: a COPY before it, or no line that keeps it out. */
function fixesOf(path: string, { step, project }: Release, build: Build, pattern: Span | undefined): readonly Fix[] {
  if (pattern) {
    const isWritten = /^\/?(?!.*[*?])/.test(textOf(pattern)) && textOf(pattern).endsWith('/runtime.exs')
    const edit = isWritten ? withoutLines(pattern) : undefined
    return edit ? [{ title: `Let \`${path}\` into the build context`, safety: 'unsafe', edits: [edit] }] : []
  }
  const run = runOf(build, step)
  const from = below(build.context.root === '' ? '' : build.context.root, path) ?? path
  const folder = posix.join(project, 'config')
  if (run === undefined) return []
  const to = step.cwd === project ? 'config' : folder
  const copy = `COPY ${from} ${to}/`
  return [
    {
      title: `Copy \`${path}\` before the release is made`,
      safety: 'unsafe',
      edits: [linesAbove(run.span.source, run.span.start, copy)],
    },
  ]
}
