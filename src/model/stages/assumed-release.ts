import { posix } from 'node:path'
import { known } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import type { World } from '../follow/frame.ts'
import { isProduction } from '../shipping/production.ts'
import { locate } from '../stage-files/locate.ts'
import { below } from '../stage-files/paths.ts'
import { type PlacedRelease, releasesIn } from '../stage-files/releases.ts'
import type { Step } from '../stage-files/step.ts'
import type { Release, StageFiles } from '../stage-files/types.ts'
import type { BuiltStage } from './built-stage.ts'
import { lineageOf } from './mix-there.ts'

/**
 * The files of a stage with the release that a COPY wants at `path` where the stage makes none, so that all that hangs on
 * it is still looked at: what the stage makes elsewhere under the name and the environment that are wanted, else one of the
 * Mix project as it lies in the stage. What a step may have put there that cannot be followed stays unknown.
 */
export function withAssumedRelease(
  stage: BuiltStage,
  path: string,
  at: Pick<Step, 'id' | 'span'>,
  world: World,
): StageFiles {
  const release = assumedRelease(stage, posix.resolve('/', path), at, world)
  if (release === undefined) return stage.files
  const cause = { span: at.span, runs: 'always' } as const
  return { base: stage.files, writes: [{ kind: 'made', target: posix.resolve('/', path), artifact: release, cause }] }
}

function assumedRelease(
  stage: BuiltStage,
  path: string,
  at: Pick<Step, 'id' | 'span'>,
  { apps }: World,
): Release | undefined {
  if (!/^(absent|removed)$/.test(locate(stage.files, path).origin.kind)) return undefined
  const placed = releasesIn(stage.files)
  const misspelt = misspeltPlace(path, placed)
  if (misspelt) return misspelt.release
  const [, project, mixEnv = '', name = ''] = /^(\/.*)\/_build\/([^/]+)\/rel\/([\w.-]+)\/?$/.exec(path) ?? []
  // `default` is the profile of rebar3, which makes releases of its own.
  if (project === undefined || mixEnv === 'default') return undefined
  if (placed.some(({ target }) => below(path, target) !== undefined)) return undefined
  const { origin } = locate(stage.files, posix.join(project, 'mix.exs'))
  const app = origin.kind === 'context' ? apps.find(({ file }) => file?.source.path === origin.path) : undefined
  const command = { kind: 'mix', task: 'release', args: [name], mixEnv: known(mixEnv) } as const
  const [other] = placed
  if (other) return renamed(other.release, name, mixEnv)
  if (app === undefined || lineageOf(stage).some(({ steps }) => steps.some(isOpaque))) return undefined
  const made: Step = {
    ...at,
    stage: stage.stage.index,
    via: [],
    runs: 'always',
    guards: [],
    mayFail: false,
    shells: [],
    command,
    cwd: project,
    env: stage.env,
  }
  const { files } = stage
  return { kind: 'release', step: made, name, mixEnv, project, app, files, before: files.writes.length }
}

/** The release that lies where `path` leads to but for a slip or two. */
export function misspeltPlace(path: string, placed: readonly PlacedRelease[]): PlacedRelease | undefined {
  const near = nearest(
    path,
    placed.map(({ target }) => target),
    2,
  )
  return near !== path && near?.length !== undefined && Math.abs(near.length - path.length) < 3
    ? placed.find(({ target }) => target === near)
    : undefined
}

/** Whether what a step does cannot be followed, be it that it calls what is not there. */
const isOpaque = ({ command, lost }: Step): boolean => command.kind === 'unknown' && lost === undefined

/** A release under the name and the environment that are wanted, unless these are misspelt or for development. */
function renamed(release: Release, wantedName: string, wantedEnv: string): Release {
  const name = nearest(release.name, [wantedName]) === undefined ? wantedName : release.name
  const mixEnv = isProduction(wantedEnv) ? wantedEnv : release.mixEnv
  const command = { kind: 'mix', task: 'release', args: [name], mixEnv: known(mixEnv) } as const
  const isOfOther = mixEnv === release.mixEnv ? {} : { isOfOtherEnv: true as const }
  return { ...release, ...isOfOther, name, mixEnv, step: { ...release.step, command } }
}
