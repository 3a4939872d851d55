import { isDockerfile } from '../files/names.ts'
import type { Tree } from '../files/tree.ts'
import { parseDockerfile } from '../languages/dockerfile/parse.ts'
import type { Settings, Written } from '../settings/settings.ts'
import type { Problem } from '../text/diagnostic.ts'
import { didYouMean } from '../text/nearest.ts'

/** Services and the target of the settings that the project does not have. `services`: undefined without a compose file. */
export function missingIn(
  { service, target, below }: Settings,
  tree: Tree,
  services: readonly string[] | undefined,
): readonly Problem[] {
  // Settings of a folder above are those of several projects.
  if (below !== '') return []
  const stages = target
    ? tree.sources
        .filter(({ path }) => isDockerfile(path))
        .map((source) => parseDockerfile(source).stages.flatMap(({ name }) => name ?? []))
    : []
  return [
    ...(services ? service.flatMap((one) => absent('service', one, services)) : []),
    ...(target && stages.length > 0
      ? absent('stage', { ...target, text: target.text.toLowerCase() }, stages.flat())
      : []),
  ]
}

const absent = (kind: string, { text, span }: Written, known: readonly string[]): readonly Problem[] =>
  known.includes(text) ? [] : [{ span, message: `there is no ${kind} \`${text}\`${didYouMean(text, known)}` }]
