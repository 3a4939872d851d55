import { posix } from 'node:path'
import type { TreeEntry } from '../../files/tree.ts'
import type { Dockerfile, Instruction, Word } from '../../languages/dockerfile/types.ts'
import { nearest } from '../../text/nearest.ts'
import type { Deployment } from '../boot/deployment.ts'
import { hasOwnReleaseSteps } from '../phoenix/mix.ts'
import { landingsIn } from '../stage-files/landings.ts'
import { locate } from '../stage-files/locate.ts'
import { overlayOf } from '../stage-files/release-files.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { ScriptFile, Step } from '../stage-files/step.ts'
import type { Cause } from '../stage-files/types.ts'
import { stagesBehind } from './assets.ts'

/**
 * Whether a file of the project can be executed in the image: by its own mode, or by that which COPY, `chmod` or a step of
 * the release that we cannot see gives it; else the `--chmod` of the COPY that takes it away, `undefined` where none does.
 */
export function isExecutableAs(
  entry: TreeEntry,
  { build, dockerfile, ships, release }: Deployment,
): true | { readonly takenBy: Word | undefined } {
  if (!build || !dockerfile || !ships) return true
  if (entry.executable && dockerfile.instructions.every((one) => modesOf(one).every(grantsExecution))) return true
  if (release && hasOwnReleaseSteps(release.app) && /(^|\/)rel\//.test(entry.path)) return true
  const stages = [...stagesBehind(ships)]
  const copies = stages.flatMap(({ files }) =>
    files.writes.flatMap((write) =>
      write.kind === 'copy' && write.from.in === 'context' && write.from.path === entry.path ? [write.target] : [],
    ),
  )
  const names = new Set([entry.path, ...copies].map((path) => posix.basename(path)))
  if (stages.some((stage) => stage.steps.some((step) => mayChangeMode(step, names)))) return true
  const modes = causesOf(entry, { ships, release }).flatMap((cause) => modesBy(cause, dockerfile))
  if (modes.length === 0 ? entry.executable : modes.some(grantsExecution)) return true
  return { takenBy: modes[0] }
}

/** Whether something may make a file executable that a command or `COPY <<EOF` writes: by itself it is not. */
export function isWrittenExecutable({ path }: ScriptFile, { ships, dockerfile }: Deployment): boolean {
  if (!ships || !dockerfile) return true
  const stages = [...stagesBehind(ships)]
  const names = new Set([posix.basename(path)])
  const writes = stages.flatMap(({ files }) => files.writes).filter(({ target }) => target === path)
  return (
    writes.some(({ kind }) => kind !== 'inline') ||
    stages.some(({ steps }) => steps.some((step) => mayChangeMode(step, names))) ||
    locate(ships.files, path).causes.some((cause) => modesBy(cause, dockerfile).some(grantsExecution))
  )
}

function mayChangeMode({ command, span: place }: Step, names: ReadonlySet<string>): boolean {
  if (command.kind === 'unknown') return true
  if (command.kind !== 'program') return false
  if (/^(install|find|xargs)$/.test(command.name)) return true
  if (command.name !== 'chmod') return false
  const [, ...words] = command.argv
  const paths = words.filter((word) => word === undefined || !/^[-+]|^[0-7]+$|^[ugoa]*[-+=]/.test(word))
  const recursive =
    words.some((word) => /^-\w*R|^--recursive/.test(word ?? '')) ||
    /\s-R\b/.test(place.source.text.slice(place.start, place.end))
  return recursive || paths.some((path) => path === undefined || names.has(posix.basename(path)) || /[*?[{]/.test(path))
}

/** What brought a file of the project into the image, over the release too. */
function causesOf({ path }: TreeEntry, { ships, release }: Pick<Deployment, 'ships' | 'release'>): readonly Cause[] {
  if (!ships) return []
  const inOverlays = /(?:^|\/)rel\/overlays\/(.*)$/.exec(path)?.[1]
  if (release && inOverlays !== undefined) {
    const placed = releasesIn(ships.files).find((one) => one.release === release)
    const later = placed ? locate(ships.files, posix.join(placed.target, inOverlays)).causes : []
    return [...later, ...overlayOf(release, inOverlays).causes]
  }
  return landingsIn(ships.files, (file) => file === path).flatMap(({ causes }) => causes)
}

/** The `--chmod` of an instruction. */
const modesOf = (one: Instruction): readonly Word[] =>
  (one.keyword === 'COPY' || one.keyword === 'ADD') && one.chmod ? [one.chmod] : []

/** The `--chmod` of the COPY that is a cause. */
const modesBy = (cause: Cause, { instructions }: Dockerfile): readonly Word[] =>
  instructions.flatMap((one) => (one.span.start === cause.span.start ? modesOf(one) : []))

/** Whether somebody may execute what has a mode; of one that is no number we do not know. */
const grantsExecution = ({ text }: Word): boolean =>
  !/^[0-7]{3,4}$/.test(text) || (Number.parseInt(text, 8) & 0o111) !== 0

/** What stands behind `#!` and is no path of a program: no whole path, a folder, or nearly that of a shell. */
export function interpreterAmiss(text: string): string | undefined {
  const path = /^#![ \t]*([^\s]+)/.exec(text)?.[1]
  if (path === undefined || interpreters.includes(path)) return undefined
  const isNoPath = !path.startsWith('/') || path.endsWith('/')
  return isNoPath || (nearest(path, interpreters, 1) && !/^\/(usr\/)?(local\/)?s?bin\/\w+$/.test(path))
    ? path
    : undefined
}

const interpreters = ['/bin/sh', '/bin/bash', '/bin/ash', '/bin/dash', '/usr/bin/env', '/usr/bin/sh', '/usr/bin/bash']
