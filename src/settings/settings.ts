import { posix } from 'node:path'
import type { Shipping } from '../model/shipping/shipping.ts'
import type { Severity } from '../text/diagnostic.ts'
import type { Known } from '../text/known.ts'
import type { Span } from '../text/source.ts'
import { matcherOf } from './paths.ts'

/** A text and where it is written. */
export interface Written {
  readonly text: string
  readonly span: Span
}

/** Rules that are ignored in some files. */
export interface PathIgnore {
  readonly rules: readonly string[]
  /** Patterns as in .gitignore. */
  readonly paths: readonly string[]
  readonly reason: string | undefined
}

/** What `.docker-gotchas.yaml` says. */
export interface Settings {
  readonly preset: 'recommended' | 'strict'
  /** What the preset says where undefined. */
  readonly failOn: Severity | 'never' | undefined
  readonly rules: ReadonlyMap<string, Severity | 'off'>
  readonly ignore: readonly PathIgnore[]
  readonly production: readonly string[]
  readonly development: readonly string[]
  readonly service: readonly Written[]
  readonly target: Written | undefined
  readonly provided: readonly Written[]
  readonly healthPath: Written | undefined
  readonly baseline: Written | undefined
  /** The path of the tree's root from the folder to which the paths in the settings are relative; empty for that folder. */
  readonly below: string
}

/** What holds where there is no settings file. */
export const noSettings: Settings = {
  preset: 'recommended',
  failOn: undefined,
  rules: new Map(),
  ignore: [],
  production: [],
  development: [],
  service: [],
  target: undefined,
  provided: [],
  healthPath: undefined,
  baseline: undefined,
  below: '',
}

/** The path by which the settings know a file of the tree. */
export const pathIn = ({ below }: Settings, path: string): string => posix.join(below, path)

/** What the settings say of production. */
export function shippingOf(settings: Settings): Shipping {
  const { service, target, provided, healthPath } = settings
  const isProduction = matcherOf(settings.production)
  const isDevelopment = matcherOf(settings.development)
  return {
    purposeOf(path) {
      const known = pathIn(settings, path)
      if (isProduction(known)) return 'production'
      return isDevelopment(known) ? 'development' : undefined
    },
    services: service.map(({ text }) => text),
    target: target?.text,
    provided: new Map(provided.map(({ text, span }) => [text, given(text, span)])),
    health: healthPath && { path: healthPath.text, span: healthPath.span },
  }
}

const given = (name: string, span: Span): Known<string> => ({
  kind: 'unknown',
  why: 'the platform gives it',
  trail: [{ span, text: `the settings say that the platform gives \`${name}\`` }],
  isSet: true,
})
