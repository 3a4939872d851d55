import type { Diagnostic, Problem, Severity } from '../../text/diagnostic.ts'

/** The id under which a file that cannot be read is reported, and by which that can be ignored. */
export const unreadableFile = 'unreadable-file'

/** The finding of a file that could not be read. */
export const unreadable = ({ span, message, related }: Problem, severity: Severity): Diagnostic => ({
  rule: unreadableFile,
  gotcha: 'syntax',
  severity,
  certainty: 'certain',
  message,
  span,
  related: related ?? [],
  fixes: [],
})
