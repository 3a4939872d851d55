import { describe, expect, it } from 'vitest'
import { fixTree } from '../src/fix.ts'
import { mendable } from './cases.ts'
import { type SmallProject, samples } from './projects.ts'
import { treeFor } from './trees.ts'

/** A project as Git writes it on Windows, but for its scripts, which would not run. */
const asOnWindows = ({ texts }: SmallProject) =>
  Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      text.startsWith('#!') ? text : text.replaceAll(/\r?\n/g, '\r\n'),
    ]),
  )

describe.each(
  [...mendable.filter(({ isExample }) => isExample), ...samples].map((project): [string, SmallProject] => [
    project.name,
    project,
  ]),
)('%s, with the line ends of Windows', (_name, project) => {
  it('keeps them in what is fixed', async () => {
    const { changes } = await fixTree(treeFor(asOnWindows(project)), { unsafe: true })
    const lone = changes
      .filter(({ after }) => !after.startsWith('#!') && /(?<!\r)\n/.test(after))
      .map(({ path }) => path)
    expect(lone).toEqual([])
  })
})
