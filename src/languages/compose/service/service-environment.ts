import type { Problem } from '../../../text/diagnostic.ts'
import type { Known, TrailLabel } from '../../../text/known.ts'
import { parseEnvFile } from '../../dotenv/parse.ts'
import { parseRawEnvFile } from '../../dotenv/raw.ts'
import type { EnvFile } from '../../dotenv/types.ts'
import { valueAt, type YamlMap } from '../../yaml/node.ts'
import { hostPath } from '../load/paths.ts'
import {
  complain,
  type Gathered,
  isElsewhere,
  isFolder,
  type LoadEnvironment,
  leaveOut,
  readSource,
} from '../problems.ts'
import type { EnvFileReference, EnvironmentEntry } from '../service-types.ts'
import { entriesOf } from './environment.ts'
import { flagAt, mapsAt, scalarAt, scalarsOf, textAt } from './values.ts'

/** What a container's environment is made of. */
export interface ServiceEnvironment {
  readonly environment: readonly EnvironmentEntry[]
  readonly envFiles: readonly EnvFileReference[]
  /** Where one of its env files can no longer be read. */
  readonly damage: Problem | undefined
}

/** The environment of `service`: `environment` over its env files. Env files of a service that is not `active` are not read. */
export function environmentOf(
  gathered: Gathered,
  service: YamlMap,
  project: LoadEnvironment,
  active: boolean,
): ServiceEnvironment {
  const own = entriesOf(gathered, valueAt(service, 'environment'), project)
  const envFiles = mapsAt(service, 'env_file').flatMap((file) => reference(gathered, file))
  const values = new Map<string, Known<string>>()
  for (const [name, { value }] of own) if (value.kind !== 'unset') values.set(name, value)
  const lookup: LoadEnvironment = (name) => {
    const outside = project(name)
    const inside = own.get(name)?.value
    return outside.kind === 'known' || inside === undefined || inside.kind === 'unset' ? outside : inside
  }
  if (active) checkLabelFiles(gathered, service)
  const entries = new Map<string, EnvironmentEntry>()
  let damage: Problem | undefined
  for (const file of active ? envFiles : []) {
    const read = readFile(gathered, file, lookup, values)
    damage ??= read?.problems[0]
    for (const entry of read?.entries ?? []) {
      if (entry.inherited && entry.value.kind === 'unset') continue
      values.set(entry.name, entry.value)
      const { name, value, inherited, nameSpan, valueSpan } = entry
      entries.delete(name)
      entries.set(name, {
        name,
        value,
        passedThrough: inherited,
        from: 'env_file',
        nameSpan,
        span: inherited ? nameSpan : valueSpan,
      })
    }
  }
  for (const [name, entry] of own) {
    const hidden = entries.get(name)
    const trail: readonly TrailLabel[] = hidden
      ? [
          { span: hidden.nameSpan, text: 'the value of the env file is overridden', overridden: true },
          ...entry.value.trail,
        ]
      : entry.value.trail
    if (hidden) entries.delete(name)
    entries.set(name, { ...entry, value: { ...entry.value, trail } })
  }
  return { environment: [...entries.values()], envFiles, damage }
}

function reference(gathered: Gathered, file: YamlMap): readonly EnvFileReference[] {
  const path = scalarAt(file, 'path')
  if (path === undefined || path.unknown !== undefined) return []
  const source = gathered.input.read(hostPath(path.text))
  return [
    {
      path: path.text,
      required: flagAt(file, 'required'),
      format: textAt(file, 'format') ?? '',
      span: path.span,
      source,
    },
  ]
}

function readFile(
  gathered: Gathered,
  file: EnvFileReference,
  lookup: LoadEnvironment,
  before: ReadonlyMap<string, Known<string>>,
): EnvFile | undefined {
  const { input } = gathered
  if (file.source === undefined) {
    if (isFolder(input, hostPath(file.path)))
      return complain(gathered, file.span, `the env file \`${file.path}\` is a folder`)
    if (isElsewhere(gathered, hostPath(file.path)))
      return leaveOut(gathered, 'variables', file.span, `the env file \`${file.path}\``)
    if (!file.required) return undefined
    if (input.shell.open)
      gathered.warnings.push({ span: file.span, message: `the env file \`${file.path}\` is not here` })
    else complain(gathered, file.span, `the env file \`${file.path}\` is not there`)
    return undefined
  }
  readSource(gathered, hostPath(file.path))
  if (file.format !== '' && file.format !== '.env' && file.format !== 'raw')
    return complain(gathered, file.span, `\`${file.format}\` is not a format of env files`)
  const read =
    file.format === 'raw' ? parseRawEnvFile(file.source, { lookup }) : parseEnvFile(file.source, { lookup, before })
  for (const one of read.problems) gathered.problems.push(one)
  for (const one of read.warnings) gathered.warnings.push(one)
  return read
}

function checkLabelFiles(gathered: Gathered, service: YamlMap): void {
  for (const file of scalarsOf(valueAt(service, 'label_file'))) {
    const path = hostPath(file.text)
    if (file.unknown !== undefined || gathered.input.shell.open || gathered.input.read(path)) continue
    if (isElsewhere(gathered, path)) continue
    complain(gathered, file.span, `the label file \`${file.text}\` is not there`)
  }
}
