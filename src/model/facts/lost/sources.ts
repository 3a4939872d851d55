import { posix } from 'node:path'
import type { CopyInstruction, Word } from '../../../languages/dockerfile/types.ts'
import { nearest } from '../../../text/nearest.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Code } from '../../phoenix/code.ts'
import { pathsMatching } from '../../stage-files/entries.ts'
import { isThere } from '../../stage-files/folder.ts'
import { locate } from '../../stage-files/locate.ts'
import { below } from '../../stage-files/paths.ts'
import { releasesIn } from '../../stage-files/releases.ts'
import type { Step } from '../../stage-files/step.ts'
import type { Cause } from '../../stage-files/types.ts'
import { misspeltPlace } from '../../stages/assumed-release.ts'
import type { Build, BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf } from '../../stages/mix-there.ts'
import { stagesBehind } from '../assets.ts'
import { isDoubtful, isOnAnotherMachine } from './brought.ts'
import { isKnownImage } from './known-image.ts'

/** What a COPY takes from a stage that does not have it. */
export interface LostSource {
  readonly word: Word
  /** Absolute in the stage. */
  readonly path: string
  readonly from: BuiltStage
  /** Where the build context has it, which the stage did not get; a path of the tree. */
  readonly inContext: string | undefined
  /** What the stage has beside it and was most likely meant. */
  readonly near: string | undefined
  /** What removed it. */
  readonly removed: Cause | undefined
  /** Whether no step of that stage can have made it. */
  readonly sure: boolean
}

/** What the image of a deployment takes from stages that do not have it; of releases `release-not-shipped` tells. */
export function lostSourcesOf({ build, ships, code }: Deployment): readonly LostSource[] {
  if (build === undefined || ships === undefined) return []
  return [...stagesBehind(ships)].flatMap((stage) =>
    stage.files.writes.flatMap((write): readonly LostSource[] => {
      if (write.kind !== 'copy' || write.from.in !== 'stage' || write.until !== undefined) return []
      const { files, path } = write.from
      const from = [files, files.base].flatMap((own) => build.stages.find((one) => one.files === own) ?? [])[0]
      const word = from && from !== stage ? sourceAt(stage, write.cause, path) : undefined
      const found = from && word && !isWritten(path, code) ? lostIn(from, path, build) : undefined
      return found && from && word ? [{ ...found, word, path, from }] : []
    }),
  )
}

/** Whether code names the file, which then may write it when it is compiled. */
const isWritten = (path: string, { files }: Code): boolean =>
  posix.extname(path) !== '' &&
  files.some(({ source }) => source.text.includes(posix.basename(path)) && /\bFile\./.test(source.text))

/** The word of a COPY that means the path. */
function sourceAt({ stage }: BuiltStage, { span }: Cause, path: string): Word | undefined {
  const instruction = stage.instructions.find(
    (one): one is CopyInstruction => one.keyword === 'COPY' && one.span.start === span.start,
  )
  return instruction?.sources.find(({ text }) => posix.resolve('/', text) === path)
}

function lostIn(from: BuiltStage, path: string, build: Build): Omit<LostSource, 'word' | 'path' | 'from'> | undefined {
  const steps = lineageOf(from).flatMap((one) => one.steps)
  const isOfRelease =
    /\/_build\/[^/]+\/rel(\/|$)/.test(path) || misspeltPlace(path, releasesIn(from.files)) !== undefined
  if (isOfRelease || isOfSystem.test(path) || isThere(from.files, path)) return undefined
  if (!isKnownImage(from, build) || isDoubtful(path, steps) || isOnAnotherMachine(path, from)) return undefined
  const { origin, causes } = locate(from.files, path)
  const removed = origin.kind === 'removed' ? causes[0] : undefined
  const project = steps.find(({ command, cwd }) => command.kind === 'mix' && below(cwd, path) !== undefined)?.cwd
  if (project === undefined) {
    const isMade = steps.some((step) => makesMore(step) && below(step.cwd, path) !== undefined)
    return isMade ? undefined : { near: undefined, inContext: undefined, removed, sure: true }
  }
  const rest = below(project, path) ?? ''
  const { context } = build
  const { origin: brought } = locate(from.files, posix.join(project, 'mix.exs'))
  const own = brought.kind === 'context' ? posix.join(posix.dirname(brought.path), rest) : undefined
  const inContext = own !== undefined && /^(file|folder)$/.test(context.typeOf(own) ?? '') ? own : undefined
  const isMadeUnseen = steps.some(makesMore)
  const siblings = pathsMatching(from.files, posix.join(posix.dirname(path), '*'), 'copy').paths
  const alike = siblings.filter((one) => Math.abs(one.length - path.length) <= 2)
  const near = inContext === undefined && !isMadeUnseen ? nearest(path, alike, 2) : undefined
  // `steps: [:assemble, :tar]` packs a release, and nothing else does it there.
  const isArchive = /\/_build\/[^/]+\/[^/]+\.tar\.gz$/.test(path) && releasesIn(from.files).length > 0
  const sure = isArchive || inContext !== undefined || near !== undefined || removed !== undefined
  return sure || !(isOfPrograms.test(rest) || isMadeUnseen) ? { near, inContext, removed, sure } : undefined
}

/** Where packages put their files, and the system its own. */
const isOfSystem = /^\/(usr|lib\w*|s?bin|etc|opt|var|root|home|nix|snap|run|tmp|proc|sys|dev)(\/|$)|^\/[^/]*$/

/** Where programs of the build put theirs. */
const isOfPrograms = /^(_build|deps|priv|assets|node_modules|doc|cover|c_src|dist|build|tmp)(\/|$)/

/** Whether a step may make files of the project that nobody names. */
const makesMore = ({ command }: Step): boolean =>
  command.kind === 'mix'
    ? !/^(local\.\w+|deps\.\w+|compile|release|phx\.digest|assets\.\w+|tailwind\S*|esbuild\S*|sass\S*|do|hex\.\w+)$/.test(
        command.task,
      )
    : command.kind === 'program' && !makesNoFiles.test(command.name)

const makesNoFiles =
  /^(apt|apt-get|apk|dpkg|mkdir|rmdir|rm|chmod|chown|chgrp|ls|cat|echo|printf|test|\[|true|set|cd|export|find|sed|locale-gen|update-ca-certificates|cp|mv|ln)$/
