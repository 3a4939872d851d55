import type { ElixirFile, Node } from '../../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import { type Span, textOf } from '../../../text/source.ts'

/** What a mix.exs lacks of a project that Mix can work on. */
export interface Nameless {
  readonly lacks: 'app:' | 'project/0' | 'use Mix.Project'
  readonly span: Span
}

/** Whether a module says that it is a Mix project. */
export const isProject = ({ uses }: ModuleDefinition): boolean => uses.some((use) => use.module === 'Mix.Project')

/** What a mix.exs that can be read lacks, of which `module` is the project if any is. */
export const namelessIn = (
  file: ElixirFile,
  project: Node | undefined,
  module: ModuleDefinition | undefined,
): Nameless | undefined => (module && isProject(module) ? unfinished(project, module) : projectless(file, module))

/** What a project lacks: `project/0`, or in the list that it is, `app:` or `apps_path:`. */
function unfinished(project: Node | undefined, module: ModuleDefinition): Nameless | undefined {
  const mayComeFromElsewhere = module.uses.length > 1 || /\b(defdelegate|unquote)\b/.test(textOf(module.span))
  if (!mayComeFromElsewhere && !module.functions.some(({ name }) => name === 'project'))
    return { lacks: 'project/0', span: module.nameSpan }
  if (project?.kind !== 'list' || project.tail || !project.items.every((item) => item.kind === 'tuple'))
    return undefined
  const keys = project.items.flatMap((item) => (item.kind === 'tuple' && item.items[0] ? [item.items[0]] : []))
  if (keys.some((key) => /^app(s_path)?$/.test(atomName(key) ?? 'app'))) return undefined
  const meant = keys.find((key) => nearest(atomName(key) ?? '', ['app'], 1) !== undefined)
  return { lacks: 'app:', span: (meant ?? project).span }
}

/** That no module of a mix.exs is a Mix project, and nothing there loads another file that may have one. */
function projectless({ body, source }: ElixirFile, module: ModuleDefinition | undefined): Nameless | undefined {
  const [first] = body
  const others = module?.uses.filter((use) => nearest(use.module, ['Mix.Project'], 2) === undefined) ?? []
  if (!first || others.length > 0 || /\bMix\.Project\.push|\bCode\./.test(source.text)) return undefined
  const [use] = module?.uses ?? []
  const line = { ...first.span, end: first.span.start + textOf(first.span).split('\n', 1).join('').trimEnd().length }
  return { lacks: 'use Mix.Project', span: use?.call.span ?? module?.nameSpan ?? line }
}
