import { isKeyword } from '../languages/elixir/map.ts'
import { binary, tuple, type Value } from '../languages/elixir/value.ts'
import type { BootOutcome } from '../model/boot/outcome.ts'
import { standInPath, trailOf } from '../model/boot/trail.ts'
import { maskedValue, secretsIn } from '../model/env/secret.ts'
import type { Label } from '../text/diagnostic.ts'
import { masked, maskValues } from '../text/mask.ts'
import { positionAt, type Span } from '../text/source.ts'
import type { EnvOptions, Veil } from './env.ts'

/** How boots are printed. */
export type BootOptions = EnvOptions

/** What one container does when it starts; `name` null for the image alone. */
export interface BootPage {
  readonly name: string | null
  readonly outcome: BootOutcome
}

/** What the containers of a project do when they start. */
export interface BootPages {
  readonly pages: readonly BootPage[]
  /** What could not be seen, in sentences. */
  readonly notes: readonly string[]
  /** Ranges whose text must not leave the tool. */
  readonly secrets: readonly Span[]
}

const shortestSecret = 6

/** The veil over the secrets of all pages: those of the environment, of the config and of the files. */
export function veilOverBoots({ pages, secrets }: BootPages, showSecrets: boolean): Veil {
  if (showSecrets) return { value: (_, value) => value, text: (text) => text }
  const found = new Set<string>()
  const note = (name: string, value: string) => {
    for (const secret of secretsIn(name, value)) if (secret.length >= shortestSecret) found.add(secret)
  }
  for (const { outcome } of pages) {
    for (const { name, value } of outcome.variables) if (value.kind === 'known') note(name, value.value)
    for (const read of outcome.boot.reads) if (read.value.kind === 'known') note(read.name, read.value.value)
    for (const [name, value] of textsIn(outcome.boot.config)) note(name, value)
  }
  const longestFirst = [...found].toSorted((one, other) => other.length - one.length)
  return {
    value: maskedValue,
    text: (text) =>
      maskValues(
        longestFirst.reduce((left, secret) => left.split(secret).join(masked(secret)), text),
        secrets,
      ),
  }
}

/** The texts of a config under the names of their keys. */
function textsIn(value: Value, name = ''): readonly (readonly [string, string])[] {
  if (value.kind === 'binary') return [[name, value.text]]
  return partsOf(value, name).flatMap(([key, part]) => textsIn(part, key))
}

/** What is directly in a value, each under the name that it goes by. */
function partsOf(value: Value, name: string): readonly (readonly [string, Value])[] {
  switch (value.kind) {
    case 'list':
    case 'tuple': {
      const [key, item] = value.items
      if (value.kind === 'tuple' && value.items.length === 2 && key?.kind === 'atom' && item) return [[key.name, item]]
      return value.items.map((one) => [name, one])
    }
    case 'map':
      return value.entries.map(([key, item]) => [keyName(key, name), item])
    case 'oneOf':
      return value.values.map((one) => [name, one])
    default:
      return []
  }
}

const keyName = (key: Value, name: string): string =>
  key.kind === 'atom' ? key.name : key.kind === 'binary' ? key.text : name

/** A config with its secrets masked. */
export function veiled(value: Value, veil: Veil, name = ''): Value {
  switch (value.kind) {
    case 'binary':
      return binary(veil.text(veil.value(name, value.text)))
    case 'list': {
      if (isKeyword(value)) return { ...value, items: value.items.map((pair) => veiled(pair, veil, name)) }
      return { ...value, items: value.items.map((item) => veiled(item, veil, name)) }
    }
    case 'tuple': {
      const [key, item] = value.items
      if (value.items.length === 2 && key?.kind === 'atom' && item) return tuple([key, veiled(item, veil, key.name)])
      return tuple(value.items.map((one) => veiled(one, veil, name)))
    }
    case 'map':
      return {
        ...value,
        entries: value.entries.map(([key, item]) => [key, veiled(item, veil, keyName(key, name))] as const),
      }
    case 'oneOf':
      return { ...value, values: value.values.map((one) => veiled(one, veil, name)) }
    default:
      return value
  }
}

/** Whether a label stands in a text that people can open. */
export const isShown = ({ span }: Label): boolean => span.source.path !== standInPath

/** The places of a value that people can open. */
export const placesOf = (value: Value | undefined): readonly Label[] => (value ? trailOf(value).filter(isShown) : [])

/** `config/runtime.exs:3:4`, or the flag that gave it. */
export function placeName({ source, start }: Span, { shown }: BootOptions): string {
  if (/^(--|\()/.test(source.path)) return source.path
  const { line, column } = positionAt(source, start)
  return `${shown(source.path)}:${line}:${column}`
}

/** The services; the image alone where there is none. */
export function shownPages({ pages }: BootPages): readonly BootPage[] {
  const services = pages.filter(({ name }) => name !== null)
  return services.length > 0 ? services : pages
}

/** The name of a page, and where it is declared. */
export function titleOf({ name, outcome }: BootPage, options: BootOptions): string {
  const { deployment } = outcome
  if (name !== null) return `${name} · ${placeName(deployment.span, options)}`
  const path = deployment.dockerfile?.source.path ?? ''
  return path.startsWith('(') ? 'the release · no Dockerfile in view' : `the image · ${options.shown(path)}`
}
