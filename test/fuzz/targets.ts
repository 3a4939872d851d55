import { analyses, fixes } from './projects.ts'
import { builds, readers } from './readers.ts'
import type { Target } from './target.ts'

/** All that is fuzzed: cheap ones first. */
export const targets: readonly Target[] = [...readers, builds, analyses, fixes]
