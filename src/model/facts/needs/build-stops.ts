import { posix } from 'node:path'
import type { Instruction } from '../../../languages/dockerfile/types.ts'
import type { Label } from '../../../text/diagnostic.ts'
import type { Span } from '../../../text/source.ts'
import { textOf } from '../../../text/source.ts'
import { locate } from '../../stage-files/locate.ts'
import { below } from '../../stage-files/paths.ts'
import type { Step } from '../../stage-files/step.ts'
import type { Build, BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf } from '../../stages/mix-there.ts'
import { rootImageOf } from '../../stages/root-image.ts'
import { isKnownImage } from '../lost/known-image.ts'

/** A step at which a build stops, whatever else stands in the Dockerfile. */
export interface BuildStop {
  readonly step: Step
  /** What it lacks: the rights of root, or the lists of packages. */
  readonly lacks: 'root' | 'lists'
  /** The command, or who runs it. */
  readonly what: string
  readonly related: readonly Label[]
}

/** The first step of a stage that surely cannot do what it is there for. */
export function buildStopIn(stage: BuiltStage, build: Build): BuildStop | undefined {
  if (!isKnownImage(stage, build)) return undefined
  for (const step of stage.steps) {
    if (step.runs !== 'always' || step.mayFail || step.shells.at(-1)?.then === 'beside') continue
    const stop = withoutRights(step, stage) ?? withoutLists(step, stage, build)
    if (stop) return stop
  }
  return undefined
}

const installers = /^(apt-get|apt|apk|dnf|microdnf|yum)$/
const installing = /^(install|add|update|upgrade|del|remove|purge)$/
const ofRoot =
  /^(useradd|adduser|usermod|groupadd|addgroup|groupmod|userdel|locale-gen|update-ca-certificates|ldconfig)$/

/** Folders that are there, of which `mkdir -p` makes nothing (FHS 3.0). */
const ofDistributions = /^\/(etc|opt|srv|var|usr(\/local)?(\/(s?bin|lib|share|src|etc|include))?)\/?$/

/** Folders that belong to root in each image of a distribution. */
const ofSystem = /^\/(usr|etc|bin|sbin|lib|opt|srv|var\/(?!tmp\b))/

function withoutRights(step: Step, stage: BuiltStage): BuildStop | undefined {
  const { command, starters } = step
  const user = userAt(step, stage)
  if (command.kind !== 'program' || user === undefined || (starters?.length ?? 0) > 0) return undefined
  const { name, argv } = command
  const words = argv.slice(1)
  const installs = installers.test(name) && words.some((word) => installing.test(word ?? ''))
  if (!installs && !ofRoot.test(name) && !changesSystem(step, stage)) return undefined
  return {
    step,
    lacks: 'root',
    what: name,
    related: [{ span: user.span, text: `from here on \`${user.text}\` runs what is built` }],
  }
}

/** Whether a step makes or changes what lies in a folder of root's, of which nothing was given to anybody. */
function changesSystem({ command, cwd, id }: Step, stage: BuiltStage): boolean {
  if (command.kind !== 'program' || !/^(chmod|mkdir|touch)$/.test(command.name)) return false
  const words = command.argv.slice(command.name === 'chmod' ? 2 : 1)
  const paths = words.flatMap((word) => (word?.startsWith('-') ? [] : [word && posix.resolve(cwd, word)]))
  return paths.some((path) => {
    if (path === undefined || /[*?$]/.test(path) || ofDistributions.test(path)) return false
    const isNew =
      command.name === 'mkdir' && !ofOthers.test(path) && locate(stage.files, topOf(path)).origin.kind === 'absent'
    return (ofSystem.test(path) || isNew) && !isGiven(path, id, stage)
  })
}

const topOf = (path: string): string => `/${path.split('/')[1] ?? ''}`

/** Folders that others than root may write, or that images make. */
const ofOthers = /^\/(app|home|tmp|run|dev|mnt|media|proc|sys|var\/tmp)(\/|$)/

/** Whether a step before `id`, or a copy, gave a path or what is above it to somebody. */
function isGiven(path: string, id: number, stage: BuiltStage): boolean {
  const lineage = lineageOf(stage)
  const isAbove = (folder: string) => folder !== '/' && below(folder, path) !== undefined
  const byStep = lineage
    .flatMap((one) => one.steps)
    .some(
      ({ id: other, command, cwd }) =>
        other < id &&
        (command.kind === 'unknown' ||
          (command.kind === 'program' &&
            (/\.sh$|^(ba|da|a)?sh$/.test(command.name) ||
              (/^(chown|chgrp|chmod|setfacl|useradd|adduser|install)$/.test(command.name) &&
                command.argv.some(
                  (arg) => arg === undefined || /[*$]/.test(arg) || isAbove(posix.resolve(cwd, arg)),
                ))))),
    )
  return (
    byStep ||
    lineage.some(({ stage: own }) => own.instructions.some((one) => isOwned(one) && isNamed(textOf(one.span), path)))
  )
}

/** Whether an instruction gives what it makes to another user, or may. */
const isOwned = (instruction: Instruction): boolean =>
  instruction.keyword === 'WORKDIR' ||
  ((instruction.keyword === 'COPY' || instruction.keyword === 'ADD') && instruction.chown !== undefined)

/** Whether a text names a path, or a folder above it. */
function isNamed(text: string, path: string): boolean {
  const above = posix.dirname(path)
  const named = new RegExp(`(?<![\\w./-])${path.replace(/[^\w/]/g, '\\$&')}(?![\\w-])`).test(text)
  return named || (above !== '/' && above !== path && isNamed(text, above))
}

/** The last USER before a step, where that is surely not root. */
function userAt(
  { span, via }: Step,
  { stage }: BuiltStage,
): { readonly text: string; readonly span: Span } | undefined {
  const at = via[0]?.span ?? span
  const user = stage.instructions.findLast(
    (one) => one.keyword === 'USER' && one.span.source === at.source && one.span.end <= at.start,
  )
  if (user?.keyword !== 'USER' || !/^[\w-]+(:[\w-]+)?$/.test(user.word.text) || /^(root|0)(:|$)/.test(user.word.text))
    return undefined
  return { text: user.word.text, span: user.word.span }
}

/** `apt-get install` in an image whose lists nobody has fetched, or that were thrown away. */
function withoutLists(step: Step, stage: BuiltStage, { dockerfile, args }: Build): BuildStop | undefined {
  const { command, id } = step
  if (command.kind !== 'program' || !/^(apt-get|apt)$/.test(command.name)) return undefined
  const words = command.argv.slice(1)
  const named = words.filter((word) => word !== undefined && /^[a-z\d]/.test(word))
  if (
    !named.includes('install') ||
    named.length < 2 ||
    words.some((word) => word === undefined || /[/$]|^--no-download|^-o/.test(word))
  )
    return undefined
  const instruction = stage.stage.instructions.find(({ span }) => contains(span, step.via[0]?.span ?? step.span))
  if (instruction && /--mount=[^\s]*\/var\/(lib\/apt|cache)/.test(textOf(instruction.span))) return undefined
  const earlier = lineageOf(stage)
    .toReversed()
    .flatMap((one) => one.steps)
    .filter((one) => one.id < id)
  const removed = earlier.findLastIndex(removesLists)
  const since = earlier.slice(removed + 1)
  if (since.some(mayFetchLists)) return undefined
  const at = earlier[removed]
  const root = rootImageOf(dockerfile, stage, args)
  // What other images were built with may be left in them.
  if (
    !at &&
    (root.kind !== 'known' ||
      !/^(docker\.io\/)?(library\/)?(debian|ubuntu|elixir|erlang)(:|@|$)/.test(root.value.image))
  )
    return undefined
  return {
    step,
    lacks: 'lists',
    what: `${command.name} install`,
    related: at ? [{ span: at.span, text: 'the lists are removed here' }] : [],
  }
}

const contains = (outer: Span, inner: Span): boolean =>
  outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end

const removesLists = ({ command, runs }: Step): boolean =>
  command.kind === 'program' &&
  command.name === 'rm' &&
  runs === 'always' &&
  command.argv.some((arg) => /^\/var\/lib\/apt(\/lists)?(\/\*?)?$/.test(arg ?? ''))

const mayFetchLists = ({ command }: Step): boolean =>
  command.kind === 'unknown' ||
  (command.kind === 'program' &&
    (/^(ba|da|a|z)?sh$|\.sh$|^(aptitude|nala|apt-spy2|add-apt-repository|install_packages|extrepo)$/.test(
      command.name,
    ) ||
      // Behind another program too: `eatmydata apt-get update`.
      (command.argv.some((arg) => /^(apt-get|apt)$/.test(arg ?? '')) &&
        command.argv.some((arg) => arg === undefined || /^(update|upgrade|dist-upgrade)$/.test(arg)))))
