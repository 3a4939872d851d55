import type { Deployment } from '../../model/boot/deployment.ts'
import { secretsIn } from '../../model/env/secret.ts'
import type { Project } from '../../model/project/project.ts'
import type { DeclaredVariable, Service } from '../../model/services/service.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Known } from '../../text/known.ts'
import { type Span, span } from '../../text/source.ts'
import type { GraphCommand, GraphContainer, GraphVariable } from './graph.ts'
import { commandKind, commandText } from './steps.ts'
import type { Words } from './words.ts'

/** A part of a container before the findings are known, and where it stands. */
export interface DraftPart<Part> {
  readonly part: Omit<Part, 'findings'>
  readonly span: Span | undefined
}

/** A container before the findings are known. */
export interface DraftContainer {
  readonly container: Omit<GraphContainer, 'variables' | 'start' | 'health' | 'findings'>
  /** From its key to the next service. */
  readonly span: Span
  readonly variables: readonly DraftPart<GraphVariable>[]
  readonly start: readonly DraftPart<GraphCommand>[]
  readonly health: readonly DraftPart<GraphCommand>[]
}

/** The bare images and the services of a project. Services for development are left out where there are others. */
export function containersOf(
  { deployments, services }: Project,
  stageOf: (deployment: Deployment) => number | undefined,
  words: Words,
): readonly DraftContainer[] {
  const production = services.filter(({ development }) => development === undefined)
  const shown = production.length > 0 ? production : services
  const bare = deployments.filter(({ service }) => service === undefined)
  return [
    ...bare.map((deployment) => containerOf(undefined, deployment, deployment.span, stageOf(deployment), words)),
    ...shown.map((service) => {
      const deployment = deployments.find((one) => one.service === service)
      const region = service.region ?? regionOf(service, services)
      return containerOf(service, deployment, region, deployment && stageOf(deployment), words)
    }),
  ]
}

function containerOf(
  service: Service | undefined,
  deployment: Deployment | undefined,
  region: Span,
  stage: number | undefined,
  words: Words,
): DraftContainer {
  const declared = new Map(service?.declared.map((variable) => [variable.name, wholeOf(variable)]))
  const get = deployment?.environment.get ?? ((name: string) => service?.given.get(name))
  const names = deployment?.environment.names ?? [...(service?.given.keys() ?? [])]
  const commands = (steps: readonly Step[]) => steps.filter(isTelling).map((step) => commandOf(step, words))
  return {
    span: region,
    container: {
      ...words.place(region),
      name: service ? words.said(service.name) : null,
      image: service?.image ? words.said(service.image.name) : null,
      stage: stage ?? null,
      ports: service?.ports.map(({ published, target }) => `${published ?? ''}${published ? ':' : ''}${target}`) ?? [],
      needs: service?.dependsOn.map(({ name }) => words.said(name)) ?? [],
    },
    variables: names.map((name) => variableOf(name, get(name), declared.get(name), region, words)),
    start: commands(deployment?.start ?? []),
    health: commands(deployment?.health.flatMap(({ steps }) => steps) ?? []),
  }
}

function variableOf(
  name: string,
  value: Known<string> | undefined,
  declared: Span | undefined,
  region: Span,
  words: Words,
): DraftPart<GraphVariable> {
  const place = declared ?? value?.trail.at(-1)?.span ?? region
  const text = value?.kind === 'known' ? value.value : undefined
  return {
    span: declared,
    part: {
      ...words.place(place),
      name: words.said(name),
      value: text === undefined ? null : words.value(name, text),
      state: value === undefined ? 'unknown' : value.kind === 'known' ? 'set' : value.kind,
      secret: secretsIn(name, text ?? 'not-known-here').length > 0,
    },
  }
}

/** Name and value, which may stand apart. */
const wholeOf = ({ span: name, valueSpan }: DeclaredVariable): Span =>
  valueSpan?.source === name.source ? span(name.source, name.start, Math.max(name.end, valueSpan.end)) : name

/** What only prepares the shell tells nothing of a start. */
const isTelling = ({ command }: Step): boolean =>
  command.kind !== 'program' ||
  !/^(set|:|true|shift|umask|ulimit|trap|export|unset|readonly|local|\[|\[\[|test|dirname|echo|printf)$/.test(
    command.name,
  )

const commandOf = (step: Step, words: Words): DraftPart<GraphCommand> => ({
  span: step.span,
  part: { ...words.place(step.span), command: commandText(step, words), kind: commandKind(step.command) },
})

/** What belongs to a service in its file: from its key to the key of the next one. */
function regionOf({ span: key }: Service, services: readonly Service[]): Span {
  const next = services
    .filter((other) => other.span.source === key.source && other.span.start > key.start)
    .map((other) => other.span.start)
  return span(key.source, key.start, Math.min(...next, key.source.text.length))
}
