import type { Label } from '../../../text/diagnostic.ts'
import { textOf } from '../../../text/source.ts'
import { textOfArgs } from '../../follow/arg.ts'
import type { Project } from '../../project/project.ts'
import type { Service } from '../../services/service.ts'

/** Images whose own command is a server (Docker Hub, the pages of the images). */
const servers =
  /^(docker\.io\/)?((library\/)?(postgres|mysql|mariadb|mongo|redis|valkey|rabbitmq|memcached|nats|nginx|caddy|traefik)|postgis\/postgis|pgvector\/pgvector|minio\/minio)(:|@|$)/

/** Why a service of a compose project never ends by itself; undefined where it may. */
export function neverEnds(service: Service, { deployments }: Project): Label | undefined {
  const { restart, command, entrypoint, image, build, span } = service
  if (restart === 'always' || restart === 'unless-stopped')
    return { span, text: `\`restart: ${restart}\` starts it again whenever it ends` }
  const [first] = command ?? []
  if (first && /^(tail -[fF]|sleep inf(inity)?$)[^;&|]*$/.test(textOfArgs(command ?? [])))
    return { span: first.span, text: 'this never ends' }
  if (build === undefined && command === undefined && entrypoint === undefined && servers.test(image?.name ?? ''))
    return { span: image?.span ?? span, text: 'this is a server, which never ends' }
  const server = deployments.find((one) => one.service === service)?.server
  const isServer = server?.runs === 'always' && !/\bdaemon/.test(textOf(server.span))
  return server && isServer ? { span: server.span, text: 'this serves, and never ends' } : undefined
}
