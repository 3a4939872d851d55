import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { isEnvFile, isKeyFile, isSampleEnvFile } from '../../model/secrets/secret-files.ts'
import { landingsIn } from '../../model/stage-files/landings.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { atRelease } from '../../model/stage-files/release-files.ts'
import { releasesIn } from '../../model/stage-files/releases.ts'
import type { Located, Release } from '../../model/stage-files/types.ts'
import type { Span } from '../../text/source.ts'
import type { DrawnBuild } from './builds.ts'
import type { Way } from './graph.ts'
import type { DraftStep } from './steps.ts'

/** The steps of a build, by id, that lie on each way. */
export type Ways = Readonly<Record<Way, ReadonlySet<number>>>

/** Through which steps of a build the assets, the secrets and the release go; `secrets` are those of the project. */
export function waysOf(drawn: DrawnBuild, steps: readonly DraftStep[], secrets: readonly Span[]): Ways {
  const marks = marker(steps)
  for (const { id, effects } of steps) {
    if (effects.some(({ kind }) => kind === 'bundle' || kind === 'digest')) marks.assets.add(id)
    if (effects.some(({ kind }) => kind === 'release')) marks.release.add(id)
  }
  for (const deployment of drawn.deployments) {
    const { release } = deployment
    if (release === undefined) continue
    followRelease(deployment, release, marks)
    followAssets(release, marks)
  }
  followSecrets(drawn, secrets, marks)
  return marks
}

interface Marker extends Record<Way, Set<number>> {
  /** The steps whose words or instruction stand at a place. */
  readonly at: (span: Span) => readonly number[]
  /** The step with a number of the model. */
  readonly numbered: (id: number) => readonly number[]
}

function marker(steps: readonly DraftStep[]): Marker {
  const places = new Map<string, number[]>()
  const numbers = new Map<number, number>()
  const note = (span: Span, id: number) => {
    const there = places.get(keyOf(span))
    if (there) there.push(id)
    else places.set(keyOf(span), [id])
  }
  for (const { id, instruction, instructionSpan, step } of steps) {
    if (instruction === id) note(instructionSpan, id)
    if (step) numbers.set(step.id, id)
    if (step && step.command.kind === 'program') note(step.span, id)
  }
  return {
    assets: new Set(),
    secrets: new Set(),
    release: new Set(),
    at: (span) => places.get(keyOf(span)) ?? [],
    numbered: (id) => {
      const found = numbers.get(id)
      return found === undefined ? [] : [found]
    },
  }
}

const keyOf = ({ source, start, end }: Span): string => `${source.path}:${start}:${end}`

/** From `mix release` by each copy to the command that starts it. */
function followRelease({ ships, server }: Deployment, release: Release, marks: Marker): void {
  for (const id of marks.numbered(release.step.id)) marks.release.add(id)
  if (ships === undefined) return
  const placed = releasesIn(ships.files).filter((one) => one.release.step === release.step)
  for (const { target } of placed) mark(marks, 'release', locate(ships.files, posix.join(target, 'bin')))
  const start = server === undefined ? [] : [ships.entrypoint, ships.cmd]
  const instructions = ships.stage.instructions.filter(
    (one) => (one.keyword === 'ENTRYPOINT' || one.keyword === 'CMD') && start.includes(one.command),
  )
  for (const { span } of instructions) for (const id of marks.at(span)) marks.release.add(id)
}

/** From the bundler and the digest to the release that holds what they wrote. */
function followAssets(release: Release, marks: Marker): void {
  const { app } = release
  const folders = app?.umbrella ? app.children.map((child) => posix.relative(app.folder, child.folder)) : ['']
  for (const folder of folders) {
    const manifest = atRelease(release, posix.join(folder, 'priv/static/cache_manifest.json'))
    if (manifest.origin.kind === 'absent' || manifest.origin.kind === 'removed') continue
    mark(marks, 'assets', manifest)
    mark(marks, 'assets', atRelease(release, posix.join(folder, 'priv/static/assets')))
    for (const id of marks.numbered(release.step.id)) marks.assets.add(id)
  }
}

/** Where a secret is written out, where a file of secrets is copied, and where one is mounted. */
function followSecrets({ build, deployments }: DrawnBuild, secrets: readonly Span[], marks: Marker): void {
  const { source, instructions } = build.dockerfile
  const written = secrets.filter((secret) => secret.source.path === source.path).map(({ start }) => start)
  for (const { span } of written.length > 0 ? instructions : []) {
    if (!written.some((start) => span.start <= start && start < span.end)) continue
    for (const id of marks.at(span)) marks.secrets.add(id)
  }
  const shipped = deployments.flatMap(({ ships }) => ships ?? [])
  for (const { files } of shipped.length > 0 ? shipped.slice(0, 1) : build.stages.slice(-1)) {
    for (const { causes } of landingsIn(files, isSecretFile)) {
      for (const { span } of causes) for (const id of marks.at(span)) marks.secrets.add(id)
    }
  }
  for (const instruction of instructions) {
    if (instruction.keyword !== 'RUN' || !instruction.mounts.some(({ type }) => type === 'secret')) continue
    for (const id of marks.at(instruction.span)) marks.secrets.add(id)
  }
}

const isSecretFile = (path: string): boolean => isKeyFile(path) || (isEnvFile(path) && !isSampleEnvFile(path))

function mark(marks: Marker, way: Way, { origin, causes }: Located): void {
  const made = origin.kind === 'made' ? marks.numbered(origin.artifact.step.id) : []
  for (const id of [...made, ...causes.flatMap(({ span }) => marks.at(span))]) marks[way].add(id)
}
