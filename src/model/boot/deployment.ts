import { containerOf, type Shipment } from '../container/contain.ts'
import type { Container } from '../container/container.ts'
import { type Boot, bootOf } from './boot.ts'

/** A container that runs the app in production, and what the app will do when it starts. */
export interface Deployment extends Container {
  /** Undefined where no config is in view. */
  readonly boot: Boot | undefined
}

/** The deployment of one stage, alone or as a service. */
export function deploymentOf(shipment: Shipment): Deployment {
  const container = containerOf(shipment)
  return { ...container, boot: bootOf(container) }
}
