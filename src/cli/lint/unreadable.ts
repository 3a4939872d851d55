import { unreadableFile } from '../../settings/ids.ts'
import type { Diagnostic, Problem, Severity } from '../../text/diagnostic.ts'

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
