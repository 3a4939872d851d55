import { posix } from 'node:path'
import type { Project } from '../../model/project/project.ts'
import { ignoreFor } from '../../model/stage-files/find-context.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Build } from '../../model/stages/built-stage.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { type Source, span } from '../../text/source.ts'

/** The file that keeps things out of the build context, there or not. */
export function dockerignoreOf({ dockerfile, context: { root } }: Build, { tree }: Project): Source {
  const there = ignoreFor(dockerfile.source.path, root, tree)
  return there?.source ?? { path: posix.join(root, '.dockerignore'), text: '' }
}

/** Lines behind the last one of `ignore`, which keep `paths` out of the build context in `root`. */
export function ignoring(paths: readonly string[], root: string, ignore: Source): Edit {
  const { text } = ignore
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const before = text === '' || text.endsWith('\n') ? '' : end
  const lines = paths.map((path) => `${root === '' ? path : (below(root, path) ?? path)}${end}`)
  return { span: span(ignore, text.length, text.length), text: `${before}${lines.join('')}` }
}
