import { posix } from 'node:path'
import { gitLeavesOut } from '../../files/git-ignored.ts'
import { besideCode } from '../../files/tree.ts'
import { standardLibrary } from '../../languages/elixir/stdlib/index.ts'
import { usesSome } from '../../languages/elixir/syntax/modules.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import { textOf } from '../../text/source.ts'
import type { World } from '../follow/frame.ts'
import type { Code } from '../phoenix/code.ts'
import { lettersOf, meantOfLibrary, nearRoot } from '../phoenix/library-modules.ts'
import { type MixApp, mixText } from '../phoenix/mix.ts'

/** That no module has a name. */
export interface Absence {
  /** The name that was most likely meant. */
  readonly near: string | undefined
  /** Whether code that is not in view may have a module of that name all the same. */
  readonly isDoubtful?: boolean
}

/**
 * Says of a name in full whether no module has it, as far as that can be known; undefined where one does, or may: by a
 * macro, a dependency or a file that is not in view.
 */
export const absenceIn = oncePer((world: World) =>
  oncePer((code: Code) => {
    const answers = new Map<string, Absence | undefined>()
    return (module: string): Absence | undefined => {
      if (!answers.has(module)) answers.set(module, absenceOf(module, code, world))
      return answers.get(module)
    }
  }),
)

/**
 * Whether surely no module has a name that a script calls: one of another name may have been meant, or it is that of a module
 * in small letters, as in `Shop.repo`. Of any other the file may still be written before the release.
 */
export const nowhereIn = oncePer((world: World) =>
  oncePer((code: Code) => (module: string, meant?: string): boolean => {
    const absence = absenceIn(world)(code)(module)
    const isModule = absence !== undefined && meant !== undefined && code.module(meant) !== undefined
    return isModule || absence?.near !== undefined
  }),
)

const byLetters = oncePer(
  (code: Code): ReadonlyMap<string, string> => new Map(code.modules.map(({ name }) => [lettersOf(name), name])),
)

function absenceOf(module: string, code: Code, world: World): Absence | undefined {
  const [root = ''] = module.split('.')
  if (!/^[A-Z]/.test(module) || standardLibrary.hasModule(module) || code.module(module)) return undefined
  if (isPartly(world) || isNamedUnread(module, code)) return undefined
  if (ownRoots(world)(code).has(root)) return ofOwn(module, code, world)
  if (rootsOf(code).has(root)) return undefined
  // An edition of its own, say, whose modules lie in another folder.
  if (world.apps.some(compilesMore)) return undefined
  const libraries = librariesOf(world)
  const isOfLibrary = libraries.has(root.toLowerCase())
  const joined = isOfLibrary ? undefined : byLetters(code).get(lettersOf(module))
  if (joined !== undefined) return { near: joined }
  const own = isOfLibrary ? undefined : nearRoot(root, [...ownRoots(world)(code)])
  const near = own === undefined ? meantOfLibrary(module, libraries) : [own, ...module.split('.').slice(1)].join('.')
  return near === undefined ? undefined : { near }
}

function ofOwn(module: string, code: Code, world: World): Absence | undefined {
  if (world.apps.some((app) => app.unread || compilesMore(app)) || mayBeMade(module, code)) return undefined
  if (isOfPackage(module, world) || isLeftOut(module, world)) return undefined
  const parent = posix.dirname(module.replace(/\./g, '/')).replace(/\//g, '.')
  const last = module.slice(parent.length + 1)
  const near = nearest(
    module,
    code.modules.map(({ name }) => name).filter((name) => Math.abs(name.length - module.length) < 3),
    last.length < 8 ? 1 : 2,
  )
  const isUnseen = world.apps.some((app) => dependsOnUnseen(app, world)) || leavesOutCode(world)
  if (near !== undefined && isSibling(module, near)) return { near, isDoubtful: isUnseen }
  return isUnseen || code.unread.length > 0 || isMadeAbove(module, code) ? undefined : { near: undefined }
}

const isBelow = (outer: string, inner: string) => inner.startsWith(`${outer}.`)

/** Whether a file that cannot be read names a module, which it may define. */
const isNamedUnread = (module: string, { unread }: Code): boolean =>
  unread.some(({ source }) => new RegExp(`\\b${module.split('.').at(-1) ?? ''}\\b`).test(source.text))

/** Whether two names differ in one part alone. */
function isSibling(one: string, other: string): boolean {
  const [parts, others] = [one.split('.'), other.split('.')]
  return parts.length === others.length && parts.filter((part, at) => part !== others[at]).length === 1
}

/** The first parts of the names of the modules in view. */
const rootsOf = oncePer(
  ({ modules }: Code): ReadonlySet<string> => new Set(modules.map(({ name }) => name.split('.')[0] ?? '')),
)

/** `my_app` has modules below `MyApp` and `MyAppWeb`; another name is that of its callback module. */
const ownRoots = oncePer(({ apps }: World) =>
  oncePer((code: Code): ReadonlySet<string> => {
    const named = apps.flatMap(({ name, applicationModule }) => [
      (name ?? '').replace(/(^|_)([a-z])/g, (_, _before, letter: string) => letter.toUpperCase()),
      applicationModule?.split('.')[0] ?? '',
    ])
    return new Set(named.flatMap((root) => [root, `${root}Web`]).filter((root) => rootsOf(code).has(root)))
  }),
)

/** What packages may call their modules, in small letters: their own names without underscores. */
const librariesOf = oncePer((world: World): ReadonlySet<string> => {
  const named = world.apps.flatMap(({ name, deps }) => [name ?? '', ...deps.map((dep) => dep.name)])
  const locked = lockedIn(world).map(([, name = '']) => name)
  return new Set([...locked, ...named].map((name) => name.replace(/_/g, '').toLowerCase()))
})

/** The packages of the locks: their names, and what they are locked to. */
const lockedIn = oncePer(({ tree }: World) =>
  tree.sources
    .filter(({ path }) => /(^|\/)mix\.lock$/.test(path))
    .flatMap(({ text }) => [...text.matchAll(/^\s*"?(\w+)"?:\s*\{[^\n]*/gm)]),
)

/** Whether modules may lie in other folders than `lib`. */
export const compilesMore = (app: MixApp): boolean =>
  [...mixText(app).matchAll(/elixirc_paths(?:\([^)]*\)|:)[^\n]*/g)]
    .flatMap(([line]) => [...line.matchAll(/"([^"]*)"/g)])
    .some(([, path = '']) => !/^(lib|test)(\/|$)/.test(path))

/** Whether code that is not written out, such as a macro or a protocol, may make the module, or it is asked for first. */
export function mayBeMade(module: string, code: Code): boolean {
  const names = madeNames(code)
  return names === 'any' || names.has((module.split('.').at(-1) ?? '').replace(/[^\w]/g, ''))
}

/** The parts of the names of modules that code makes, or asks for; `any` where it may be all. */
const madeNames = oncePer(({ files }: Code): ReadonlySet<string> | 'any' => {
  const texts = files.map(({ source }) => source.text)
  if (texts.some((text) => /\bdefmodule[ (]+(?![A-Z_])|Module\.create|Code\.(eval|compile)_/.test(text))) return 'any'
  const quoted = texts.flatMap((text) => {
    const start = text.search(/\bquote\b/)
    return start < 0 ? [] : [...text.slice(start).matchAll(/\bdefmodule[ (]+(?=([\w.]+))/g)]
  })
  const asked = texts.flatMap((text) => [...text.matchAll(makers)])
  return new Set([...asked, ...quoted].flatMap(([, name = '']) => name.split('.')))
})

const makers = /\b(?:def(?!module)\w*|ensure_(?:loaded|compiled)\w*[?!]?|function_exported\?)[ (]+(?=([\w.]+))/g

/** Whether a module above it in name uses others, whose macros may make more below it: `ShopWeb.Router.Helpers`. */
const isMadeAbove = (module: string, code: Code): boolean =>
  code.modules.some((one) => one.name.includes('.') && isBelow(one.name, module) && usesSome(one))

/** Whether an app depends on code that is not in view and that may be of the same people, so that it shares their names. */
function dependsOnUnseen({ deps, name: own = '' }: MixApp, world: World): boolean {
  const isTheirs = (name: string, from: string) =>
    /\b(path|in_umbrella|organization|repo):/.test(from) ||
    name.startsWith(`${own}_`) ||
    (/\b(git|github):|:git\b/.test(from) && from.includes(own))
  const all = [
    ...deps.map(({ name, span }) => ({ name, from: textOf(span) })),
    ...lockedIn(world).map(([from, name = '']) => ({ name, from })),
  ]
  return all.some(({ name, from }) => !world.apps.some((app) => app.name === name) && isTheirs(name, from))
}

/** Whether a package has the name: `shop_core` has `Shop.Core` and what is below it. */
const isOfPackage = (module: string, world: World): boolean =>
  module.split('.').some((_, at, parts) => {
    const letters = parts
      .slice(0, at + 1)
      .join('')
      .toLowerCase()
    return librariesOf(world).has(letters) && !world.apps.some(({ name }) => name?.replace(/_/g, '') === letters)
  })

/** Whether git ignores the file in which a module of that name lies. */
const isLeftOut = (module: string, { tree, apps }: World): boolean => {
  const path = module
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll('.', '/')
    .toLowerCase()
  return apps.some(({ folder }) => gitLeavesOut(tree, posix.join(folder, `lib/${path}.ex`)))
}

/** Whether there is code that is not read, since it is too much. */
const isPartly = oncePer(({ tree, sourceAt }: World): boolean =>
  tree.entries.some(
    ({ path, kind }) => kind === 'file' && /(^|\/)lib\/.*\.ex$/.test(path) && sourceAt(path) === undefined,
  ),
)

/** Whether a file of code may be there that git ignores, or that lies in another repository. */
const leavesOutCode = oncePer(
  ({ tree, apps }: World): boolean =>
    apps.some(({ folder }) => gitLeavesOut(tree, posix.join(folder, 'lib/any/generated.ex'))) ||
    besideCode(tree).some(({ path, text }) =>
      path.endsWith('.gitmodules')
        ? /path\s*=\s*(\S*\/)?lib(\/|\s)/.test(text)
        : path.endsWith('.gitignore') && /(^|\/)lib\/.*\.?exs?$|^[^#\n]*\*\.(pb\.)?ex$/m.test(text),
    ),
)
