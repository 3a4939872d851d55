import { posix } from 'node:path'
import { besideCode, entriesBesideCode } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import type { Project } from '../../model/project/project.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { releasesIn } from '../../model/stage-files/releases.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { BuiltStage } from '../../model/stages/built-stage.ts'
import { imageNameOf } from '../../model/stages/image-name.ts'
import { rootImageOf } from '../../model/stages/root-image.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'nothing-started',
  gotcha: 'host-and-server',
  severity: 'error',
  stops: true,
  summary: 'the container has the app and starts nothing of it',
  incident: 'The container ends at once, or waits in a shell: nothing listens.',
  remedy: 'Give the image that runs a CMD that starts the release',
  why: `Without \`CMD\` or \`ENTRYPOINT\` an image runs what its base image runs: \`iex\` for Elixir, a shell for Debian. A build
stage has none as a rule, so a \`target\` that names it starts no app.`,
  links: [
    'https://docs.docker.com/reference/dockerfile/#cmd',
    'https://docs.docker.com/reference/compose-file/build/#target',
  ],
  examples: [
    {
      title: 'the build stage is the target',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build:
              context: .
              target: final
            ports: ["4000:4000"]
            user: nobody
            healthcheck:
              disable: true
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bookworm-slim AS final
      `,
      bad: `
        -- compose.yaml: target: final --
        target: build
                ^^^^^
      `,
    },
    {
      title: 'an image without CMD',
      on: 'phoenix',
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bookworm-slim
             ^^^^^^^^^^^^^^^^^^^^
      `,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const found =
        inOtherQuotes(deployment) ??
        against(deployment, project) ??
        inBackground(deployment) ??
        againstEnd(deployment, project)
      if (found) yield found
    }
  },
})

function against(deployment: Deployment, project: Project): Finding | undefined {
  const { ships, service, build, start } = deployment
  if (
    ships?.stage.unread ||
    service?.unread ||
    ships === undefined ||
    build === undefined ||
    ships.cmd ||
    ships.entrypoint ||
    start.length > 0
  )
    return undefined
  if (service?.command || service?.entrypoint || !hasApp(ships)) return undefined
  const root = rootImageOf(build.dockerfile, ships, build.args)
  if (root.kind !== 'known' || !plain.test(imageNameOf(root.value.image).repository)) return undefined
  const { name } = ships.stage
  const stage = name === undefined ? 'the stage' : `the stage \`${name}\``
  const message = `${stage} has no CMD, so ${service ? service.subject : 'the image'} starts what \`${root.value.image}\` starts, and not the app`
  if (service?.build?.target !== undefined && isMeantToRun(deployment, project))
    return {
      message,
      span: service.build.spans.target,
      related: [{ span: ships.stage.from.span, text: 'this is the stage' }],
    }
  if (service && isMeantToRun(deployment, project))
    return { message, span: service.span, related: [{ span: ships.stage.from.span, text: 'this is the stage' }] }
  if (service || releasesIn(ships.files).length === 0 || isStartedElsewhere(project)) return undefined
  return { message, span: ships.stage.base.span, severity: 'info', certainty: 'likely' }
}

/** A release that the last command leaves in the background, so that the container ends: `daemon`, or `start` of Distillery. */
function inBackground({ boot, server, start, service }: Deployment): Finding | undefined {
  if (server?.command.kind !== 'release' || start.at(-1) !== server || server.runs !== 'always') return undefined
  const isOfDistillery = boot?.tool === 'Distillery'
  const { command } = server.command
  if (!(isOfDistillery ? /^start$/ : /^daemon(_iex)?$/).test(command) || (boot?.tool && !isOfDistillery))
    return undefined
  const stays = isOfDistillery ? 'foreground' : 'start'
  const edit = partInstead(server.span, new RegExp(`${command}(?="?\\]?$)`), stays)
  return {
    message: `${service ? service.subject : 'the container'} ends at once: \`${command}\`${isOfDistillery ? ' of Distillery' : ''} leaves the app in the background`,
    why: 'Docker stops a container when its first process ends, and with it the app that was just started.',
    remedy: `Start it with \`${stays}\``,
    span: server.span,
    related: server.via,
    fixes: edit ? [{ title: 'Start the release in the foreground', safety: 'safe', edits: [edit] }] : [],
  }
}

/** A list in single quotes, which is none: a shell looks for a program that is called by the brackets as well. */
function inOtherQuotes({ ships, service }: Deployment): Finding | undefined {
  const written = [service?.entrypoint ? undefined : ships?.entrypoint, service?.command ? undefined : ships?.cmd]
  const wrong = written.find((line) => line && /^\[\s*'[^"\n]*'\s*\]\s*$/.test(textOf(line.span)))
  return (
    wrong && {
      message: 'Docker takes this for a command of the shell: the words of a list stand in double quotes',
      why: 'The container stops at its start: the shell finds no program of that name.',
      remedy: 'Write the list with double quotes',
      span: wrong.span,
    }
  )
}

/**
 * A container that is in view to its end and starts nothing of the app that stays, although something asks it, or nothing
 * else in view starts the app.
 */
function againstEnd(deployment: Deployment, project: Project): Finding | undefined {
  const { ships, service, build, start, server, lost } = deployment
  if (ships === undefined || ships.stage.unread || service?.unread || build === undefined || server) return undefined
  const isFollowed = start.length > 0 && start.every((step) => step.lost === undefined && isNoApp(step))
  if (!isFollowed || lost.length > 0 || !hasApp(ships)) return undefined
  const command = service?.command ?? service?.entrypoint
  if (command === undefined && ships.cmd === undefined) {
    if (!ships.entrypoint) return undefined
    const who = service ? service.subject : 'the container'
    const message = `${who} starts nothing that stays: nobody gives a command to its ENTRYPOINT`
    return { message, span: ships.entrypoint.span }
  }
  if (service === undefined) return againstImage(deployment, project)
  const [port] = service.ports
  const asked = port?.span ?? (service.health?.disabled ? undefined : service.health?.span)
  const last = start.at(-1)
  const written = service.command?.[0]?.span
  if (last === undefined || asked === undefined) return undefined
  return {
    message: `${service.subject} ${port ? (service.platform ? 'gets requests' : 'publishes a port') : 'is asked for its health'} and starts nothing that listens: its last command is \`${callOf(last)}\``,
    why: 'The container ends, or waits, without the app: what asks it gets no answer.',
    remedy: 'Have the service start the release, or take the port and the health check from it',
    span: written ?? last.word ?? last.span,
    related: [
      ...(written ? [] : last.via),
      { span: asked, text: port ? 'the port is published here' : 'this is the health check' },
    ],
  }
}

/** An image that only calls a function of the release, where nothing in view starts the app. */
function againstImage({ start, release }: Deployment, project: Project): Finding | undefined {
  const call = start.findLast(({ command }) => command.kind === 'release')
  if (call === undefined || release === undefined || isStartedElsewhere(project)) return undefined
  if (project.deployments.some(({ server, start }) => server !== undefined || start.length === 0)) return undefined
  return {
    message: `the image starts nothing that listens, nor does anything else in view: the last that it does is \`${callOf(call)}\``,
    why: 'The container does that, and ends.',
    remedy: 'Have the image start the release behind it',
    span: call.word ?? call.span,
    related: call.via,
    severity: 'warning',
    certainty: 'likely',
  }
}

/** What comes to its end, or waits for ever without the app. */
const isNoApp = (step: Step): boolean => endsSoon.test(nameOf(step)) || nameOf(step) === 'tail'

/** What a script of an image does before it hands over: commands of a release and programs that come to their end. */
const endsSoon =
  /^(eval|rpc|version|pid|echo|printf|mkdir|chown|chmod|rm|cp|mv|ln|export|set|sleep|test|true|date|env|cd|touch|cat|sed|grep|dirname|basename|readlink|id|hostname|ls|find|tr|cut|head|pg_isready|nc|wait-for-it\.sh|until|exec)$/

const callOf = ({ command }: Step): string =>
  command.kind === 'release'
    ? `bin/${command.name} ${command.command}`
    : command.kind === 'program'
      ? command.name
      : '?'

const nameOf = ({ command }: Step): string =>
  command.kind === 'release' ? command.command : command.kind === 'program' ? command.name : '?'

/** Images that run a shell where nobody says what to run, or `iex`. */
const plain = /^((hexpm\/)?(elixir|erlang)|debian|ubuntu|alpine|fedora|rockylinux|almalinux|amazonlinux)$/

/** Whether a stage has a release, or a Mix project where it works. */
const hasApp = ({ files, cwd }: BuiltStage): boolean =>
  releasesIn(files).length > 0 || locate(files, posix.join(cwd.path, 'mix.exs')).origin.kind === 'context'

/** Whether a service is there to run, and not only to build and tag an image. */
const isMeantToRun = ({ service }: Deployment, { services }: Project): boolean =>
  service !== undefined &&
  // What a platform is told elsewhere may say what to run.
  service.platform === undefined &&
  (service.ports.length > 0 ||
    service.health !== undefined ||
    services.every(({ build, name, stack }) => build === undefined || name === service.name || stack !== service.stack))

/** Whether a file of a platform may say what to run. */
const isStartedElsewhere = ({ tree }: Project): boolean =>
  entriesBesideCode(tree).some(({ path }) =>
    /(^|\/)(Procfile|heroku\.yml|render\.ya?ml|fly\.toml|Chart\.yaml)$/.test(path),
  ) || besideCode(tree).some(({ path, text }) => /\.ya?ml$/.test(path) && /^\s*(-\s*)?(command|args):/m.test(text))
