import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import { type FunctionDefinition, type ModuleDefinition, modules } from '../../languages/elixir/syntax/modules.ts'
import { once } from '../../text/once.ts'
import type { Source } from '../../text/source.ts'
import { type RunTimeCode, runTimeCodeOf } from './run-time.ts'
import { isWrittenIn, lastPart, usesWrittenIn, writingIn } from './words.ts'

/** The modules of the project's own code. */
export interface Code {
  readonly files: readonly ElixirFile[]
  /** The files that cannot be read: they may hold whatever is named in them. */
  readonly unread: readonly ElixirFile[]
  readonly modules: readonly ModuleDefinition[]
  readonly module: (name: string) => ModuleDefinition | undefined
  /** The modules that `use` a module; `also` is an argument such as `:router` of the project's own `use MyAppWeb, :router`. */
  readonly using: (module: string, also?: string) => readonly ModuleDefinition[]
  /** The modules in whose files a word with a capital stands. */
  readonly writing: (word: string) => readonly ModuleDefinition[]
  /** The modules in whose files `words` stand, be it in a comment. */
  readonly mentioning: (words: RegExp) => readonly ModuleDefinition[]
  /** What the functions name when they run; read through where somebody asks. */
  readonly runTime: () => RunTimeCode
}

/** Indexes the modules of those of `files` that can be read. */
export function codeOf(given: readonly ElixirFile[]): Code {
  const files = given.filter(({ problems }) => problems.length === 0)
  const unread = given.filter(({ problems }) => problems.length > 0)
  const all = files.flatMap((file) => modules(file))
  const byName = new Map(all.map((module) => [module.name, module]))
  const writing = writingIn(all)
  const users = new Map<string, readonly ModuleDefinition[]>()
  const usingAny = once(() => all.filter((module) => usesWrittenIn(module).length > 0))
  const usersOf = (name: string, also: string | undefined) =>
    usingAny().filter(
      (module) =>
        usesWrittenIn(module).some(
          (use) =>
            use.module === undefined ||
            use.module === lastPart(name) ||
            (use.hasArgument && use.argument === undefined
              ? also !== undefined && isWrittenIn(module, also)
              : use.argument === also && also !== undefined),
        ) &&
        module.uses.some(
          (use) => use.module === name || (also !== undefined && atomArgument(use.call.args[1]) === also),
        ),
    )
  return {
    files,
    unread,
    modules: all,
    module: (name) => byName.get(name),
    writing,
    mentioning: mentioningIn(files, all),
    using: (name, also) => {
      const key = `${name} ${also}`
      const known = users.get(key) ?? usersOf(name, also)
      users.set(key, known)
      return known
    },
    runTime: once(() => runTimeCodeOf(all, writing)),
  }
}

/** Of `modules`, those in whose files words stand. Of all texts together that is told sooner than of each. */
function mentioningIn(files: readonly ElixirFile[], modules: readonly ModuleDefinition[]): Code['mentioning'] {
  const joined = once(() => {
    const starts: number[] = []
    let at = 0
    for (const { source } of files) {
      starts.push(at)
      at += source.text.length + 1
    }
    return { text: files.map(({ source }) => source.text).join('\0'), starts }
  })
  return (words) => {
    // What begins or ends a file is asked of each.
    if (/[$^]/.test(words.source)) return modules.filter((module) => mentions(module, words))
    const { text, starts } = joined()
    const next = new RegExp(words, `${words.flags}g`)
    const found = new Set<Source>()
    let file = 0
    for (let hit = next.exec(text); hit; hit = next.exec(text)) {
      while (hit.index >= (starts[file + 1] ?? Number.POSITIVE_INFINITY)) file++
      const source = files[file]?.source
      if (source && words.test(source.text)) found.add(source)
      const after = starts[file + 1]
      if (after === undefined) break
      next.lastIndex = after
    }
    return found.size === 0 ? [] : modules.filter(({ span: { source } }) => found.has(source))
  }
}

const atomArgument = (node: ModuleDefinition['uses'][number]['call']['args'][number] | undefined) =>
  node?.kind === 'atom' ? node.name : undefined

/**
 * Whether `words` stand in the file of a module, which is quickly told of what most files do not have. A name of several
 * parts stands there with each of them, whatever its alias.
 */
export const mentions = ({ span: { source } }: ModuleDefinition, words: RegExp): boolean => words.test(source.text)

/** The function `name` of `module` with `arity`, counting defaults; any arity where none is given. */
export function functionOf(
  module: ModuleDefinition | undefined,
  name: string,
  arity?: number,
): FunctionDefinition | undefined {
  return module?.functions.find(
    (one) => one.name === name && (arity === undefined || (arity <= one.arity && arity >= one.arity - one.defaults)),
  )
}
