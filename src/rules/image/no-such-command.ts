import { type LostCommand, lostCommandsOf } from '../../model/facts/lost/commands.ts'
import type { LostInterpreter } from '../../model/facts/lost/programs.ts'
import type { Lost } from '../../model/stage-files/step.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-command',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'a script, target or task is called that is not there',
  incident: 'The build stops at the command, or the container at its start: no such file or directory.',
  remedy: 'Install the program in this stage before it is called, or correct its name',
  why: `A script is in the image only where \`COPY\` or a step of the build has put it; a rule of a Makefile or a recipe of a
justfile must stand in it. All other checks go on as if the file in the project, or what is near, were meant.`,
  links: [
    'https://docs.docker.com/reference/dockerfile/#entrypoint',
    'https://docs.docker.com/reference/dockerfile/#copy',
  ],
  examples: [
    {
      title: 'an entry script that nothing copies',
      on: 'phoenix',
      good: `
        -- Dockerfile: USER nobody --
        COPY --chmod=755 docker/entrypoint.sh /entrypoint.sh
        USER nobody
        ENTRYPOINT ["/entrypoint.sh"]
        -- docker/entrypoint.sh --
        #!/bin/sh
        exec "$@"
      `,
      bad: `
        -- Dockerfile: COPY --chmod=755 docker/entrypoint.sh /entrypoint.sh --
        -- Dockerfile: ENTRYPOINT ["/entrypoint.sh"] --
        ENTRYPOINT ["/entrypoint.sh"]
                   ^^^^^^^^^^^^^^^^^^
      `,
    },
    {
      title: 'a target of another name',
      on: 'phoenix',
      good: `
        -- Dockerfile: RUN mix release --
        RUN make release
        -- Makefile --
        release:
        \tmix release
      `,
      bad: `
        -- Dockerfile: make release --
        make relase
        ^^^^^^^^^^^
      `,
    },
    {
      title: 'a slip in the name of a program',
      on: 'phoenix',
      bad: `
        -- Dockerfile: RUN mix release --
        RUN mxi release
            ^^^
      `,
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) for (const command of lostCommandsOf(deployment)) yield against(command)
  },
})

function against(command: LostCommand): Finding {
  const { lost, span, via, during, deployment, sure, inContext, isPassedOver } = command
  if (!isCalled(lost)) return withoutInterpreter(command, lost)
  const stops = {
    build: 'the build stops here',
    start: `${subjectOf(deployment)} stops at its start`,
    check: `the health check of ${subjectOf(deployment)} fails`,
  }[during]
  const goesOn = lost.what === 'app' ? 'Mix runs nothing here' : 'this command fails, and the script goes on without it'
  const isIgnored = lost.what === 'app' || isPassedOver
  return {
    message: `${isIgnored ? goesOn : stops}: ${lackOf(lost, inContext)}`,
    why: isIgnored ? goesOnWithout(lost) : /^(operation|package)$/.test(lost.what) ? refused : whys[during],
    span,
    related: via,
    ...(sure ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

const isCalled = (lost: LostCommand['lost']): lost is Lost => !/^(interpreter|starter|tool)$/.test(lost.what)

function lackOf(lost: Lost, inContext: string | undefined): string {
  if (lost.what === 'program') return `no program is called \`${lost.name}\`${meant(lost.near)}`
  if (lost.what !== 'file') return `${lost.file} has no ${lost.what} \`${lost.name}\`${meant(lost.near)}`
  const isNotCopied = inContext === undefined ? '' : `; \`${inContext}\` is not copied there`
  const variable = /\$\{?\w+\}?/.exec(lost.name)?.[0]
  if (variable !== undefined) return `no shell reads this, so \`${variable}\` is taken for a part of the name`
  return `nothing puts \`${lost.name}\` into the image${isNotCopied}`
}

const goesOnWithout = ({ what }: Lost): string =>
  what === 'app'
    ? 'The build goes on, and what the command should have made is not there.'
    : 'What the command should have written is empty.'

const whys: Readonly<Record<LostCommand['during'], string>> = {
  build: 'The build stops at the command: not found, or no such file or directory.',
  start: 'The container stops at its start: no such file or directory.',
  check: 'The check fails each time, and the container is said to be unhealthy.',
}

const refused = 'The program does nothing of it, and ends with an error.'

function withoutInterpreter({ span, via, deployment, during }: LostCommand, lost: LostInterpreter): Finding {
  const { what, name, script, isAwaited } = lost
  const { ships } = deployment
  const asks = script === undefined ? `\`${name}\` is` : `\`${script}\` asks for \`${name}\`, which is`
  const isBuild = during === 'build'
  const image = ships &&
    !isBuild && {
      span: ships.stage.from.span,
      text: `the stage that ships; nothing installs \`${name}\` in it`,
    }
  const stops = isAwaited ? 'waits for ever' : 'stops at its start'
  return {
    message: `${isBuild ? 'the build stops here' : `${subjectOf(deployment)} ${stops}`}: ${asks} not in the image`,
    why: whyWithout(lost, during),
    remedy:
      name === 'sh'
        ? 'Take an image that has a shell: the script of a release needs one as well'
        : `Install \`${name}\` in ${isBuild ? 'this stage before it is called' : 'the stage that ships'}, or ${what === 'interpreter' ? 'write the script for `/bin/sh`' : 'do without it'}`,
    span,
    related: [...via, ...(image ? [image] : [])],
  }
}

function whyWithout({ what, isAwaited }: LostInterpreter, during: LostCommand['during']): string {
  if (isAwaited) return 'The loop takes "not found" for "not ready", and never comes to its end.'
  return what === 'interpreter'
    ? 'The container stops at its start: no such file or directory, also for a script that is there.'
    : whys[during]
}

const subjectOf = ({ service }: LostCommand['deployment']): string => (service ? service.subject : 'the container')
