import { standardLibrary } from '../../languages/elixir/stdlib/index.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import type { World } from '../follow/frame.ts'
import type { Code } from '../phoenix/code.ts'
import { type MixApp, mixText } from '../phoenix/mix.ts'

/** Modules that config scripts call, and that a slip may mean. */
const called = [
  'Config',
  'System',
  'Application',
  'String',
  'Integer',
  'Float',
  'Keyword',
  'Enum',
  'Path',
  'File',
  'Regex',
  'Base',
  'Code',
  'List',
  'Kernel',
  'Logger',
]

/**
 * Whether no module has a name: it is a slip of one that Elixir brings and that nothing in view could define, or it would
 * be one of the app's own, and is not.
 */
export const nowhereIn = oncePer((world: World) =>
  oncePer((code: Code) => (module: string) => isNowhere(module, code, world)),
)

function isNowhere(module: string, code: Code, world: World): boolean {
  const [root = ''] = module.split('.')
  if (!/^[A-Z]/.test(module) || standardLibrary.hasModule(module) || code.module(module)) return false
  if (
    world.apps.some((app) => rootsOf(app).includes(root)) &&
    code.modules.some(({ name }) => name.split('.')[0] === root)
  )
    return (
      // Without one that it may mean, it may still be written before the release.
      nearest(
        module,
        code.modules.map(({ name }) => name),
      ) !== undefined &&
      !world.apps.some((app) => app.unread || compilesMore(app)) &&
      !mayBeMade(module, code)
    )
  return meantBy(module) !== undefined && !definesElsewhere(world).has(root.toLowerCase())
}

/** The module of Elixir that a name was most likely meant to be. */
export const meantBy = (module: string): string | undefined =>
  called.includes(module) ? undefined : nearest(module, called, module.length < 8 ? 1 : 2)

/** `my_app` has modules below `MyApp` and `MyAppWeb`. */
const rootsOf = ({ name }: MixApp): readonly string[] => {
  const camel = (name ?? '').replace(/(^|_)([a-z])/g, (_, _before, letter: string) => letter.toUpperCase())
  return [camel, `${camel}Web`]
}

/** What packages may call their modules, in small letters: their own names without underscores. */
const definesElsewhere = oncePer(({ tree, apps }: World): ReadonlySet<string> => {
  const locks = tree.sources.filter(({ path }) => /(^|\/)mix\.lock$/.test(path))
  const locked = locks.flatMap(({ text }) => [...text.matchAll(/^\s*"?(\w+)"?:\s*\{/gm)].map(([, name = '']) => name))
  const named = apps.flatMap(({ name, deps }) => [name ?? '', ...deps.map((dep) => dep.name)])
  return new Set([...locked, ...named].map((name) => name.replace(/_/g, '').toLowerCase()))
})

/** Whether modules may lie in other folders than `lib`. */
export const compilesMore = (app: MixApp): boolean =>
  [...mixText(app).matchAll(/elixirc_paths\([^)]*\)[^\n]*/g)]
    .flatMap(([line]) => [...line.matchAll(/"([^"]*)"/g)])
    .some(([, path = '']) => !/^(lib|test)(\/|$)/.test(path))

/** Whether code that is not written out, such as a macro or a protocol, may make the module. */
export const mayBeMade = (module: string, code: Code): boolean =>
  code.files.some(({ source }) => /\bdefmodule\s+(unquote|#\{|Module\.concat)|Module\.create/.test(source.text)) ||
  code.files.some(({ source }) =>
    new RegExp(`\\bdefmodule\\s+${module.replace(/\./g, '\\.')}(?![\\w.])`).test(source.text),
  )
