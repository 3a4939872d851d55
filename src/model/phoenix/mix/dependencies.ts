import type { ListNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import { atomName, keywordGet, pairsOf, stringText } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import { type Span, span } from '../../../text/source.ts'

/** What mix.exs says of a package that the app needs. */
export interface Dependency {
  readonly name: string
  readonly span: Span
  /** The environments of `only:`; undefined for all. */
  readonly only: readonly string[] | undefined
  /** The address of `git:` or `github:`; undefined for one of Hex or of the project itself. */
  readonly git: string | undefined
  /** What Mix takes no notice of, since no option is called so. */
  readonly misspelt: readonly MisspeltOption[]
}

/** A key of a dependency that is nearly an option. */
export interface MisspeltOption {
  readonly name: string
  readonly span: Span
  readonly meant: string
  /** `source`: nothing else says where the package is, so Mix asks Hex for it. `fetch`: another package or version is taken. */
  readonly decides: 'source' | 'fetch' | 'environment'
}

/** The dependencies that lists of `deps` in mix.exs name, in order; what is no tuple with a name is none. */
export function dependenciesOf(lists: readonly ListNode[]): readonly Dependency[] {
  return lists.flatMap((list) =>
    list.items.flatMap((item): readonly Dependency[] => {
      const name = item.kind === 'tuple' ? atomName(item.items[0]) : undefined
      if (name === undefined || item.kind !== 'tuple') return []
      const options = item.items.at(-1)
      const only = keywordGet(options, 'only')
      const names = only?.kind === 'list' ? only.items.flatMap((one) => atomName(one) ?? []) : atomName(only)
      const isSourceless =
        item.items.length === 2 && options?.kind === 'list' && pairsOf(options).every(([key]) => !sources.includes(key))
      return [
        {
          name,
          span: item.span,
          only: typeof names === 'string' ? [names] : names,
          git: repositoryOf(options),
          misspelt: misspeltIn(options, isSourceless),
        },
      ]
    }),
  )
}

/** The repository of a dependency (Mix.SCM.Git). */
function repositoryOf(options: Node | undefined): string | undefined {
  const github = stringText(keywordGet(options, 'github'))
  return (
    stringText(keywordGet(options, 'git')) ?? (github === undefined ? undefined : `https://github.com/${github}.git`)
  )
}
/** Where a package comes from (Mix.Tasks.Deps, Mix.SCM). */
const sources = ['path', 'in_umbrella', 'git', 'github', 'hex']
/** What of it is taken. */
const selecting = [
  'ref',
  'branch',
  'tag',
  'submodules',
  'sparse',
  'subdir',
  'depth',
  'repo',
  'organization',
  'override',
]
/** What is done with it; `compile`, `manager` and the like. */
const others = [
  'app',
  'env',
  'compile',
  'optional',
  'targets',
  'manager',
  'system_env',
  'from_umbrella',
  'dest',
  'warn_if_outdated',
]
const environments = ['only', 'runtime']
const known = [...sources, ...selecting, ...environments, ...others]

function misspeltIn(node: Node | undefined, isSourceless: boolean): readonly MisspeltOption[] {
  if (node?.kind !== 'list') return []
  return node.items.flatMap((item): readonly MisspeltOption[] => {
    const key = item.kind === 'tuple' ? item.items[0] : undefined
    const name = atomName(key)
    if (key === undefined || name === undefined || known.includes(name)) return []
    const meant = nearest(name, known, name.length < 4 ? 1 : 2)
    if (meant === undefined) return []
    const decides = sources.includes(meant)
      ? isSourceless
        ? 'source'
        : 'fetch'
      : environments.includes(meant)
        ? 'environment'
        : 'fetch'
    const at = span(key.span.source, key.span.start, key.span.start + name.length)
    return [{ name, span: at, meant, decides }]
  })
}
