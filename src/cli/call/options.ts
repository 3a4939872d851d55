import { unknownId } from '../../settings/ids.ts'
import type { CheckOptions } from '../../workspace/check.ts'
import type { OpenImagesOptions } from '../../workspace/images/open.ts'
import type { OpenOptions } from '../../workspace/options.ts'
import { done, type Result, wrong } from '../../workspace/result.ts'
import { buildArgsOf } from '../docker/build-args.ts'
import type { Io } from '../io/io.ts'
import type { Call } from './flags.ts'
import { ownIn, severitiesIn, thresholdIn } from './hadolint.ts'
import { maxSizeOf } from './max-size.ts'

/** What flags say of how a project is opened. */
export function openOptionsOf(call: Call, io: Pick<Io, 'env'>): Result<OpenOptions> {
  const maxSize = maxSizeOf(call)
  if (maxSize.kind === 'wrong') return maxSize
  const some = (name: string) => (call.has(name) ? call.all(name) : undefined)
  return done({
    compose: {
      files: some('file'),
      envFiles: some('env-file'),
      profiles: some('profile'),
      projectDirectory: call.one('project-directory'),
    },
    settings: call.has('no-config') ? false : call.one('config'),
    baseline: call.has('write-baseline') || call.has('no-ignores') ? false : call.one('baseline'),
    allowOutside: call.has('allow-outside'),
    stdinPath: call.one('stdin-filename'),
    context: {
      isSure: call.has('context'),
      dockerfiles: call.all('file'),
      target: call.one('target'),
      args: buildArgsOf(call.all('build-arg'), io),
    },
    maxSize: maxSize.value,
  })
}

/** What flags say of how images are opened. */
export function imageOptionsOf(call: Call, io: Pick<Io, 'env'>): Result<OpenImagesOptions> {
  const options = openOptionsOf(call, io)
  if (options.kind === 'wrong') return options
  return done({
    ...options.value,
    image: call.one('image'),
    platform: call.one('platform'),
    against: call.one('against'),
  })
}

/** What flags ask of the rules; wrong where one names a rule that there is not. */
export function askedOf(call: Call): Result<CheckOptions> {
  const severities = severitiesIn(call)
  const ignore = ownIn(call, 'ignore')
  const unknown = unknownId([...call.all('rule'), ...ignore, ...severities.keys()])
  if (unknown !== undefined) return wrong(`there is no rule ${unknown}`)
  return done({
    ...(call.has('rule') ? { rules: call.all('rule') } : {}),
    ignore,
    preview: call.has('preview'),
    noIgnores: call.has('no-ignores'),
    severities,
    failOn: thresholdIn(call),
  })
}
