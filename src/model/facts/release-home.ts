import type { Deployment } from '../boot/deployment.ts'
import { releasesIn } from '../stage-files/releases.ts'

/** The folder of the image in which the release of a deployment lies, where there is one place only. */
export function homeOf({ ships, release }: Deployment): string | undefined {
  if (ships === undefined || release === undefined) return undefined
  const placed = releasesIn(ships.files).filter((one) => one.release === release)
  return placed.length === 1 ? placed[0]?.target : undefined
}
