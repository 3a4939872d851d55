import { programThere } from '../model/build/program-there.ts'
import type { Step } from '../model/build/step.ts'
import { canFail } from './health.ts'
import { askingAction, healthSources, probedImage } from './health-parts.ts'
import { defineRule } from './rule.ts'

const probe = 'HEALTHCHECK CMD curl -fsS http://localhost:4000/health'

export default defineRule({
  id: 'health-tool-missing',
  gotcha: 'health',
  severity: 'error',
  ofImages: true,
  summary: 'the health check calls a program that is not in the image',
  incident:
    'The app works and the container is unhealthy for ever: it gets no traffic, or is restarted again and again.',
  why: `The images that releases are copied into are small: Debian's and Ubuntu's have neither \`curl\` nor \`wget\`, Alpine has
the \`wget\` of BusyBox and no \`curl\`. A program of the build stage is not in the stage that ships.`,
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  examples: [
    {
      title: 'curl in a slim image',
      bad: `
${probedImage(
  `HEALTHCHECK CMD curl -fsS http://localhost:4000/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
  'ca-certificates',
)}
${healthSources(askingAction)}`,
      good: `
${probedImage(probe)}
${healthSources(askingAction)}`,
    },
  ],
  *check(project) {
    for (const { dockerfile, ships, service, health } of project.deployments) {
      if (dockerfile === undefined || ships === undefined) continue
      for (const probe of health) {
        if (!canFail(probe) || !probe.steps.every((step) => step.command.kind !== 'unknown')) continue
        const step = probe.steps.find(
          (one) =>
            one.runs === 'always' &&
            toolOf(one) !== '' &&
            programThere(toolOf(one), dockerfile, ships, service?.build?.args) === 'no',
        )
        if (step === undefined) continue
        yield {
          message: `the health check calls \`${toolOf(step)}\`, which is not in the image`,
          span: step.span,
          related: [
            ...step.via,
            { span: ships.stage.from.span, text: `the stage that ships; nothing installs \`${toolOf(step)}\` in it` },
          ],
        }
      }
    }
  },
})

/** The program that has to be installed; `''` of others, which every image has. */
const toolOf = ({ command }: Step): string =>
  command.kind === 'program' && /^(curl|wget|jq|pg_isready|psql)$/.test(command.name) ? command.name : ''
