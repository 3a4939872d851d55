import { severities } from '../text/diagnostic.ts'
import { knownIds } from './ids.ts'

/** What a value of the settings may be. The reader and the JSON Schema are both made of it. */
export type SettingShape =
  | TextShape
  | { readonly kind: 'list'; readonly of: SettingShape; readonly orOne: boolean }
  | { readonly kind: 'record'; readonly names: readonly string[]; readonly of: SettingShape; readonly what: string }
  | ObjectShape

/** A text: one of `choices`, or one that `pattern` matches. */
export interface TextShape {
  readonly kind: 'text'
  readonly choices?: readonly string[]
  readonly pattern?: string
  /** What it is, as the object of a sentence: "a path". */
  readonly what: string
}

export interface ObjectShape {
  readonly kind: 'object'
  readonly keys: Readonly<Record<string, Key>>
}

/** A key of a mapping. One that is not required may be left empty. */
export interface Key {
  readonly shape: SettingShape
  readonly required?: true
  readonly description: string
}

const text = (what: string, pattern = '\\S'): TextShape => ({ kind: 'text', what, pattern })
const choice = (what: string, choices: readonly string[]): TextShape => ({ kind: 'text', what, choices })
const oneOrMore = (of: SettingShape): SettingShape => ({ kind: 'list', of, orOne: true })

const rule = choice('rule', knownIds)
const variable = text('the name of a variable', '^[A-Za-z_][A-Za-z0-9_]*$')
/** As in `.gitignore`, but bounded: at most eight `*`, three of them in one part of the path. */
const pattern = text(
  'a path or a pattern as in .gitignore, of not too many `*`',
  '^(?!(?:[^*]*\\*){9})(?!.*(?:\\*[^*/]+){4})(?!\\.\\./)(?!\\s*$).{1,200}$',
)

export const presets = ['recommended', 'strict'] as const
export const thresholds = [...severities, 'never'] as const
export const levels = ['off', ...severities] as const

/** The settings file. Paths in it are relative to its folder. */
export const settingsShape: ObjectShape = {
  kind: 'object',
  keys: {
    $schema: {
      shape: text('a path or an address'),
      description: 'Where the schema of this file is, for editors.',
    },
    preset: {
      shape: choice('preset', presets),
      description:
        'How much is asked for. `strict`: every finding fails the run, previews too, and migrations that nobody runs are a warning.',
    },
    'fail-on': {
      shape: choice('severity', thresholds),
      description: 'The least severity that makes the exit code 1, as `--fail-on`.',
    },
    rules: {
      shape: { kind: 'record', names: knownIds, of: choice('severity', levels), what: 'rule' },
      description: 'The severity of a rule, or `off`.',
    },
    ignore: {
      shape: {
        kind: 'list',
        orOne: false,
        of: {
          kind: 'object',
          keys: {
            rules: { shape: oneOrMore(rule), required: true, description: 'The rules that are ignored.' },
            paths: {
              shape: oneOrMore(pattern),
              required: true,
              description: 'Where they are: paths, or patterns as in .gitignore.',
            },
            reason: { shape: text('a reason'), description: 'Why that is right.' },
          },
        },
      },
      description: 'Rules that are ignored in some files.',
    },
    production: {
      shape: oneOrMore(pattern),
      description: 'Dockerfiles and compose files that are for production, whatever their names say.',
    },
    development: {
      shape: oneOrMore(pattern),
      description: 'Dockerfiles and compose files that are not for production.',
    },
    service: { shape: oneOrMore(text('the name of a service')), description: 'The compose services that ship.' },
    target: { shape: text('the name of a stage'), description: 'The stage that ships, as `docker build --target`.' },
    provided: {
      shape: oneOrMore(variable),
      description: 'Variables that the platform gives to the container, such as PHX_HOST.',
    },
    health: {
      shape: {
        kind: 'object',
        keys: {
          path: {
            shape: text('a path such as /up', '^/\\S*$'),
            description: 'The path that the platform asks, where no health check is here.',
          },
        },
      },
      description: 'The health check of the platform.',
    },
    baseline: { shape: text('a path'), description: 'A file of findings that were there before, as `--baseline`.' },
  },
}
