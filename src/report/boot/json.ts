import { type Term, toTerm } from '../../languages/elixir/values/term.ts'
import type { BootPages } from '../../masking/boots.ts'
import type { Shown } from '../../masking/shown.ts'
import type { ContractVariable } from '../../model/outcome/contract.ts'
import type { BootPage } from '../../model/outcome/page.ts'
import type { Known, Maybe } from '../../text/known.ts'
import { dot } from '../../text/mask.ts'
import { neutralJson } from '../../text/neutral.ts'
import { positionAt } from '../../text/source.ts'
import type { BootOptions } from './boot.ts'

/** `boot --format json`, version 1: fields are added, never changed. What is null is not known, or not there. */
export interface JsonBoots {
  readonly version: 1
  readonly services: readonly {
    /** Null for the image alone. */
    readonly name: string | null
    /** Where the service is declared, or the stage that is the image. */
    readonly file: string
    readonly line: number
    /** `boots`: up to the listener, with the database out of view. */
    readonly verdict: 'boots' | 'crashes' | 'unknown'
    /** Whether it serves nothing on purpose, and ends: a migration, a call of a function. */
    readonly ends: boolean
    readonly crash: { readonly message: string; readonly file: string | null; readonly line: number | null } | null
    readonly listens: boolean | null
    readonly url: string | null
    /** Where it listens; null where it does not. */
    readonly ip: string | null
    readonly port: number | null
    /** Whether assets are served under digested names. */
    readonly staticManifest: boolean | null
    readonly logLevel: string | null
    readonly env: readonly JsonRead[]
    /** The config as the applications see it; null where the scripts do not come to their end. */
    readonly config: Term
  }[]
  /** What was taken where others could have been, and what could not be seen, in sentences. */
  readonly notes: readonly string[]
}

export interface JsonRead {
  readonly name: string
  readonly required: boolean
  readonly default: string | null
  readonly state: 'set' | 'unset' | 'unknown'
  /** Null for a secret, and for what is not set. */
  readonly value: string | null
  /** The first place that reads it. */
  readonly file: string
  readonly line: number
}

/** What each container does when it starts, for programs. */
export function bootJson(boots: Shown<BootPages>, options: BootOptions): string {
  const services = boots.pages.map((page) => serviceOf(page, options))
  const json: JsonBoots = { version: 1, services, notes: boots.notes }
  return `${stringified(json)}\n`
}

const bigMark = '\u0000integer '

/** As JSON; integers too large for a number are written with all their digits. */
const stringified = (json: unknown): string =>
  neutralJson(
    JSON.stringify(json, (_, value) => (typeof value === 'bigint' ? `${bigMark}${value}` : value), 2).replace(
      /"\\u0000integer (-?\d+)"/g,
      '$1',
    ),
  )

function serviceOf(page: BootPage, options: BootOptions): JsonBoots['services'][number] {
  const {
    name,
    span,
    verdict,
    ends,
    crash,
    listens,
    listeners,
    url,
    staticManifest,
    logLevel,
    variables,
    config,
    elixir,
  } = page
  const [listener] = listens === 'no' || listeners.kind !== 'known' ? [] : listeners.value
  const place = crash?.span
  const stopped = verdict === 'crashes'
  return {
    name,
    file: options.shown(span.source.path),
    line: positionAt(span.source, span.start).line,
    verdict,
    ends,
    crash: crash
      ? {
          message: crash.message,
          file: place ? options.shown(place.source.path) : null,
          line: place ? positionAt(place.source, place.start).line : null,
        }
      : null,
    listens: answerOf(listens),
    url: stopped ? null : orNull(url),
    ip: listener ? orNull(listener.ip) : null,
    port: listener ? orNull(listener.port) : null,
    staticManifest: answerOf(staticManifest),
    logLevel: orNull(logLevel),
    env: variables.filter(({ during }) => during === 'start').map((one) => variableOf(one, options)),
    config: config ? toTerm(config, elixir) : null,
  }
}

const orNull = <T>(value: Known<T>): T | null => (value.kind === 'known' ? value.value : null)
const answerOf = (answer: Maybe): boolean | null => (typeof answer === 'string' ? answer === 'yes' : null)

function variableOf(variable: ContractVariable, { shown }: BootOptions): JsonRead {
  const { name, required, default: fallback, value, reads } = variable
  const read = reads[0]?.span
  return {
    name,
    required,
    default: fallback === undefined ? null : unlessMasked(fallback),
    state: value.kind === 'known' ? 'set' : value.kind,
    value: value.kind === 'known' ? unlessMasked(value.value) : null,
    file: read ? shown(read.source.path) : '',
    line: read ? positionAt(read.source, read.start).line : 0,
  }
}

const unlessMasked = (text: string): string | null => (text.includes(dot) ? null : text)
