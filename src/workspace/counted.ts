import { countMore, duringAll } from '../text/clock.ts'
import { openWorkspace } from './open.ts'
import type { OpenOptions, Surroundings } from './options.ts'
import type { Result } from './result.ts'
import type { Workspace } from './workspace.ts'

/** Opens what is named, and notes how much it is. */
export async function openCounted(
  names: readonly string[],
  at: Surroundings,
  options: OpenOptions,
): Promise<Result<Workspace>> {
  const opened = await duringAll('reading', () => openWorkspace(names, at, options))
  if (opened.kind === 'done') {
    countMore('projects', opened.value.projects.length)
    for (const { tree } of opened.value.projects) {
      countMore('files', tree.sources.length)
      countMore(
        'bytes',
        tree.sources.reduce((sum, { text }) => sum + text.length, 0),
      )
    }
  }
  return opened
}
