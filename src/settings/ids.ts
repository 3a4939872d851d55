import { rules } from '../rules/index.ts'
import { didYouMean } from '../text/nearest.ts'

/** The id under which a file that cannot be read is reported. */
export const unreadableFile = 'unreadable-file'

/** The id under which an image is reported that is not what its sources say. */
export const imageDiffers = 'image-differs'

/** What is reported without being a rule of the catalogue: files that are not what they should be, and ignores. */
const remarks = [
  unreadableFile,
  imageDiffers,
  'dockerfile-syntax',
  'compose-syntax',
  'env-syntax',
  'elixir-syntax',
  'shell-syntax',
  'ignore-malformed',
  'ignore-unknown-rule',
  'ignore-unused',
  'ignore-without-reason',
] as const

/** The id of a remark. */
export type Remark = (typeof remarks)[number]

/** Every id that can be ignored, asked for or given a severity. */
export const knownIds: readonly string[] = [...rules.map(({ id }) => id), ...remarks]

/** The first of these that is no known id, and what was likely meant, for a message; undefined where all are known. */
export function unknownId(ids: readonly string[]): string | undefined {
  const unknown = ids.find((id) => !knownIds.includes(id))
  return unknown === undefined ? undefined : `\`${unknown}\`${didYouMean(unknown, knownIds)}`
}
