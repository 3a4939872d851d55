import { textOf } from '../../../text/source.ts'
import type { Container } from '../../container/container.ts'
import { lineageOf } from '../../stages/mix-there.ts'

/** Programs that take requests and hand them on, and those that start such programs beside others. */
const proxies =
  /\b(nginx|caddy|haproxy|envoy|traefik|apache2(ctl)?|httpd|litefs|cloudflared|tailscaled?|thruster|socat|supervisord?|runsv(dir)?|s6-\w+)\b/

/**
 * Whether another program of a container, or of one whose network it shares, may take the requests and hand them to the
 * app: its image brings such a program, or its start runs one.
 */
export function mayBeProxied({ service, start, ships }: Container): boolean {
  if (service?.network !== undefined && !/^(bridge|default)$/.test(service.network)) return true
  const brought = ships
    ? lineageOf(ships).flatMap(({ stage }) => [
        stage.from,
        ...stage.instructions.filter(({ keyword }) => /^(RUN|COPY|ADD)$/.test(keyword)),
      ])
    : []
  return [...start, ...brought].some(({ span }) => proxies.test(textOf(span)))
}
