import { moduleName } from '../../../languages/elixir/syntax/module-name.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { oncePer } from '../../../text/once.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import { absenceIn } from '../../boot/absent-module.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { World } from '../../follow/frame.ts'
import type { Code } from '../../phoenix/code.ts'
import { childrenIn, modulesNamedIn, type NamedModule } from '../../phoenix/named-modules.ts'
import { namesInText } from '../../phoenix/names-in-text.ts'
import { plugsIn } from '../../phoenix/plugs.ts'
import type { Project } from '../../project/project.ts'
import { type LostPackage, lostPackageOf } from './packages.ts'
import { reachedFrom } from './reached.ts'

/** What comes of it that there is no module, the worst first. */
const outcomes = ['build', 'start', 'migration', 'request', 'command', 'config', 'call'] as const

/** A name of a module that no module has. */
export interface LostModule {
  /** In full. */
  readonly name: string
  readonly span: Span
  /** The name that was most likely meant; undefined where its file is gone. */
  readonly near: string | undefined
  readonly stops: (typeof outcomes)[number]
  /** Its package, where that is known and no dependency. */
  readonly package?: LostPackage
  /** Whether it is not only brought to where a macro is used. */
  readonly sure: boolean
  /** Whether a name that is near, or what the project says of it, shows that it is meant; else only that all others are there. */
  readonly isKnown: boolean
  /** Whether code that is not in view may have it all the same. */
  readonly isDoubtful: boolean
  /** Where else it is named. */
  readonly others: readonly Span[]
}

/**
 * The modules that a deployment needs and that there are not, where it has one whose name is near, or the project says of it
 * what it is: each once, where that does most harm. Of another name nobody can tell whether its file is gone, or was never
 * meant to be looked at.
 */
export const lostModulesOf = (project: Project, deployment: Deployment): readonly LostModule[] => {
  const { code, world, app } = deployment
  if (app === undefined || code.modules.length === 0) return []
  const absence = absenceIn(world)(code)
  const found = new Map<string, LostModule[]>()
  for (const { name, at, stops, isQuoted, isKnownOf, needs } of [
    ...inCode(project, deployment),
    ...inConfig(deployment),
    ...inMix(deployment),
  ]) {
    const lost = lostPackageOf(name, deployment)
    if (lost) {
      const when = neededWhen(name, at) ?? stops
      const one = {
        name,
        span: at,
        near: undefined,
        stops: when,
        package: lost,
        sure: !isQuoted,
        isKnown: true,
        isDoubtful: false,
        others: [],
      }
      found.set(name, [...(found.get(name) ?? []), one])
      continue
    }
    const absent = absence(name)
    const isKnown = absent !== undefined && (absent.near !== undefined || (isKnownOf && isOneOnly(name, deployment)))
    if (absent === undefined || !(isKnown || (needs && isRestInView(name, needs, deployment)))) continue
    const { near, isDoubtful = false } = absent
    const when = (name.startsWith('Swoosh.') && neededWhen(name, at)) || stops
    const one = {
      name,
      span: at,
      near,
      stops: when,
      sure: !isQuoted,
      isKnown: isKnown === true,
      isDoubtful,
      others: [],
    }
    found.set(name, [...(found.get(name) ?? []), one])
  }
  const worst = [...found.values()].flatMap((all) => {
    const rank = ({ stops, sure }: LostModule) => outcomes.indexOf(stops) + (sure ? 0 : 0.5)
    const [first, ...others] = all.toSorted((one, other) => rank(one) - rank(other))
    return first ? [{ ...first, others: others.map((one) => one.span) }] : []
  })
  // Where several are, mix.exs is most likely not all there.
  const lacking = new Set(worst.flatMap((one) => one.package?.name ?? []))
  const ofPackage = worst.find((one) => one.package)
  return worst.filter((one) => !one.package || (lacking.size === 1 && one === ofPackage))
}

/** When an adapter that comes with a library is looked for: Ecto starts it, a mailer is compiled with it. */
function neededWhen(name: string, at: Span): LostModule['stops'] | undefined {
  if (name.startsWith('Ecto.Adapters.')) return 'start'
  if (!name.startsWith('Swoosh.Adapters.')) return undefined
  return /\/runtime\.exs$/.test(at.source.path) ? 'call' : 'build'
}

/** Whether all other modules of the app that its code is compiled with are in view: else more of it is not, and not gone. */
const isOneOnly = (name: string, { code, world }: Deployment): boolean =>
  code.modules.flatMap(namedOnce).every((one) => one.needs !== 'compiler' || !isAbsent(one.name, name, code, world))

/** Whether all other modules that the code names are in view, and some that are needed as this one is: then its file is gone. */
function isRestInView(name: string, needs: Named['needs'], { code, world }: Deployment): boolean {
  const all = code.modules.flatMap(namedOnce)
  const isAlike = (one: NamedModule) => one.name !== name && one.needs === needs && code.module(one.name) !== undefined
  return (needs === 'start' || all.some(isAlike)) && all.every((one) => !isAbsent(one.name, name, code, world))
}

function isAbsent(name: string, but: string, code: Code, world: World): boolean {
  const absent = name === but ? undefined : absenceIn(world)(code)(name)
  return absent !== undefined && absent.near === undefined
}

interface Named {
  readonly name: string
  readonly at: Span
  readonly stops: LostModule['stops']
  readonly isQuoted?: boolean
  /** Whether the project says so much of it that it must have been there: then its file is gone. */
  readonly isKnownOf?: boolean
  /** What needs it, where its file may be gone although nothing else speaks of it; `start` where another child is in view. */
  readonly needs?: NamedModule['needs'] | 'start' | undefined
}

function inCode(project: Project, deployment: Deployment): readonly Named[] {
  const { code, world, boot } = deployment
  const configured = new Set((boot?.writes ?? []).map(({ path }) => moduleName(path[1] ?? '')))
  const reached = reachedFrom(project, deployment)
  const absence = absenceIn(world)(code)
  const answers = new Map<string, boolean>()
  const isLost = (name: string): boolean => {
    const is = answers.get(name) ?? (absence(name) !== undefined || lostPackageOf(name, deployment) !== undefined)
    answers.set(name, is)
    return is
  }
  const mayLack = (module: ModuleDefinition) => {
    const names = namesOnce(module)
    return names === undefined || [...names].some(isLost)
  }
  const named = code.modules.filter(mayLack).flatMap((module) =>
    namedOnce(module).map(({ name, span: at, needs, from, isQuoted, isForwarded }): Named => {
      const isReached = needs === 'call' && from !== undefined && reached.has(from)
      return {
        name,
        at,
        isQuoted,
        needs: isQuoted || isForwarded || needs === 'call' ? undefined : needs,
        stops: needs === 'compiler' ? 'build' : isReached ? 'command' : needs,
      }
    }),
  )
  const isThere = (but: string) => (one: { readonly name: string }) => !isAbsent(one.name, but, code, world)
  const children = world.apps.flatMap(({ applicationModule }) => {
    const module = code.module(applicationModule ?? '')
    const start = module?.functions.find(({ name }) => name === 'start')
    return module && start
      ? childrenIn(start, module).map(
          ({ name, span: at }, _, all): Named => ({
            name,
            at,
            stops: 'start',
            isKnownOf: configured.has(name),
            needs: all.some((one) => code.module(one.name)) && all.every(isThere(name)) ? 'start' : undefined,
          }),
        )
      : []
  })
  const routers = code.using('Phoenix.Endpoint').flatMap((endpoint) =>
    plugsIn(endpoint.body, endpoint, code).flatMap(({ named: name, call }): readonly Named[] => {
      const [at] = call.args
      return at && name?.endsWith('.Router') ? [{ name, at: at.span, stops: 'build', isKnownOf: true }] : []
    }),
  )
  return [...named, ...children, ...routers]
}

const namedOnce = oncePer(modulesNamedIn)
const namesOnce = oncePer(namesInText)

/** `mod:` and `config_providers:` of mix.exs; `mix release` calls those when it assembles. */
const inMix = ({ app }: Deployment): readonly Named[] =>
  [app, ...(app?.children ?? [])].flatMap((one): readonly Named[] => [
    ...(one?.applicationModule && one.applicationSpan
      ? [{ name: one.applicationModule, at: one.applicationSpan, stops: 'start' as const, isKnownOf: true }]
      : []),
    ...(one?.ownProviders && !one.unread ? providersIn(one.ownProviders) : []),
  ])

const providersIn = (list: Span): readonly Named[] =>
  [...textOf(list).matchAll(/\{\s*([A-Z][\w.]*)\s*,/g)].map(([whole, name = '']) => {
    const start = list.start + textOf(list).indexOf(whole) + whole.indexOf(name)
    return { name, at: span(list.source, start, start + name.length), stops: 'build', isKnownOf: true }
  })

/** The modules under which config stands that no code mentions, and those of `ecto_repos` and of adapters. */
function inConfig({ boot, code, world }: Deployment): readonly Named[] {
  const apps = new Set(world.apps.map(({ name }) => name))
  return (boot?.writes ?? []).flatMap(({ path, value, call }): readonly Named[] => {
    const [owner = '', key = ''] = path
    if (!apps.has(owner)) return []
    const repos = key === 'ecto_repos' && value.kind === 'list' ? value.items : []
    const inForce = boot?.at(...path)
    const isAdapter =
      path.at(-1) === 'adapter' && value.kind === 'atom' && (inForce?.kind !== 'atom' || inForce.name === value.name)
    const names = [
      ...(isAdapter ? [{ atom: value.name, stops: 'start' as const }] : []),
      ...repos.flatMap((item) => (item.kind === 'atom' ? [{ atom: item.name, stops: 'migration' as const }] : [])),
      { atom: key, stops: 'config' as const },
    ]
    return names.flatMap(({ atom, stops }) => {
      const name = moduleName(atom)
      const at = placeIn(call, name)
      if (name === atom || at === undefined) return []
      const word = new RegExp(`\\b${name.split('.').at(-1) ?? ''}\\b`)
      const isMentioned = stops === 'config' && code.files.some(({ source }) => word.test(source.text))
      return isMentioned ? [] : [{ name, at, stops }]
    })
  })
}

/** Where a module is named in a call, which may be by an alias of it. */
function placeIn(call: Span, name: string): Span | undefined {
  const text = textOf(call)
  const at = [...text.matchAll(/[A-Z][\w.]*/g)].find(([word]) => word === name)
  return at && span(call.source, call.start + at.index, call.start + at.index + name.length)
}
