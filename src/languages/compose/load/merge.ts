import type { YamlNode } from '../../yaml/node.ts'
import type { Gathered } from '../problems.ts'
import { mergeNodes, type Special } from './merge-nodes.ts'
import { mergeSpecials } from './merge-rules.ts'
import { patternTree, stepsInto } from './pattern.ts'

const specials = patternTree<Special>(mergeSpecials)

/** `base` with `over` laid over it by Compose's rules for each key. `path` tells where both stand. */
export const merge = (gathered: Gathered, base: YamlNode, over: YamlNode, path: readonly string[] = []): YamlNode =>
  mergeNodes({ gathered, places: stepsInto(specials, path) }, base, over)
