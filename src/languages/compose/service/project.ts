import type { SyntaxProblem } from '../../../text/diagnostic.ts'
import { mapAt, valueAt, type YamlEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import type { Invocation } from '../load/command-line.ts'
import type { Gathered, LoadEnvironment } from '../problems.ts'
import { complain } from '../problems.ts'
import type { ComposeService } from '../service-types.ts'
import type { ComposeProject, FileObject, Resource } from '../types.ts'
import { checkConsistency } from './consistency.ts'
import { checkValues } from './decode.ts'
import { serviceOf } from './service.ts'
import { flagAt, scalarAt, scalarsOf, textAt, toKnown } from './values.ts'

/** The project that a merged model describes. */
export function projectOf(gathered: Gathered, invocation: Invocation, name: string, model: YamlMap): ComposeProject {
  const { environment } = invocation
  const active = new Map<string, ComposeService>()
  const disabled = new Map<string, ComposeService>()
  const nodes = new Map<string, YamlMap>()
  for (const entry of entriesAt(model, 'services')) {
    const node = emptyAsMap(entry.value)
    if (node === undefined) continue
    checkValues(gathered, node)
    const on = gathered.input.allServices === true || isActive(node, invocation.profiles)
    nodes.set(entry.key, node)
    const into = on ? active : disabled
    into.set(entry.key, serviceOf(gathered, entry, node, environment, on))
  }
  const secrets = filesAt(model, 'secrets', name, environment)
  const configs = filesAt(model, 'configs', name, environment)
  const volumes = resourcesAt(model, 'volumes', name)
  const networks = resourcesAt(model, 'networks', name)
  const jobs = new Set(
    entriesAt(model, 'jobs').flatMap(({ key, value }) =>
      value.kind === 'map' && isActive(value, invocation.profiles) ? [key] : [],
    ),
  )
  const models = new Set(entriesAt(model, 'models').map(({ key }) => key))
  checkConsistency(gathered, { active, disabled, jobs, secrets, configs, volumes, networks, models, nodes })
  checkSecrets(gathered, secrets)
  checkNames(gathered, model)
  const { damages, warnings, elsewhere, variables } = gathered
  const sources = [...gathered.sources.values()]
  return {
    name,
    composeFiles: invocation.files,
    sources,
    services: active,
    disabled,
    secrets,
    configs,
    volumes,
    networks,
    problems: damages.length > 0 ? withoutEchoes(gathered) : gathered.problems,
    damages,
    elsewhere,
    warnings,
    variables,
  }
}

/** The first mistake of each compose file, and what is wrong with other files: what the rest seems to lack may be behind it. */
function withoutEchoes({ problems, damages }: Gathered): readonly SyntaxProblem[] {
  const files = new Set(damages.map(({ span }) => span.source.path))
  const first = [...files].flatMap((path) => damages.find(({ span }) => span.source.path === path) ?? [])
  return [...first, ...problems.filter(({ span }) => !files.has(span.source.path))]
}

const entriesAt = (model: YamlMap, key: string): readonly YamlEntry[] => [
  ...(mapAt(model, key)?.entries.values() ?? []),
]

const emptyAsMap = (node: YamlNode): YamlMap | undefined => (node.kind === 'map' ? node : undefined)

function isActive(service: YamlMap, active: readonly string[]): boolean {
  const declared = scalarsOf(valueAt(service, 'profiles')).map((profile) => profile.text)
  return declared.length === 0 || active.some((profile) => profile === '*' || declared.includes(profile))
}

const isExternal = (node: YamlMap): boolean => flagAt(node, 'external')

function filesAt(
  model: YamlMap,
  key: string,
  project: string,
  environment: LoadEnvironment,
): ReadonlyMap<string, FileObject> {
  const objects = entriesAt(model, key).flatMap((entry): readonly FileObject[] => {
    const node = entry.value
    if (node.kind !== 'map') return []
    const external = isExternal(node)
    const variable = textAt(node, 'environment')
    const written = scalarAt(node, 'content')
    const content = variable === undefined ? written && toKnown(written) : environment(variable)
    const name = textAt(node, 'name') ?? (external ? entry.key : `${project}_${entry.key}`)
    return [
      {
        name,
        key: entry.key,
        file: textAt(node, 'file'),
        fileSpan: scalarAt(node, 'file')?.span,
        environment: variable,
        content,
        external,
        nameSpan: entry.keySpan,
        span: node.span,
      },
    ]
  })

  return new Map(objects.map((object) => [object.key, object]))
}

function resourcesAt(model: YamlMap, key: string, project: string): ReadonlyMap<string, Resource> {
  const resources = entriesAt(model, key).map((entry): Resource => {
    const node = emptyAsMap(entry.value)
    const external = node !== undefined && isExternal(node)
    const driver = (node && textAt(node, 'driver')) ?? ''
    const name = (node && textAt(node, 'name')) ?? (external ? entry.key : `${project}_${entry.key}`)
    return {
      name,
      key: entry.key,
      external,
      isPlain: !external && /^(local)?$/.test(driver) && !(node && valueAt(node, 'driver_opts')),
      ipv6: node !== undefined && flagAt(node, 'enable_ipv6'),
      nameSpan: entry.keySpan,
    }
  })
  return new Map(resources.map((resource) => [resource.key, resource]))
}

function checkSecrets(gathered: Gathered, secrets: ReadonlyMap<string, FileObject>): void {
  for (const secret of secrets.values()) {
    if (secret.external || secret.file !== undefined || secret.environment !== undefined) continue
    complain(gathered, secret.nameSpan, `the secret \`${secret.key}\` has neither \`file\` nor \`environment\``)
  }
}

function checkNames(gathered: Gathered, model: YamlMap): void {
  const services = mapAt(model, 'services')
  for (const { key, keySpan } of entriesAt(model, 'jobs')) {
    if (services?.entries.has(key)) complain(gathered, keySpan, `\`${key}\` is both a service and a job`)
  }
}
