import type { Deployment } from '../../model/boot/deployment.ts'
import type { BootOutcome } from '../../model/outcome/outcome.ts'
import type { Project } from '../../model/project/project.ts'
import { rules } from '../../rules/index.ts'

/** The rules whose errors say that there is no image, or that its container starts no release. */
const stopping = new Set([
  'no-such-source',
  'no-such-stage',
  'no-such-user',
  'no-such-command',
  'deps-not-fetched',
  'release-not-built',
  'release-not-shipped',
  'runner-mismatch',
  'overlay-not-runnable',
])

/** The outcome of a boot whose container does not get as far as its config: what stops it is then the image. */
export function withImageStop(outcome: BootOutcome, project: Project): BootOutcome {
  const found = outcome.crash?.during === 'build' ? undefined : stopOf(outcome.deployment, project)
  if (found === undefined) return outcome
  const { message, span, related = [] } = found
  const crash = { message, span, related, certain: true, during: 'image' } as const
  return { ...outcome, verdict: 'crashes', crash, listens: 'no' }
}

function stopOf(deployment: Deployment, project: Project) {
  const services = project.services.filter((one) => one === deployment.service)
  const alone: Project = { ...project, deployments: [deployment], services, imageBuilds: [] }
  for (const rule of rules.filter(({ id }) => stopping.has(id))) {
    for (const found of rule.check(alone)) {
      const { severity = rule.severity, certainty } = found
      if (severity === 'error' && certainty !== 'likely') return found
    }
  }
  return undefined
}
