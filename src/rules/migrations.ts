import { posix } from 'node:path'
import { parseShell } from '../languages/shell/parse.ts'
import { wrappingOf } from '../languages/shell/wrapper.ts'
import type { Release } from '../model/build/artifact.ts'
import { atRelease } from '../model/build/release-files.ts'
import type { Project } from '../model/project.ts'
import { type Source, type Span, span } from '../text/source.ts'

/** The scripts of `rel/` that become part of a release: its overlays and `env.sh.eex` (mix help release). */
export function hooksOf(project: Project, release: Release): readonly Source[] {
  const { app } = release
  if (app === undefined) return []
  const folder = posix.join(app.folder, 'rel')
  return project.tree.sources.filter(({ path, text }) => {
    const inside = posix.relative(app.folder, path)
    const hook = /^rel\/(overlays\/.*|env\.sh\.eex)$/.test(inside) && path.startsWith(`${folder}/`)
    if (
      !hook ||
      /\.(bat|ps1|md|json|ya?ml|toml|exs?)$/.test(path) ||
      (text.startsWith('#!') && !/^#!.*sh\b/.test(text))
    )
      return false
    return atRelease(release, inside).origin.kind === 'context'
  })
}

/** The calls of `mix` and `iex -S mix` in a shell script. */
export function mixCallsIn(source: Source): readonly { readonly span: Span; readonly certain: boolean }[] {
  return parseShell(source, 0, source.text).commands.flatMap((command) => {
    const asked = command.guards.some((guard) =>
      /\bmix\b|MIX_ENV/.test(guard.span.source.text.slice(guard.span.start, guard.span.end)),
    )
    const words = command.words.map((word) => word.literal)
    let first = 0
    for (let inner = wrappingOf(words); inner?.starts.kind === 'command' && inner.starts.first > 0; ) {
      first += inner.starts.first
      inner = wrappingOf(words.slice(first))
    }
    const name = posix.basename(words[first] ?? '')
    const session = name === 'iex' && words[first + 1] === '-S' && words[first + 2] === 'mix'
    const from = command.words[first]
    const to = command.words.at(-1)
    if (asked || !from || !to || !(name === 'mix' || session)) return []
    return [{ span: span(source, from.span.start, to.span.end), certain: command.runs === 'always' }]
  })
}
