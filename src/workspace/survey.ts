import { judge, readTree } from '../analyze.ts'
import { isComposeFile, isDockerfile } from '../files/names.ts'
import type { Deployment } from '../model/boot/deployment.ts'
import { contractOf } from '../model/outcome/contract.ts'
import { healthRoutesOf } from '../model/phoenix/answer.ts'
import { developmentWord } from '../model/shipping/production.ts'
import type { Survey } from '../settings/draft.ts'
import { type Diagnostic, severities } from '../text/diagnostic.ts'
import type { OpenProject } from './workspace.ts'

/** Looks at a project for what its settings could say. */
export async function surveyOf({ tree, options }: OpenProject): Promise<Survey> {
  const reading = await readTree(tree, options)
  const { project } = reading
  const wanted = new Set(project.deployments.flatMap((deployment) => wantedBy(deployment)))
  return {
    ships: project.deployments.map(({ service, dockerfile, ships }) => ({
      service: service?.name,
      dockerfile: dockerfile?.source.path,
      target: ships?.stage.name,
    })),
    development: tree.sources
      .map(({ path }) => path)
      .filter((path) => (isDockerfile(path) || isComposeFile(path)) && developmentWord(path) !== undefined),
    wanted: [...wanted].toSorted(),
    healthPath: healthRoutesOf(project.code)[0]?.path,
    findings: countsOf(judge(reading, options).diagnostics),
  }
}

/** The variables without which a deployment does not start, or does not serve, and that nothing in view gives. */
function wantedBy(deployment: Deployment): readonly string[] {
  return contractOf(deployment).flatMap(({ name, required, during, value }) => {
    const isOpen = value.kind === 'unset' || (value.kind === 'unknown' && !value.isSet)
    return during === 'start' && isOpen && (required || /^PHX_(HOST|SERVER)$/.test(name)) ? [name] : []
  })
}

function countsOf(diagnostics: readonly Diagnostic[]): Survey['findings'] {
  const counts = new Map<string, { readonly rule: string; readonly severity: Diagnostic['severity']; count: number }>()
  for (const { rule, severity } of diagnostics) {
    const key = `${rule} ${severity}`
    const known = counts.get(key) ?? { rule, severity, count: 0 }
    counts.set(key, { ...known, count: known.count + 1 })
  }
  return [...counts.values()].toSorted(
    (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
  )
}
