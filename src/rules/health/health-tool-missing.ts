import type { Deployment } from '../../model/boot/deployment.ts'
import { canFail } from '../../model/facts/health/requests.ts'
import type { Step } from '../../model/stage-files/step.ts'
import { programThere } from '../../model/stages/program-there.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { commandInstead, installing, withWget } from '../edits/probe.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-tool-missing',
  gotcha: 'health',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'no command of this stage installs packages to which it could be added',
  ofImages: true,
  summary: 'the health check calls a program that is not in the image',
  incident:
    'The app works and the container is unhealthy for ever: it gets no traffic, or is restarted again and again.',
  remedy: 'Install the tool of the health check in the image that runs, or check with what is there',
  why: `The images that releases are copied into are small: Debian's and Ubuntu's have neither \`curl\` nor \`wget\`, Alpine has
the \`wget\` of BusyBox and no \`curl\`. A program of the build stage is not in the stage that ships.`,
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  examples: [
    {
      title: 'curl in a slim image',
      on: 'health',
      bad: `
        -- Dockerfile: RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates curl --
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD curl -fsS http://localhost:4000/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'curl on Alpine, which has the wget of BusyBox',
      on: 'health',
      good: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.18-alpine AS build
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM alpine:3.22
        -- Dockerfile: RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates curl --
        RUN apk add --no-cache libstdc++ openssl ncurses-libs ca-certificates
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:4000/health"]`,
      bad: `
        -- Dockerfile: HEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:4000/health"] --
        HEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1:4000/health"]
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { dockerfile, ships, build, health } = deployment
      if (dockerfile === undefined || ships === undefined) continue
      for (const probe of health) {
        if (!canFail(probe) || !probe.steps.every((step) => step.command.kind !== 'unknown')) continue
        const step = probe.steps.find(
          (one) =>
            one.runs === 'always' &&
            toolOf(one) !== '' &&
            programThere(toolOf(one), dockerfile, ships, build?.args) === 'no',
        )
        if (step === undefined) continue
        yield {
          message: `the health check calls \`${toolOf(step)}\`, which is not in the image`,
          span: step.span,
          related: [
            ...step.via,
            { span: ships.stage.from.span, text: `the stage that ships; nothing installs \`${toolOf(step)}\` in it` },
          ],
          fixes: withTool(step, deployment),
          ...(isPackage(toolOf(step)) ? {} : { noFix: 'its package has another name on each system' }),
        }
      }
    }
  },
})

/** The program that has to be installed; `''` of others, which every image has. */
const toolOf = ({ command }: Step): string =>
  command.kind === 'program' && /^(curl|wget|jq|pg_isready|psql)$/.test(command.name) ? command.name : ''

/** Whether a tool comes in a package of its own name. */
const isPackage = (tool: string): boolean => /^(curl|wget|jq)$/.test(tool)

/** The fix that calls the `wget` of Alpine, or installs what is called. */
function withTool(step: Step, deployment: Deployment): readonly Fix[] {
  const { dockerfile, ships, build } = deployment
  const tool = toolOf(step)
  if (!dockerfile || !ships || !isPackage(tool)) return []
  const url = tool === 'curl' ? plainUrl(step) : undefined
  const instead =
    url !== undefined && programThere('wget', dockerfile, ships, build?.args) === 'yes'
      ? commandInstead(step.span, withWget(url))
      : undefined
  if (instead) return [{ title: 'Ask by the `wget` that the image has', safety: 'unsafe', edits: [instead] }]
  const edit = installing(deployment, tool)
  return edit ? [{ title: `Install \`${tool}\` in the image`, safety: 'unsafe', edits: [edit] }] : []
}

/** What a `curl` asks that does nothing but fail or not. */
function plainUrl({ command }: Step): string | undefined {
  const words = command.kind === 'program' ? command.argv.slice(1) : []
  const urls = words.filter((word) => /^https?:/.test(word ?? ''))
  const flags = words.filter((word) => /^(-[fsS]+|--fail|--silent|--show-error)$/.test(word ?? ''))
  return urls.length === 1 && urls.length + flags.length === words.length ? urls[0] : undefined
}
