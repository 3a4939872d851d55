import type { Problem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { loadYaml } from '../yaml/load.ts'
import type { ScalarNode } from '../yaml/node.ts'
import type { PlatformCheck } from './types.ts'

/** What a platform says of a container of which it says nothing more than what it runs. */
export const plainCall = {
  image: undefined,
  entrypoint: undefined,
  workingDir: undefined,
  user: undefined,
  nonRoot: undefined,
  readOnly: undefined,
  asked: undefined,
  isShared: false,
  isOpenForSecrets: false,
  ports: [],
  checks: [],
  mounts: [],
  connection: undefined,
} as const

/** A plain request of a path, before the container gets requests. */
export const plainCheck = (
  { text, inner }: Pick<ScalarNode, 'text' | 'inner'>,
  port: Known<string>,
): PlatformCheck => ({
  path: text,
  port,
  span: inner,
  isLiveness: false,
  isTls: false,
  headers: [],
  note: undefined,
})

/** Why a file of YAML cannot be read to its end, or not as it is meant. */
export const damageOf = (source: Source): Problem | undefined => loadYaml(source).problems[0]
