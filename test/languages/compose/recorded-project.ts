import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type {
  ComposeBuild,
  ComposeService,
  EnvironmentEntry,
  FileMount,
  HealthCheck,
  Port,
  TracedText,
} from '../../../src/languages/compose/service-types.ts'
import { closedShell } from '../../../src/languages/compose/shell.ts'
import type { ComposeInput, FileObject } from '../../../src/languages/compose/types.ts'
import type { Known } from '../../../src/text/known.ts'
import type { Source } from '../../../src/text/source.ts'

/** A recorded case: a folder of files, how Compose was called in it, and what came of it. */
export interface Case {
  readonly id: string
  readonly input: ComposeInput
  readonly expected: Readonly<Record<string, unknown>>
}

/** The cases in a folder of `test/recorded/`. */
export function casesIn(folder: string): readonly Case[] {
  return readdirSync(folder)
    .toSorted()
    .map((id) => ({
      id,
      input: inputOf(join(folder, id), id),
      expected: JSON.parse(readFileSync(join(folder, id, 'expected.json'), 'utf8')),
    }))
}

function inputOf(folder: string, id: string): ComposeInput {
  const call = JSON.parse(readFileSync(join(folder, id === '' ? '' : 'case.json'), 'utf8'))
  const sources = new Map<string, Source>()
  const folders = new Set<string>([''])
  for (const found of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(found.parentPath, found.name)).replaceAll('\\', '/')
    if (found.isDirectory()) folders.add(path)
    else if (statSync(join(folder, path)).isFile())
      sources.set(path, { path, text: readFileSync(join(folder, path), 'utf8') })
  }
  return {
    read: (path) => sources.get(path),
    isFolder: (path) => folders.has(path),
    workingDirectory: call.cwd ?? '',
    rootName: id,
    shell: closedShell(call.env ?? {}),
    ...(call.files ? { configFiles: call.files } : {}),
    ...(call.env_files ? { envFiles: call.env_files } : {}),
    ...(call.profiles ? { profiles: call.profiles } : {}),
    ...(call.project_directory ? { projectDirectory: call.project_directory } : {}),
  }
}

const textOf = (value: Known<string> | undefined): string | null => (value?.kind === 'known' ? value.value : null)
const traced = (value: TracedText | undefined): string | null => textOf(value?.value) || null
const words = (list: readonly TracedText[] | null): readonly (string | null)[] | null =>
  list?.map((word) => textOf(word.value)) ?? null

const environment = (entries: readonly EnvironmentEntry[]) =>
  Object.fromEntries(entries.map(({ name, value }) => [name, textOf(value)]))

const defined = (record: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

const mount = ({ source, target, uid, gid, mode }: FileMount) =>
  defined({ source: source === '' ? undefined : source, target, uid, gid, mode })

const build = (value: ComposeBuild | undefined) =>
  value && {
    additional_contexts:
      value.additionalContexts.length === 0
        ? null
        : Object.fromEntries(value.additionalContexts.map((pair) => [pair.name, textOf(pair.value)])),
    args: environment(value.args),
    context: textOf(value.context.value),
    dockerfile: traced(value.dockerfile),
    dockerfile_inline: traced(value.dockerfileInline),
    secrets: value.secrets.length === 0 ? null : value.secrets.map(mount),
    target: traced(value.target),
  }

const health = (value: HealthCheck | undefined) =>
  value &&
  defined({
    disable: value.disable || undefined,
    interval: value.interval,
    retries: value.retries,
    start_interval: value.startInterval,
    start_period: value.startPeriod,
    test: value.test?.length ? words(value.test) : undefined,
    timeout: value.timeout,
  })

const port = ({ hostIp, mode, protocol, published, target }: Port) => ({
  host_ip: hostIp ?? null,
  mode,
  protocol,
  published: textOf(published),
  target: target.kind === 'known' ? target.value : undefined,
})

const dependencies = ({ dependsOn }: ComposeService) =>
  dependsOn.length === 0
    ? null
    : Object.fromEntries(dependsOn.map(({ name, condition, required }) => [name, { condition, required }]))

/** A service in the form of the recorded facts. */
export const recordedForm = (service: ComposeService) => ({
  build: build(service.build) ?? null,
  command: words(service.command),
  configs: service.configs.map(mount),
  depends_on: dependencies(service),
  deploy_replicas: service.deployReplicas ?? null,
  entrypoint: words(service.entrypoint),
  env_file: service.envFiles.map(({ path, required, format }) => ({ format, path, required })),
  environment: environment(service.environment),
  extra: service.extra,
  healthcheck: health(service.healthcheck) ?? null,
  image: traced(service.image),
  ports: service.ports.map(port),
  profiles: service.profiles,
  scale: service.scale ?? null,
  secrets: service.secrets.map(mount),
})

/** A secret or config in the form of the recorded facts. */
export const recordedFile = ({ name, file, environment: variable, external, content }: FileObject) =>
  defined({
    name,
    file,
    environment: variable,
    content: variable === undefined ? (textOf(content) ?? undefined) : undefined,
    external: external || undefined,
  })
