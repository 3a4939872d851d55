import type { Looked } from '../project/looked.ts'
import type { Image } from './image.ts'

/** What of a saved image is checked. */
export function lookedOfImage({ release, deployment }: Image, name: string): Looked {
  const reason = 'it holds no release of Elixir, and only its config, history and secrets are checked'
  const runsApp = release !== undefined || deployment.runs === 'mix'
  return {
    checked: [{ image: name }],
    leftOut: runsApp ? [] : [{ kind: 'left-out', what: name, reason, isOther: false }],
    nothing: undefined,
  }
}
