import { textOf } from '../../text/source.ts'
import { marked, releaseImage, shopSources } from '../example-parts.ts'
import { defineRule } from '../rule.ts'

const server = releaseImage.replace('USER nobody', 'USER nobody\n        ENV PHX_SERVER=true')
const killed = server.replace('USER nobody', 'USER nobody\n        STOPSIGNAL SIGKILL')

export default defineRule({
  id: 'no-such-script',
  gotcha: 'image',
  severity: 'warning',
  summary: 'the app is killed where it should be asked to stop',
  incident: 'Requests that are under way break off at every deployment.',
  why: `A container is stopped by the signal that \`STOPSIGNAL\` names. Erlang ends a release in order at \`SIGTERM\`; no
process hears of \`SIGKILL\`.`,
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  examples: [
    {
      title: 'by its name',
      bad: `${marked(killed, 'SIGKILL')}\n${shopSources}`,
      good: `${server}\n${shopSources}`,
    },
    {
      title: 'by its number',
      bad: `${marked(killed.replace('SIGKILL', '9'), '9')}\n${shopSources}`,
      good: `${server}\n${shopSources}`,
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
