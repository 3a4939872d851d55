import type { Severity } from '../text/diagnostic.ts'

/** What is seen of a project that its settings could speak of. */
export interface Survey {
  /** What ships as it is taken without settings. */
  readonly ships: readonly {
    readonly service: string | undefined
    readonly dockerfile: string | undefined
    readonly target: string | undefined
  }[]
  /** Dockerfiles and compose files that are taken to be for development. */
  readonly development: readonly string[]
  /** Variables that the app asks for at its start and that nothing in view gives. */
  readonly wanted: readonly string[]
  /** A route that looks as if it were made for health checks. */
  readonly healthPath: string | undefined
  /** How often each rule reports something. */
  readonly findings: readonly { readonly rule: string; readonly severity: Severity; readonly count: number }[]
}

/** What the user has said; without it nothing but comments is written. */
export interface DraftAnswers {
  readonly strict: boolean
  readonly services: readonly string[]
  readonly provided: readonly string[]
}

/**
 * The text of a `.docker-gotchas.yaml`. Prose stands behind `#` and one blank; what else begins with `#` is a setting
 * that does not hold yet. `schema` is where that of the settings is in the project, for editors.
 */
export function settingsDraft(
  survey: Survey,
  { strict, services, provided }: DraftAnswers,
  schema: string | undefined,
): string {
  const { ships, development, wanted, healthPath, findings } = survey
  const named = unique(ships.flatMap(({ service }) => service ?? []))
  const blocks = [
    [
      schema === undefined
        ? '#$schema: node_modules/docker-gotchas/dist/settings.schema.json'
        : `# yaml-language-server: $schema=${schema}`,
      '# Settings of docker-gotchas. Take the # from the beginning of a line to let it hold; paths are relative to',
      '# this file, and patterns are those of .gitignore.',
    ],
    [
      '# `recommended`, or `strict`: every finding fails the run, also those of new rules.',
      `preset: ${strict ? 'strict' : 'recommended'}`,
    ],
    ['# The least severity that makes the exit code 1: error, warning, info or never.', '#fail-on: warning'],
    [
      ...(ships.length === 0
        ? ['# Nothing that ships is here.']
        : ships.map((one) => `# Ships now: ${shipment(one)}.`)),
      ...list('service', services, named.length > 0 ? named : ['web']),
      ...unique(ships.flatMap(({ target }) => target ?? []))
        .slice(0, 1)
        .map((target) => `#target: ${yaml(target)}`),
    ],
    [
      '# Dockerfiles and compose files whose names do not say what they are for.',
      ...list('production', [], unique(ships.flatMap(({ dockerfile }) => dockerfile ?? []))),
      ...list('development', [], development),
    ],
    [
      wanted.length > 0
        ? '# Variables that the platform gives. The app asks for these, and nothing here gives them:'
        : '# Variables that the platform gives. The app asks for none that nothing here gives.',
      ...list('provided', provided, wanted.length > 0 ? wanted : ['PHX_HOST']),
    ],
    [
      '# The path that the platform asks whether the app is well, where there is no health check here.',
      '#health:',
      `#  path: ${yaml(healthPath ?? '/up')}`,
    ],
    [
      findings.length > 0 ? '# Reported when this was written:' : '# Nothing was reported when this was written.',
      ...findings.map(({ rule, severity, count }) => `# ${count} ${rule} (${severity})`),
      '# A rule can be off, info, warning or error.',
      '#rules:',
      `#  ${findings[0]?.rule ?? 'migrations-never-run'}: warning`,
    ],
    [
      '# Rules that are right, but not here. In a file, `# docker-gotchas ignore=RULE -- reason` says the same.',
      '#ignore:',
      `#  - rules: ${findings[0]?.rule ?? 'migrations-never-run'}`,
      '#    paths: legacy/**',
      '#    reason: it is taken down next month',
    ],
    [
      '# Findings that were there before, written by `docker-gotchas lint --write-baseline FILE`.',
      '#baseline: .docker-gotchas-baseline.json',
    ],
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)]

function shipment({ service, dockerfile, target }: Survey['ships'][number]): string {
  const image = dockerfile === undefined ? undefined : printable(dockerfile)
  const stage = target === undefined ? '' : `, stage \`${printable(target)}\``
  if (service === undefined) return `the image of ${image ?? 'a Dockerfile'}${stage}`
  return `the service \`${printable(service)}\`${image === undefined ? '' : `, built from ${image}${stage}`}`
}

/** A key with a list: as it was chosen, or as a comment where nothing was. */
function list(key: string, chosen: readonly string[], candidates: readonly string[]): readonly string[] {
  const lead = chosen.length > 0 ? '' : '#'
  const items = chosen.length > 0 ? chosen : candidates
  return items.length === 0 ? [] : [`${lead}${key}:`, ...items.map((item) => `${lead}  - ${yaml(item)}`)]
}

/** A text as YAML, in quotes where it needs them. */
const yaml = (text: string): string =>
  /^[A-Za-z_/][\w./-]*$/.test(text) && !/^(true|false|null|y|yes|n|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text)

const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�')
