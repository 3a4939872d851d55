import { atomName, pairsOf } from '../../languages/elixir/syntax/query.ts'
import { nearest } from '../../text/nearest.ts'
import type { Span } from '../../text/source.ts'
import type { DefinedRelease, MixApp } from './mix.ts'

/** An application that `releases:` of mix.exs names. */
export interface ReleasedName {
  readonly name: string
  /** Whether the release starts it, and does not only load it. */
  readonly isStarted: boolean
  readonly span: Span
}

/** The applications that a release names; undefined where it names none, or they are put together. */
export function namesIn({ applications }: DefinedRelease): readonly ReleasedName[] | undefined {
  if (applications?.kind !== 'list' || applications.tail) return undefined
  const names = pairsOf(applications).map(([name, mode]): ReleasedName => {
    const text = atomName(mode)
    return { name, isStarted: text !== 'load' && text !== 'none', span: mode.span }
  })
  return names.length === applications.items.length ? names : undefined
}

/** Which apps of an umbrella a release starts: those that it names, and the apps that they depend on (Mix.Release, "Umbrellas"). */
export function startedBy(release: DefinedRelease, umbrella: MixApp): readonly MixApp[] | undefined {
  const names = namesIn(release)
  if (names === undefined) return undefined
  const started = new Set<MixApp>()
  const own = umbrella.children.flatMap(({ name }) => name ?? [])
  // A name with a slip stands for the app that was most likely meant.
  const meant = (name: string) => (own.includes(name) ? name : (nearest(name, own, 2) ?? name))
  const waiting = names.flatMap(({ name, isStarted }) => (isStarted ? [meant(name)] : []))
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const app = umbrella.children.find((one) => one.name === name)
    if (app === undefined || started.has(app)) continue
    started.add(app)
    waiting.push(...app.deps.map((one) => one.name))
  }
  return [...started]
}

/** An umbrella as the release of this name starts it. */
export function releasedPart(umbrella: MixApp, name: string): MixApp {
  const release = umbrella.releases.find((one) => one.name === name)
  const started = release && umbrella.umbrella ? startedBy(release, umbrella) : undefined
  if (started === undefined || started.length === 0) return umbrella
  const notStarted = umbrella.children.filter((one) => !started.includes(one))
  return notStarted.length === 0
    ? umbrella
    : { ...umbrella, children: umbrella.children.filter((one) => started.includes(one)), notStarted }
}
