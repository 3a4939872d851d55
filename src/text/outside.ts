import type { Source } from './source.ts'

/** `source` as it may be shown: of one that lies outside of the project nothing is left but its lines. */
export const shownSource = (source: Source): Source =>
  source.outside ? { ...source, text: source.text.replace(/[^\r\n]/g, ' ') } : source

const words = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? []
/** Shorter ones are left where our own words stand. */
const shortest = 6

/** Takes out of messages what stands in sources that lie outside of the project, and in none of the others. */
export function unquoting(sources: readonly Source[]): (message: string) => string {
  const outside = sources.filter((source) => source.outside)
  if (outside.length === 0) return (message) => message
  const inside = new Set(sources.filter((source) => !source.outside).flatMap(({ text }) => words(text)))
  const hidden = new Set(outside.flatMap(({ text }) => words(text)).filter((one) => !inside.has(one)))
  const hide = (text: string, least: number) =>
    text.replace(/[\p{L}\p{N}_]+/gu, (one) => (one.length >= least && hidden.has(one) ? '···' : one))
  return (message) => message.replace(/`[^`]*`|[^`]+/g, (part) => hide(part, part.startsWith('`') ? 1 : shortest))
}
