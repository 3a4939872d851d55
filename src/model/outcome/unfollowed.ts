import type { Deployment } from '../boot/deployment.ts'
import { oneShotOf } from './one-shot.ts'

/** What cannot be followed to its end, as parts of a sentence: no finding about it says nothing then. */
export function unfollowedOf(deployment: Deployment): readonly string[] {
  const { boot } = deployment
  const isOpen = [boot?.build, boot?.runtime].some((run) => run?.outcome.kind === 'unknown')
  return [
    ...(isOpenStart(deployment) && oneShotOf(deployment) === undefined ? ['how it starts'] : []),
    ...(isOpen ? ['its config'] : []),
  ]
}

/** Whether the container starts something, and not the app as far as it can be followed. */
export const isOpenStart = ({ runs, start }: Deployment): boolean => typeof runs !== 'string' && start.length > 0
