import type { Deployment } from '../../model/boot/deployment.ts'
import type { BootOutcome } from '../../model/outcome/outcome.ts'
import type { Project } from '../../model/project/project.ts'
import type { Reading } from '../../model/project/read.ts'
import { atRelease } from '../../model/stage-files/release-files.ts'
import { rules } from '../../rules/index.ts'
import { unreadFrom } from '../../text/damage.ts'
import type { Label, SyntaxProblem } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'

/** What ends a deployment before its config is read. */
interface ImageStop {
  readonly message: string
  readonly span: Span
  readonly related?: readonly Label[] | undefined
}

/** The outcome of a boot whose container does not get as far as its config: what stops it is then the image. */
export function withImageStop(outcome: BootOutcome, { project, problems }: Reading): BootOutcome {
  if (outcome.crash?.during === 'build') return outcome
  const { deployment } = outcome
  const found = problems.find((one) => isOf(one, deployment)) ?? stopOf(deployment, project)
  if (found === undefined) return outcome
  const { message, span, related = [] } = found
  const crash = { message, span, related, certain: true, during: 'image' } as const
  return { ...outcome, verdict: 'crashes', crash, listens: 'no' }
}

/** Whether a file that surely cannot be read is part of a deployment: its Dockerfile, its code, or a script of its start. */
function isOf(problem: SyntaxProblem, { dockerfile, code, start, release }: Deployment): boolean {
  const { language, certainty, bound, readElsewhere } = problem
  const { source } = problem.span
  if (certainty === 'likely' || bound || readElsewhere) return false
  if (language === 'dockerfile') return dockerfile?.source === source
  if (language === 'elixir') return code.unread.some((file) => file.source === source)
  if (source.path === envScriptOf(release)) return true
  const stopping = start.filter((step) => step === start.at(-1) || /^\s*set\s+-\w*e/m.test(step.span.source.text))
  return stopping.some(({ command, runs, mayFail }) => {
    const isRead = command.kind !== 'unknown' || command.why !== unreadFrom(problem)
    return language === 'shell' && !isRead && runs === 'always' && !mayFail
  })
}

/** The `env.sh.eex` that becomes a part of a release, whose script reads it first. */
function envScriptOf(release: Deployment['release']): string | undefined {
  const origin = release && atRelease(release, 'rel/env.sh.eex').origin
  return origin?.kind === 'context' ? origin.path : undefined
}

function stopOf(deployment: Deployment, project: Project): ImageStop | undefined {
  const services = project.services.filter((one) => one === deployment.service)
  const alone: Project = { ...project, deployments: [deployment], services, imageBuilds: [] }
  for (const rule of rules.filter(({ stops }) => stops !== undefined)) {
    for (const found of rule.check(alone)) {
      const { severity = rule.severity, certainty, stops = rule.stops } = found
      if (stops && severity === 'error' && certainty !== 'likely') return found
    }
  }
  return undefined
}
