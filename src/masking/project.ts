import { secretsIn } from '../model/env/secret.ts'
import type { Project } from '../model/project/project.ts'
import { isDummy, isElsewhere } from '../model/secrets/secrets.ts'
import { oncePer } from '../text/once.ts'
import { isTelling, type Masking, maskingOf } from './masking.ts'

/** The masking of a project: of what its sources, its rules and its environments hold for secrets. */
export const maskingOfProject = oncePer(
  (project: Project): Masking =>
    maskingOf({ sources: project.tree.sources, spans: project.secrets, values: () => [...secretValues(project)] }),
)

/** Secrets that no rule looks for and that a command or message may repeat: those of variables. */
function secretValues({ deployments, services, dockerfiles }: Project): ReadonlySet<string> {
  const found = new Set<string>()
  const note = (name: string, value: string) => {
    for (const secret of secretsIn(name, value))
      if (isTelling(secret) && !isDummy(secret) && !isElsewhere(secret)) found.add(secret)
  }
  for (const { instructions } of dockerfiles.map((one) => one.whole ?? one)) {
    for (const instruction of instructions) {
      if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue
      for (const { name, value = '' } of instruction.pairs) note(name, value.replace(/^(["'])(.*)\1$/s, '$2'))
    }
  }
  for (const { given, build } of services) {
    for (const [name, value] of [...given, ...(build?.args ?? [])]) if (value.kind === 'known') note(name, value.value)
  }
  for (const { environment } of deployments) {
    for (const name of environment.names) {
      const value = environment.get(name)
      if (value.kind === 'known') note(name, value.value)
    }
  }
  return found
}
