import { posix } from 'node:path'
import { entryAt } from '../../../files/tree.ts'
import { configAt } from '../../../languages/elixir/evaluate/config-merge.ts'
import type { Value } from '../../../languages/elixir/values/value.ts'
import type { Label } from '../../../text/diagnostic.ts'
import { placeOf, trailOf } from '../../boot/trail.ts'
import type { Project } from '../../project/project.ts'
import { locate } from '../../stage-files/locate.ts'
import { below } from '../../stage-files/paths.ts'
import type { Step } from '../../stage-files/step.ts'
import { type ShippedRelease, stagesBehind } from '../assets.ts'

/** A bundler that starts without its profile, or without the script or style sheet that it bundles. */
export interface AbsentEntry {
  readonly step: Step
  /** What is not there: the profile in the config, the file in the project, or what copies it before the bundler starts. */
  readonly lacks: 'profile' | 'file' | 'copy'
  /** In the folder of the Mix project: `assets/js/app.js`; the name of the profile. */
  readonly entry: string
  /** What copies it, too late, or names it in the config; undefined where nothing does. */
  readonly later: Label | undefined
}

/** What the first run of `mix esbuild` or `mix tailwind` lacks that surely stops at it. */
export function absentEntryOf(
  project: Project,
  { release, ships, deployment }: ShippedRelease,
): AbsentEntry | undefined {
  const config = deployment.boot?.build?.config
  const { app } = release
  if (config === undefined || app === undefined) return undefined
  const has = (path: string) => entryAt(project.tree, path) !== undefined
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
      const named = command.args.find((arg) => !arg.startsWith('-'))
      const profile = named ?? 'default'
      const settings = configAt(config, [command.task, profile])
      const isOfRelease = command.mixEnv.kind === 'known' && command.mixEnv.value === release.mixEnv
      if (
        named !== undefined &&
        isOfRelease &&
        settings === undefined &&
        hasKnownKeys(configAt(config, [command.task]))
      )
        return { step, lacks: 'profile', entry: profile, later: undefined }
      const folder = textAt(settings && configAt(settings, ['cd'])) ?? step.cwd
      for (const path of entriesIn(settings && configAt(settings, ['args']))) {
        const target = posix.resolve(folder, path)
        const inside = below(release.project, target)
        if (inside === undefined) continue
        const there = has(posix.join(app.folder, inside))
        const { origin } = locate(files, target, before)
        if ((origin.kind !== 'absent' && origin.kind !== 'removed') || (!there && !mayBeMeant(path, settings))) continue
        if (!there && !has(posix.join(app.folder, posix.dirname(inside)))) continue
        if (!there && isMadeOf(posix.join(app.folder, inside), project)) continue
        const [cause] = locate(files, target).causes
        if (!there) {
          const named = settings && placeOf(trailOf(settings))
          return {
            step,
            lacks: 'file',
            entry: inside,
            later: named && { span: named.span, text: 'its profile stands here' },
          }
        }
        return { step, lacks: 'copy', entry: inside, later: cause && { span: cause.span, text: 'it comes only here' } }
      }
    }
  }
  return undefined
}

/** Whether another program may make a script or a style sheet of what lies beside it: `app.css` of `app.scss`. */
const isMadeOf = (path: string, { tree }: Project): boolean => {
  const { dir, name } = posix.parse(path)
  return tree.entries.some((one) => posix.dirname(one.path) === dir && posix.parse(one.path).name === name)
}

/** Whether all profiles of a bundler are known. */
const hasKnownKeys = (settings: Value | undefined): boolean =>
  settings?.kind === 'list' && settings.items.every((one) => one.kind === 'tuple' && one.items[0]?.kind === 'atom')

/** Whether a word of the arguments surely goes in: the first of esbuild's, or what Tailwind's own option names. */
function mayBeMeant(path: string, settings: Value | undefined): boolean {
  const args = settings && configAt(settings, ['args'])
  const [first, ...rest] = args?.kind === 'list' ? args.items.map((item) => textAt(item) ?? '') : []
  return /\.(m?[jt]sx?|css)$/.test(path) && (first === path || [first, ...rest].includes(`--input=${path}`))
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
