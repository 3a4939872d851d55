import { maskedValue, secretsIn } from '../../model/env/secret.ts'
import type { Project } from '../../model/project.ts'
import { isDummy, isReference } from '../../model/secrets.ts'
import { masked, maskSecrets, maskValues } from '../../text/mask.ts'
import { positionAt, type Span } from '../../text/source.ts'
import { visible } from '../cells.ts'
import type { GraphPlace } from './graph.ts'

/** How texts of the project become texts of a graph, which can be shown. */
export interface Words {
  /** A text that was put together here: one line, without secrets. */
  readonly said: (text: string) => string
  /** What stands at a place, on one line and without secrets. */
  readonly written: (at: Span) => string
  /** The value of a variable, without what is secret in it. */
  readonly value: (name: string, value: string) => string
  readonly place: (at: Span) => GraphPlace
  /** The path of a source as the user reads it. */
  readonly path: (path: string) => string
}

const longest = 600
const shortestSecret = 6

/** The words of a project; `shown` makes of the path of a source the one that the user reads. */
export function wordsOf(project: Project, shown: (path: string) => string): Words {
  const { secrets } = project
  const values = [...secretValues(project)].toSorted((one, other) => other.length - one.length)
  const veil = (text: string) => {
    if (text === '') return text
    return maskValues(
      values.reduce((left, secret) => left.split(secret).join(masked(secret)), text),
      secrets,
    )
  }
  const paths = new Map<string, string>()
  const path = (from: string): string => {
    const known = paths.get(from) ?? visible(shown(from))
    paths.set(from, known)
    return known
  }
  return {
    path,
    said: (text) => oneLine(veil(text)),
    written: ({ source, start, end }) => oneLine(withoutComments(veil(maskSecrets(source, secrets).slice(start, end)))),
    value: (name, value) => oneLine(veil(maskedValue(name, value))),
    place: ({ source, start }) => ({ file: path(source.path), line: positionAt(source, start).line }),
  }
}

/** Secrets that no rule looks for and that a command or message may repeat: those of variables. */
function secretValues({ deployments, services, dockerfiles }: Project): ReadonlySet<string> {
  const found = new Set<string>()
  const note = (name: string, value: string) => {
    for (const secret of secretsIn(name, value))
      if (secret.length >= shortestSecret && !isDummy(secret) && !isReference(secret)) found.add(secret)
  }
  for (const { instructions } of dockerfiles) {
    for (const instruction of instructions) {
      if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue
      for (const { name, value = '' } of instruction.pairs) note(name, value.replace(/^(["'])(.*)\1$/s, '$2'))
    }
  }
  for (const { given, build } of services) {
    for (const [name, value] of [...given, ...(build?.args ?? [])]) if (value.kind === 'known') note(name, value.value)
  }
  for (const { environment } of deployments) {
    for (const name of environment.names) {
      const value = environment.get(name)
      if (value.kind === 'known') note(name, value.value)
    }
  }
  return found
}

const withoutComments = (text: string): string =>
  text.includes('\n') ? text.replace(/\n[\t ]*#[^\n]*/g, '\n').replace(/[\\`][\t ]*\r?\n/g, ' ') : text

function oneLine(text: string): string {
  const line = visible(
    text
      .slice(0, longest * 2)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return line.length > longest ? `${line.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…` : line
}
