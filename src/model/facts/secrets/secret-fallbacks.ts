import { configAt } from '../../../languages/elixir/evaluate/config-merge.ts'
import { moduleName } from '../../../languages/elixir/syntax/module-name.ts'
import { isKeyword, pairKey } from '../../../languages/elixir/values/map.ts'
import { alternatives } from '../../../languages/elixir/values/one-of.ts'
import { type BinaryValue, list, type Value } from '../../../languages/elixir/values/value.ts'
import { oncePer } from '../../../text/once.ts'
import { type Span, textOf } from '../../../text/source.ts'
import type { Boot, BootRead } from '../../boot/boot.ts'
import { isScript, ownPlaces, trailOf } from '../../boot/trail.ts'
import { isRealSecret } from '../../secrets/secret-look.ts'
import { isSecretName, secretIn } from '../../secrets/secrets.ts'
import {
  type Booted,
  openReads,
  readsIn,
  settledWith,
  startReads,
  trialSecret,
  ungivenReads,
  without,
} from '../boots.ts'

/** A text of a config, with the keys that lead to it. */
export interface ConfiguredText {
  readonly path: readonly string[]
  readonly value: BinaryValue
}

/** Every text of a config. */
export function* textsIn(value: Value, path: readonly string[] = []): Iterable<ConfiguredText> {
  if (value.kind === 'binary') yield { path, value }
  if (value.kind !== 'list' || !isKeyword(value) || path.length > 8) return
  for (const item of value.items) {
    const key = pairKey(item)
    const [, inside] = item.items
    if (key !== undefined && inside !== undefined) yield* textsIn(inside, [...path, key])
  }
}

/** The literal of a config script that a text comes from, as it stands or repeated; undefined where anything else has a part in it. */
export function literalOf(value: Value): Span | undefined {
  const trail = ownPlaces(trailOf(value)).filter(({ span }) => !/^\d+$/.test(textOf(span)))
  const [place] = trail
  return trail.length === 1 && place && isScript(place.span.source.path) ? place.span : undefined
}

/** A literal that stands in for a secret that nobody gives. */
export interface SecretFallback {
  readonly read: BootRead
  readonly literal: Span
  /** As people name it: `ShopWeb.Endpoint.secret_key_base`. */
  readonly key: string
  /** Whether the stack gives the variable, so that nothing in view runs with the literal. */
  readonly isGiven: boolean
}

const deepestKey = 8

/** The values under keys of a config of which one alternative is a literal that may be a secret. */
function choicesIn(value: Value, key = '', depth = 0): readonly Value[] {
  if (value.kind === 'oneOf') return alternatives(value).some((one) => isCandidate(one, key)) ? [value] : []
  if (value.kind !== 'list' || depth > deepestKey) return []
  return value.items.flatMap((item) => {
    const inside = item.kind === 'tuple' ? item.items[1] : undefined
    return inside ? choicesIn(inside, pairKey(item) ?? key, depth + 1) : []
  })
}

const isCandidate = (value: Value, key: string): boolean =>
  value.kind === 'binary' && literalOf(value) !== undefined && (isSecretName(key) || value.text.length > 7)

/** The literals that the app takes for a secret where its variable is not set. */
export const secretFallbacksOf = oncePer(fallbacksIn)

function fallbacksIn(booted: Booted): readonly SecretFallback[] {
  const { boot, deployment } = booted
  const open = readsIn(list(choicesIn(boot.config)), openReads(booted))
  const missing = ungivenReads(booted).filter((read) => read.value.kind === 'unset' && isSecretName(read.name))
  const ungiven = new Set([...missing, ...open])
  const secrets = list([...textsAt(boot.config)])
  const nobodys = ungivenReads(booted)
  const given = readsIn(secrets, startReads(deployment, boot)).filter((read) => !nobodys.includes(read))
  return [
    ...[...ungiven].flatMap((read) => fallbacksOf(read, boot, false)),
    ...given.flatMap((read) => fallbacksOf(read, boot, true)),
  ]
}

/** The values of a config under keys that name secrets. */
function* textsAt(value: Value, key = '', depth = 0): Iterable<Value> {
  if (value.kind !== 'list' || depth > deepestKey) {
    if (isSecretName(key) || key === 'url') yield value
    return
  }
  for (const item of value.items) {
    const inside = item.kind === 'tuple' ? item.items[1] : undefined
    if (inside) yield* textsAt(inside, pairKey(item) ?? key, depth + 1)
  }
}

function fallbacksOf(read: BootRead, boot: Boot, isGiven: boolean): readonly SecretFallback[] {
  const unset = without(boot, read.name)
  if (!unset) return []
  const candidates = [...textsIn(unset.config)].flatMap(({ path, value }) => {
    const literal = literalOf(value)
    const isOne = isSecret(read.name, path.at(-1) ?? '', value.text) && (!isGiven || isRealSecret(value.text))
    return literal && isOne ? [{ read, literal, path, key: keyName(path), isGiven }] : []
  })
  // A trial is dear: it is made only where there is something to be tried.
  const other = candidates.length > 0 ? settledWith(boot, read.name, trialSecret) : undefined
  return candidates.flatMap(({ path, ...fallback }) => {
    const given = other && configAt(other.config, path)
    return given?.kind === 'binary' && given.text.includes('docker-gotchas') ? [fallback] : []
  })
}

/**
 * What the app itself signs with is secret whatever it looks like. A password or a key of somebody else's is where it
 * looks like one: the weak password of a database in the same network is no leak, that of an admin is.
 */
const isSecret = (name: string, key: string, text: string): boolean =>
  text !== '' &&
  (key === 'secret_key_base' ||
    ofAdmins.test(name) ||
    secretIn(name, text) !== undefined ||
    (isSecretName(key) && !/cookie/i.test(key) && secretIn(key, text) !== undefined))

/** What lets people into the app itself: a word that stands in for it lets everybody in. */
const ofAdmins = /(^|_)(ADMIN|DASHBOARD|BASIC_AUTH|HTTP_AUTH)_(PASS(WORD)?|PASSWD|PW|SECRET|TOKEN)$/i

/** The keys that lead to a value, without the app. */
export const keyName = (path: readonly string[]): string =>
  path
    .slice(path.length > 1 ? 1 : 0)
    .map(moduleName)
    .join('.')
