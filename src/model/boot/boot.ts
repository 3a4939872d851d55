import type { World } from '../build/frame.ts'
import type { Deployment } from '../deployment.ts'
import type { Code } from '../phoenix/code.ts'

export interface Boot {
  readonly endpoints: readonly string[]
}

export function bootOf(_deployment: Deployment, _world: World, _code: Code): Boot | undefined {
  return undefined
}
