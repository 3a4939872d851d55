import assetsAfterRelease from './assets-after-release.ts'
import type { Rule } from './rule.ts'

/** Every rule, in the order of the gotchas and of the chain. */
export const rules: readonly Rule[] = [assetsAfterRelease]
