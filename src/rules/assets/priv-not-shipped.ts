import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'priv-not-shipped',
  gotcha: 'assets',
  severity: 'warning',
  preview: true,
  summary: 'the app is killed where it should be asked to stop',
  incident: 'Requests that are under way break off at every deployment.',
  remedy: 'Take `STOPSIGNAL` away, or name `SIGTERM`',
  why: `A container is stopped by the signal that \`STOPSIGNAL\` names. Erlang ends a release in order at \`SIGTERM\`; no
process hears of \`SIGKILL\`.`,
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  examples: [
    {
      title: 'by its name',
      on: 'phoenix',
      bad: `
        -- Dockerfile: USER nobody --
        USER nobody
        STOPSIGNAL SIGKILL
                   ^^^^^^^`,
    },
    {
      title: 'by its number',
      on: 'phoenix',
      bad: `
        -- Dockerfile: USER nobody --
        USER nobody
        STOPSIGNAL 9
                   ^`,
    },
  ],
  *check({ deployments }) {
    for (const { ships } of deployments) {
      for (const instruction of ships?.stage.instructions ?? []) {
        if (instruction.keyword !== 'STOPSIGNAL') continue
        const { span } = instruction.word
        const signal = textOf(span)
        if (!/^(SIGKILL|9)$/.test(signal)) continue
        yield { message: `the container is stopped by \`${signal}\`, of which the app does not hear`, span }
      }
    }
  },
})
