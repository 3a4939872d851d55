import type { Project } from '../../model/project/project.ts'
import type { Edit, Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { requiredInstead } from './literal.ts'
import { demandedOf } from './to-runtime.ts'

/** The fix that stops a boot without the variable of the host, and asks for it where Compose is called. */
export function hostRequired(project: Project, read: Span, name: string): readonly Fix[] {
  const edit = requiredInstead(read, name)
  return edit ? [givenAtStart(project, name, [edit])] : []
}

/** The fix that gives the host at the start alone, after these edits. */
export const givenAtStart = (project: Project, name: string, edits: readonly Edit[]): Fix => ({
  title: `Ask for \`${name}\` at the start`,
  safety: 'unsafe',
  edits: [...edits, ...demandedOf(project, name)],
})
