import { posix } from 'node:path'
import { besideCode } from '../../files/tree.ts'
import { parseShell } from '../../languages/shell/parse.ts'
import type { Guard } from '../../languages/shell/types.ts'
import { wrappingOf } from '../../languages/shell/wrapper.ts'
import { breakIn } from '../../text/damage.ts'
import { oncePerPair } from '../../text/once.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'
import { deepestFollow } from '../follow/frame.ts'
import type { Project } from '../project/project.ts'
import { atRelease } from '../stage-files/release-files.ts'
import type { Release } from '../stage-files/types.ts'

/** The scripts of `rel/` that become part of a release: its overlays and `env.sh.eex` (mix help release). */
export const hooksOf = oncePerPair((project: Project, release: Release): readonly Source[] => {
  const { app } = release
  if (app === undefined) return []
  const folder = posix.join(app.folder, 'rel')
  return besideCode(project.tree).filter(({ path, text }) => {
    if (!path.startsWith(`${folder}/`)) return false
    const inside = posix.relative(app.folder, path)
    if (
      !/^rel\/(overlays\/.*|env\.sh\.eex)$/.test(inside) ||
      /\.(bat|ps1|md|json|ya?ml|toml|exs)$/.test(path) ||
      (text.startsWith('#!') && !/^#!.*sh\b/.test(text))
    )
      return false
    return atRelease(release, inside).origin.kind === 'context'
  })
})

/** A command of a script, after `exec`, `env` and the like were taken off. */
export interface ScriptCommand {
  /** The literal words; undefined where a variable stands. */
  readonly words: readonly (string | undefined)[]
  /** All that is written, wrappers too. */
  readonly span: Span
  readonly certain: boolean
  readonly guards: readonly Guard[]
}

/** The commands of a shell script, in their order; none where it is damaged. */
export function commandsOf(source: Source): readonly ScriptCommand[] {
  const { commands, problems, limits } = parseShell(source, 0, source.text)
  if (breakIn(source) || problems.length > limits.length) return []
  return commands.flatMap((command): readonly ScriptCommand[] => {
    const words = command.words.map((word) => word.literal)
    let first = 0
    for (let depth = 0; depth < deepestFollow; depth++) {
      const inner = wrappingOf(words.slice(first))
      if (inner?.starts.kind !== 'command' || inner.starts.first === 0) break
      first += inner.starts.first
    }
    const [from, ...others] = command.words
    if (!from) return []
    const { end } = (others.at(-1) ?? from).span
    const certain = command.runs === 'always'
    return [{ words: words.slice(first), span: span(source, from.span.start, end), certain, guards: command.guards }]
  })
}

/** The calls of `mix` and `iex -S mix` in a shell script. */
export const mixCallsIn = (source: Source): readonly ScriptCommand[] =>
  commandsOf(source).filter(({ words: [program, option, value], guards }) => {
    const name = posix.basename(program ?? '')
    return (name === 'mix' || (name === 'iex' && option === '-S' && value === 'mix')) && !asksForMix(guards)
  })

/** Whether a condition asks if there is Mix, or if this is a release or an environment for development. */
export const asksForMix = (guards: readonly Guard[]): boolean =>
  guards.some(({ span, patterns, subject }) => {
    const text = [span, ...(subject ? [subject.span] : []), ...patterns.map((pattern) => pattern.span)]
      .map(textOf)
      .join(' ')
    const asks = /\bmix\b|MIX_ENV|RELEASE|_build|[=(]\s*["']?(dev|development|test|local|ci)\b/.test(text)
    return asks || patterns.some((pattern) => /^(dev|development|test|local|ci)\b/.test(pattern.literal ?? ''))
  })
