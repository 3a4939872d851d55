import type { Deployment } from '../../model/boot/deployment.ts'
import { runnerOf } from '../../model/facts/runner.ts'
import type { Label } from '../../text/diagnostic.ts'
import { runsAsRoot } from '../in-image/system.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'runs-as-root',
  gotcha: 'image',
  severity: 'info',
  summary: 'the app runs as root',
  incident:
    'Whoever breaks into the app is root in the container: every file of the image and of its volumes is theirs to change.',
  remedy: 'Add `USER nobody`, or a user of its own, before CMD',
  why: `Without \`USER\` a container runs as root. A release needs none of it: it listens on a port above 1024 and writes
nothing but \`tmp/\` (\`RELEASE_TMP\`). The image that Phoenix generates runs as \`nobody\`.`,
  links: [
    'https://docs.docker.com/build/building/best-practices/#user',
    'https://hexdocs.pm/phoenix/releases.html#containers',
  ],
  examples: [
    {
      title: 'no USER',
      on: 'assets',
      bad: `
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bookworm-slim
        ^^^^^^^^^^^^^^^^^^^^^^^^^
        -- Dockerfile: USER nobody --`,
    },
    {
      title: 'root again at the end',
      on: 'release',
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        RUN mkdir -p tmp
        USER root
             ^^^^
        CMD ["/app/bin/shop", "start"]`,
    },
  ],
  checkImage: runsAsRoot,
  *check({ deployments }) {
    for (const deployment of deployments) {
      const { ships, service } = deployment
      const place = ships && rootAt(deployment)
      if (!place || dropsRights(deployment)) continue
      const who = service ? service.subject : 'the image'
      yield { message: `${who} runs the app as root: ${place.text}`, span: place.span, certainty: 'likely' }
    }
  },
})

/** Where it is decided that a container surely runs as root, and how; undefined where nothing proves that. */
function rootAt(deployment: Deployment): Label | undefined {
  const { ships, service, runs } = deployment
  if (!ships || typeof runs !== 'string') return undefined
  if (service?.user) {
    const { value, span } = service.user
    return value.kind === 'known' && isRoot(value.value) ? { span, text: '`user` says so' } : undefined
  }
  if (ships.user) return isRoot(ships.user.text) ? { span: ships.user.span, text: '`USER` says so' } : undefined
  const runner = runnerOf(deployment)
  const isPlain =
    runner.kind === 'known' && runner.value.distributions.length > 0 && !/nonroot|chainguard/.test(runner.value.image)
  return isPlain ? { span: ships.stage.from.span, text: 'no `USER` says otherwise' } : undefined
}

const isRoot = (user: string) => /^(root|0)(:|$)/.test(user)

/** Whether the app is started as another user, or what a script starts so may be itself: `exec gosu nobody "$0" "$@"`. */
const dropsRights = ({ start, server }: Deployment): boolean =>
  server?.otherUser === true || start.some(({ otherUser, command }) => otherUser && command.kind === 'unknown')
