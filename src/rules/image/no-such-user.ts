import { lostUsersOf } from '../../model/facts/lost/users.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'no-such-user',
  gotcha: 'image',
  severity: 'error',
  summary: 'a user or group is named that the image does not have',
  incident: 'The container does not start: `unable to find user … no matching entries in passwd file`.',
  remedy: 'Make the user before it is named, with `useradd` or `adduser`, or name one that is there',
  why: `\`USER\`, \`user\` of a compose file and \`--chown\` of COPY take a name from \`/etc/passwd\` of the image, or a number, which
need not be there. Each stage has its own: what \`RUN useradd\` makes in one is not in another.`,
  links: [
    'https://docs.docker.com/reference/dockerfile/#user',
    'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
  ],
  examples: [
    {
      title: 'a user that nobody has made',
      on: 'phoenix',
      good: `
        -- Dockerfile: USER nobody --
        RUN useradd --system --no-create-home app
        USER app
      `,
      bad: `
        -- Dockerfile: RUN useradd --system --no-create-home app --
        -- Dockerfile: USER app --
        USER app
             ^^^
      `,
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) {
      for (const { what, name, span, during, near } of lostUsersOf(deployment)) {
        const stops = during === 'build' ? 'the build stops here' : 'the container does not start'
        yield {
          message: `${stops}: the image has no ${what} \`${name}\`${meant(near)}`,
          span,
          ...(during === 'build' ? { why: 'The build stops: there is nobody of that name.' } : {}),
        }
      }
    }
  },
})
