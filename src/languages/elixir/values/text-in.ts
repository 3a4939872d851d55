import type { Value } from './value.ts'

/** The text of a binary, with `gap` for each part that is not known; undefined where nothing of it is, or it is no text. */
export const textIn = (value: Value): string | undefined =>
  value.kind === 'binary' ? value.text : value.kind === 'unknown' ? value.partial : undefined
