import { unreadableFile } from '../settings/ids.ts'
import type { Diagnostic, Problem, Severity } from '../text/diagnostic.ts'
import { type ReadProject, unseenIn } from './folder.ts'

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
  why: '',
  remedy: 'Let the file be read, or leave it out of what is named',
})

/** Whether a finding says that something was not seen that should have been. */
export const saysUnseen = ({ rule, severity }: Diagnostic): boolean => rule === unreadableFile && severity === 'error'

/** The findings of what was not seen of a project: errors, but for a name that promises a file and is none. */
export function failuresOf(
  project: Pick<ReadProject, 'problems' | 'truncated'> & { readonly named: readonly string[] },
): readonly Diagnostic[] {
  const isNamed = ({ span }: Problem) => project.named.includes(span.source.path)
  const misplaced = project.problems.filter((problem) => problem.misplaced)
  return [
    ...misplaced.map((problem) => unreadable(problem, isNamed(problem) ? 'error' : 'warning')),
    ...unseenIn(project).map((problem) => unreadable(problem, 'error')),
  ]
}
