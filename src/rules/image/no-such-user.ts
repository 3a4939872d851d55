import type { Deployment } from '../../model/boot/deployment.ts'
import { likely } from '../../model/facts/boots.ts'
import { type LostUser, lostUsersOf } from '../../model/facts/lost/users.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

/** What comes of a name that nobody has. */
const consequences: Readonly<Record<LostUser['during'], { readonly first: string } & Partial<Finding>>> = {
  start: { first: 'the container does not start' },
  build: { first: 'the build stops here', why: 'The build stops: there is nobody of that name.' },
  copy: {
    first: 'what is copied here belongs to root',
    why: 'BuildKit gives what is copied to root, which the app then cannot change; the builder before it stops here.',
    severity: 'warning',
  },
}

export default defineRule({
  id: 'no-such-user',
  gotcha: 'image',
  severity: 'error',
  stops: true,
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
    {
      title: 'an owner with a slip',
      on: 'phoenix',
      good: `
        -- Dockerfile: COPY --from=build --
        COPY --chown=nobody --from=build
      `,
      bad: `
        -- Dockerfile: --chown=nobody --
        --chown=nobdy
                ^^^^^
      `,
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) {
      const found = unverified(deployment)
      if (found) yield found
      for (const { what, name, span, during, near } of lostUsersOf(deployment)) {
        const { first, ...more } = consequences[during]
        yield { message: `${first}: the image has no ${what} \`${name}\`${meant(near)}`, span, ...more }
      }
    }
  },
})

/** A user that Kubernetes must know not to be root, and knows by a name alone (kubelet, `verifyRunAsNonRoot`). */
function unverified({ service, ships }: Deployment): Finding | undefined {
  const name = ships?.user?.text
  if (!service?.nonRoot || !ships?.user || name === undefined || !/^[a-z_][\w-]*(:|$)/.test(name)) return undefined
  return {
    message: `${service.subject} does not start: \`runAsNonRoot\` asks for the number of a user, and the image says \`${name}\``,
    why: 'The container stays in `CreateContainerConfigError`: "image has non-numeric user, cannot verify user is non-root".',
    remedy: 'Give the number, as `runAsUser` beside it or by `USER` of the image: `nobody` of Debian is 65534',
    span: service.nonRoot,
    related: [{ span: ships.user.span, text: 'this is a name' }],
    ...(service.closed.is || service.closed.isOfSecrets ? {} : likely),
  }
}
