import type { Steps } from '../../text/steps.ts'
import { containerOf, type Shipment } from '../container/contain.ts'
import type { Container } from '../container/container.ts'
import { type Boot, bootOf } from './boot.ts'

/** A container that runs the app in production, and what the app will do when it starts. */
export interface Deployment extends Container {
  /** Undefined where no config is in view. */
  readonly boot: Boot | undefined
}

/** The deployment of one stage, alone or as a service. */
export function* deploymentOf(shipment: Shipment): Steps<Deployment> {
  const container = containerOf(shipment)
  yield
  return { ...container, boot: bootOf(container) }
}
