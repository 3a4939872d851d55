import { posix } from 'node:path'
import { configAt } from '../../../languages/elixir/evaluate/config-merge.ts'
import type { Value } from '../../../languages/elixir/values/value.ts'
import type { Label } from '../../../text/diagnostic.ts'
import type { Project } from '../../project/project.ts'
import { locate } from '../../stage-files/locate.ts'
import { below } from '../../stage-files/paths.ts'
import type { Step } from '../../stage-files/step.ts'
import { type ShippedRelease, stagesBehind } from '../assets.ts'

/** A bundler that starts before the script or style sheet that it bundles is there. */
export interface AbsentEntry {
  readonly step: Step
  /** In the folder of the Mix project: `assets/js/app.js`. */
  readonly entry: string
  /** What copies it, too late; undefined where nothing does. */
  readonly later: Label | undefined
}

/** The entry of a profile of `mix esbuild` or `mix tailwind` that the project has, and the stage not when they run. */
export function absentEntryOf(
  project: Project,
  { release, ships, deployment }: ShippedRelease,
): AbsentEntry | undefined {
  const config = deployment.boot?.build?.config
  const { app } = release
  if (config === undefined || app === undefined) return undefined
  const has = (path: string) => project.tree.entries.some((entry) => entry.path === path)
  for (const { files } of stagesBehind(ships)) {
    for (const [before, write] of files.writes.entries()) {
      if (write.kind !== 'made' || write.artifact.kind !== 'bundle') continue
      const { step } = write.artifact
      const { command } = step
      if (
        step.runs !== 'always' ||
        step.mayFail ||
        command.kind !== 'mix' ||
        !/^(esbuild|tailwind)$/.test(command.task)
      )
        continue
      const profile = command.args.find((arg) => !arg.startsWith('-')) ?? 'default'
      const settings = configAt(config, [command.task, profile])
      const folder = textAt(settings && configAt(settings, ['cd'])) ?? step.cwd
      for (const path of entriesIn(settings && configAt(settings, ['args']))) {
        const target = posix.resolve(folder, path)
        const inside = below(release.project, target)
        if (inside === undefined || !has(posix.join(app.folder, inside))) continue
        const { origin } = locate(files, target, before)
        if (origin.kind !== 'absent' && origin.kind !== 'removed') continue
        const [cause] = locate(files, target).causes
        return { step, entry: inside, later: cause && { span: cause.span, text: 'it comes only here' } }
      }
    }
  }
  return undefined
}

const textAt = (value: Value | undefined): string | undefined => (value?.kind === 'binary' ? value.text : undefined)

/** The files that the arguments of a bundler name as what goes in; what comes out is none of the project's. */
const entriesIn = (args: Value | undefined): readonly string[] =>
  args?.kind === 'list'
    ? args.items.flatMap((item) => {
        const [, given] = /^(?:--input=)?([^-].*)$/.exec(textAt(item) ?? '') ?? []
        return given ?? []
      })
    : []
