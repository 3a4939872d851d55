import type { Known } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import { type Span, span } from '../../text/source.ts'
import type { Boot } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { typos } from './effective.ts'
import { isReadElsewhere } from './known-names.ts'
import { mentionedNames } from './mentions.ts'
import { namesOfStart } from './start-names.ts'

/** A variable that a container, or its build, is given and that nothing asks. */
export interface Misspelt {
  readonly name: string
  /** The variable that it was meant to be: it is read, and nobody in view gives it. */
  readonly meant: string
  /** Where its name stands. */
  readonly span: Span
}

/** The misspelt variables of a deployment: each is given, near one that is read and not given, and asked by nothing. */
export const misspeltIn = oncePer((deployment: Deployment): readonly Misspelt[] => {
  const { boot, world } = deployment
  if (boot === undefined) return []
  const mentioned = mentionedNames(world.tree)
  const unread = [...givenNames(deployment)].filter(([name]) => !mentioned.has(name) && !isReadElsewhere(name))
  const missing = unread.length === 0 ? [] : readsOf(boot).filter(({ value }) => isMissing(value))
  return unread.flatMap(([name, at]) => {
    const most = typos(name)
    const alike = missing.flatMap((read) => (Math.abs(read.name.length - name.length) <= most ? [read.name] : []))
    const meant = name === '' ? undefined : nearest(name, alike, most)
    return meant === undefined ? [] : [{ name, meant, span: at }]
  })
})

const isMissing = (value: Known<string>): boolean =>
  value.kind === 'unset' || (value.kind === 'unknown' && !value.isSet && value.trail.length === 0)

/** What the scripts read, and what they would read behind what stops them. */
const readsOf = (boot: Boot): Boot['reads'] => [...boot.reads, ...(boot.settled ? [] : (boot.opened()?.reads ?? []))]

/** The names that an image, its build, its start or its service give, and where each stands last. */
function givenNames(deployment: Deployment): ReadonlyMap<string, Span> {
  const { dockerfile, service } = deployment
  const names = new Map<string, Span>()
  for (const instruction of dockerfile?.instructions ?? []) {
    if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue
    for (const { name, span: at } of instruction.pairs)
      names.set(name, span(at.source, at.start, at.start + name.length))
  }
  for (const [name, at] of namesOfStart(deployment)) names.set(name, at)
  for (const one of [...(service?.build?.declaredArgs ?? []), ...(service?.declared ?? [])])
    names.set(one.name, one.span)
  return names
}
