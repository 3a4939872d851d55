import type { CallNode, ElixirFile, Node } from '../../languages/elixir/syntax/ast.ts'
import { fullName, optionsOf, walk } from '../../languages/elixir/syntax/query.ts'
import type { BootRead } from '../../model/boot/boot.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import type { Edit, Fix } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { demanded, givenVariable } from './compose.ts'
import { partInstead } from './literal.ts'
import { commentsOf, headOf, inRuntimeConfig, keyArgument, withoutOption } from './runtime-config.ts'

/** An option of a `config` call at the top of a script. */
export interface ConfigOption {
  readonly file: ElixirFile
  readonly call: CallNode
  /** What stands before it: `:shop` or `:shop, Shop.Mailer`. */
  readonly of: string
  readonly key: string
  readonly value: Node
}

/** The option of a `config` call that `at` stands in; undefined where a condition or a function is around it. */
export function optionAt({ elixir }: Project, at: Span): ConfigOption | undefined {
  const file = elixir.get(at.source.path)
  const holds = ({ span }: Node) => span.start <= at.start && at.end <= span.end
  const call = file?.body.find(
    (node): node is CallNode => node.kind === 'call' && fullName(node) === 'config' && holds(node),
  )
  if (file === undefined || call === undefined) return undefined
  const own = keyArgument(call)
  const item = optionsOf(call)?.items.find(holds)
  const [first, second] = item?.kind === 'tuple' ? item.items : []
  const key = own?.key ?? (first?.kind === 'atom' ? first.name : '')
  const value = own?.value ?? second
  return value && /^[a-z_]\w*[?!]?$/.test(key) ? { file, call, of: own?.of ?? headOf(call), key, value } : undefined
}

/**
 * Moves an option of config.exs or prod.exs to `config/runtime.exs`, with another value where one is given. One that
 * development uses as well stays, and is set again.
 */
export function movedToRuntime(
  project: Project,
  app: MixApp,
  option: ConfigOption,
  value = textOf(option.value.span),
): readonly Edit[] | undefined {
  const { file, call, of, key } = option
  if (usesVariables(option.value)) return undefined
  const goes = /(^|\/)prod\.exs$/.test(file.source.path)
  const comments = goes ? commentsOf(file, call, key) : []
  const written = inRuntimeConfig(project, app, { of, key, value, comments: comments.map(textOf) })
  if (written === undefined || !goes) return written && [written]
  const gone = withoutOption(file, call, key, comments)
  return gone && [written, gone]
}

function usesVariables(value: Node): boolean {
  let found = false
  walk(value, (node) => {
    found ||= node.kind === 'variable' || node.kind === 'attribute'
  })
  return found
}

/** Makes every service that runs the app ask for a variable, where nothing else in view could give it. */
export const demandedOf = ({ deployments }: Project, name: string): readonly Edit[] =>
  deployments.flatMap(({ service }) => {
    if (!service?.closed.is) return []
    return givenVariable(service, name, demanded(name)) ?? []
  })

/** The fix that stops the boot where the variable of a secret is not set, and has Compose ask for it. */
export const requiring = (name: string, required: Edit, project: Project): readonly Fix[] => [
  {
    title: `Require \`${name}\`, and rotate what stands here`,
    safety: 'unsafe',
    edits: [required, ...demandedOf(project, name)],
  },
]

/** The fix that lets the release read the variable when it starts. */
export function readAtStart({ name, span }: BootRead, app: MixApp | undefined, project: Project): readonly Fix[] {
  const option = optionAt(project, span)
  if (option === undefined || app === undefined) return []
  const isBare = /^System\.get_env\(\s*"\w+"\s*\)$/.test(textOf(option.value.span))
  const required = isBare ? `System.fetch_env!("${name}")` : undefined
  const moved = movedToRuntime(project, app, option, required)
  const demands = isBare || /^System\.fetch_env!/.test(textOf(span)) ? demandedOf(project, name) : []
  // What stays in config.exs no longer stops the build.
  const stays = !moved?.some((edit) => edit.span.start <= span.start && span.end <= edit.span.end)
  const isAlone = textOf(option.value.span) === `System.fetch_env!("${name}")`
  const asked = stays && isAlone ? partInstead(span, /fetch_env!/, 'get_env') : undefined
  const edits = moved && [...moved, ...(asked ? [asked] : []), ...demands]
  return edits ? [{ title: `Read \`${name}\` in \`config/runtime.exs\``, safety: 'unsafe', edits }] : []
}
