import type { Tree } from '../../files/tree.ts'
import type { ComposeService } from '../../languages/compose/service-types.ts'
import type { ComposeProject } from '../../languages/compose/types.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import type { PlatformFile } from '../../languages/platforms/types.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { placeName } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { lookedOf } from '../project/looked.ts'
import type { Project } from '../project/project.ts'
import { readProject } from '../project/read.ts'
import { leftOutNote } from '../project/targets.ts'
import type { Service } from '../services/service.ts'
import { servicesOf } from '../services/services-of.ts'
import { developmentWordOf } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { effectiveOf, type Member, missingIn } from './effective.ts'
import { mentionedNames } from './mentions.ts'
import type { ContainerEnvironment, StackEnvironment } from './variable.ts'

/** A project whose compose files have been read. */
export interface StackInput {
  readonly tree: Tree
  readonly elixir: readonly ElixirFile[]
  /** The stack as it is known; undefined where there is no compose file. */
  readonly compose: ComposeProject | undefined
  /**
   * The stack as Compose would make it: the same where the shell is known, else that of an empty shell, so that a run
   * gives the same everywhere.
   */
  readonly resolved: ComposeProject | undefined
  /** The absolute path of the tree's root. */
  readonly root: string
  /** What the user says of production. */
  readonly shipping?: Shipping
  /** Names of the services that are wanted; all where empty. */
  readonly wanted: readonly string[]
  /** What the files of platforms say. */
  readonly platforms: readonly PlatformFile[]
  /** Dockerfiles that stand for the others, where there is no compose file. */
  readonly entries: readonly string[]
}

/** What containers get, and why there is none. */
export interface StackRead extends StackEnvironment {
  /** Why there is nothing to show, in words; undefined where there is something. */
  readonly nothing: string | undefined
  /** The Dockerfiles beside the stack whose images are not shown. */
  readonly aside: readonly string[]
}

/** What every container of a project gets: those of the active services, or without a compose file that of each image. */
export function stackEnvironment(input: StackInput): StackRead {
  const { tree, elixir, compose, resolved: stack, wanted } = input
  const services = compose ? servicesOf(compose, input.root, input.shipping) : []
  const { project } = readProject(tree, elixir, {
    entries: input.entries,
    services,
    platforms: input.platforms,
    ...(input.shipping ? { shipping: input.shipping } : {}),
    // What is named is asked for, whatever it is for.
    wanted: { of: 'project', images: 'unserved', development: compose !== undefined || input.entries.length > 0 },
  })
  const mentioned = mentionedNames(tree)
  const isWanted = ({ name }: { readonly name: string }) => wanted.length === 0 || wanted.includes(name)
  const { deployments } = project
  const composed = [...(compose?.services.values() ?? [])].filter(isWanted).map((service) => ({
    name: service.name,
    service,
    deployment: deployments.find((one) => one.service?.name === service.name && one.service.platform === undefined),
  }))
  const byPlatform = deployments.flatMap((deployment): readonly Member[] => {
    const { service } = deployment
    const isHere = service?.platform !== undefined && isWanted(service)
    return isHere ? [{ name: service.name, service: undefined, deployment }] : []
  })
  const bare = deployments
    .filter(({ service }) => service === undefined)
    .map((deployment) => ({
      name: deployment.dockerfile?.source.path ?? placeName(deployment.span),
      service: undefined,
      deployment,
    }))
  const members: readonly Member[] = [...composed, ...byPlatform, ...(compose ? [] : bare)]
  const made = members.flatMap((member): readonly ContainerEnvironment[] => {
    const span = member.service?.nameSpan ?? member.deployment?.span
    if (span === undefined) return []
    const given = stack?.services.get(member.name) ?? member.service
    const effective = effectiveOf(member, mentioned)
    const resolved = member.service ? resolvedOf(given) : declaredOf(member.deployment?.service)
    return [{ name: member.name, span, resolved, effective }]
  })
  const missing = made.flatMap(({ name, effective }) => missingIn(name, effective))
  const missed = project.leftOut.filter(({ isOther }) => !isOther).map(leftOutNote)
  return {
    containers: made,
    errors: [...(compose?.problems ?? []), ...missing],
    notes: [...notesOf(compose), ...(compose ? [] : missed)],
    nothing: made.length > 0 ? undefined : nothingIn(project),
    aside: compose ? [...new Set(bare.flatMap((one) => asideOf(one.deployment, input.shipping)))] : [],
  }
}

/** The Dockerfile of an image that is not for development. */
function asideOf({ dockerfile }: Deployment, shipping: Shipping | undefined): readonly string[] {
  const path = dockerfile?.source.path
  const isOther =
    path === undefined || shipping?.purposeOf(path) === 'development' || developmentWordOf(path, shipping) !== undefined
  return isOther ? [] : [path]
}

/** Why there is no container, and how to see what is left out all the same. */
const nothingIn = (project: Project): string =>
  [
    lookedOf(project).nothing ?? '',
    ...project.leftOut.filter(({ isOther }) => !isOther).map(leftOutNote),
    ...(project.leftOut.length > 0 ? ['name the file to see what it gives'] : []),
  ].join('; ')

/** The variables of a service as Compose prints them; null: passed through, and not set. */
const resolvedOf = (service: ComposeService | undefined): ReadonlyMap<string, string | null> =>
  new Map(service?.environment.map(({ name, value }) => [name, value.kind === 'known' ? value.value : null]))

/** The variables that the file of a platform writes out. */
const declaredOf = (service: Service | undefined): ReadonlyMap<string, string | null> =>
  new Map(service?.declared.flatMap(({ name, value }) => (value.kind === 'known' ? [[name, value.value]] : [])))

/** What Compose would warn of, and the variables that it needs from a shell that is not in view. */
function notesOf(compose: ComposeProject | undefined): readonly string[] {
  const warnings = (compose?.warnings ?? []).map((warning: Problem) => `${placeName(warning.span)}: ${warning.message}`)
  const needed = (compose?.variables ?? []).filter(
    ({ operator, value }) => operator.endsWith('?') && value.kind === 'unknown',
  )
  const names = [...new Set(needed.map(({ name }) => name))]
  const shell =
    names.length === 0
      ? []
      : [
          `Compose stops unless the shell sets ${names.map((name) => `\`${name}\``).join(', ')} (see --from-environment)`,
        ]
  return [...new Set([...warnings, ...shell])]
}
