import type { PlatformName } from '../../languages/platforms/types.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { spanOfKey } from '../../model/boot/span-of-key.ts'
import type { ProbeRequest } from '../../model/container/container.ts'
import { likely } from '../../model/facts/boots.ts'
import { type ForcedSsl, forcedSslOf, redirects } from '../../model/facts/forced-ssl.ts'
import { type AskedRequest, canFail, requestsOf } from '../../model/facts/health/requests.ts'
import type { Fix, Label } from '../../text/diagnostic.ts'
import { partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-redirected',
  gotcha: 'health',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'only a request to `127.0.0.1` can ask for `localhost` in its place',
  ofImages: true,
  summary: '`force_ssl` answers the health check with a redirect',
  incident:
    'The health route is never asked: `curl` takes 301 for a success whatever the database does, and other clients fail for ever.',
  remedy: 'Exclude the health route, or its host, from `force_ssl`',
  why: `\`force_ssl\` comes before every plug of the endpoint. It sends each plain request to \`https://\`, but for the hosts and
paths of \`exclude\`: \`localhost\` alone where there is none, so that a probe of \`127.0.0.1\` or of the name of a service is
redirected. \`exclude: [hosts: […]]\` and \`[paths: […]]\` need Plug 1.19.`,
  links: ['https://hexdocs.pm/plug/Plug.SSL.html', 'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html'],
  examples: [
    {
      title: '127.0.0.1 is not localhost',
      on: 'phoenix',
      good: `
        -- Dockerfile: RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates … COPY --from=build /app/_build/prod/rel/shop /app --
        WORKDIR /app
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates curl
        COPY --from=build /app/_build/prod/rel/shop ./
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        HEALTHCHECK CMD curl -fsS http://127.0.0.1:4000/health
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, force_ssl: [rewrite_on: [:x_forwarded_proto], exclude: [hosts: ["localhost", "127.0.0.1"]]]`,
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://127.0.0.1:4000/health --
        HEALTHCHECK CMD curl -fsS http://127.0.0.1:4000/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        -- config/config.exs: config :shop, ShopWeb.Endpoint, force_ssl: [rewrite_on: [:x_forwarded_proto], exclude: [hosts: ["localhost", "127.0.0.1"]]] --
        config :shop, ShopWeb.Endpoint, force_ssl: [rewrite_on: [:x_forwarded_proto], exclude: [hosts: ["localhost"]]]`,
    },
    {
      title: 'a request as the proxy makes it',
      on: 'phoenix',
      good: `
        -- Dockerfile: RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates … COPY --from=build /app/_build/prod/rel/shop /app --
        WORKDIR /app
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates curl
        COPY --from=build /app/_build/prod/rel/shop ./
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        HEALTHCHECK CMD curl -fsS -H "X-Forwarded-Proto: https" http://127.0.0.1:4000/health
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, force_ssl: [rewrite_on: [:x_forwarded_proto], exclude: [hosts: ["localhost"]]]`,
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS -H "X-Forwarded-Proto: https" http://127.0.0.1:4000/health --
        HEALTHCHECK CMD curl -fsS http://127.0.0.1:4000/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const asked of requestsOf(project)) {
      const { deployment, probe, request } = asked
      const forced = forcedSslOf(deployment, asked.answer)
      if (!forced || !canFail(probe) || !isRedirected(request, forced)) continue
      const taken = isPlatform(request) ? takenBy(deployment.service?.platform, request, forced) : consequence(asked)
      if (taken === undefined) continue
      const host = hostOf(request)
      yield {
        message: `the health check gets a redirect to ${host === '' ? 'HTTPS' : `\`https://${host}\``} from ${forced.name}: ${taken}`,
        span: request.span,
        related: [...probe.via, ...placeOf(deployment, forced)],
        fixes: byName(request, forced),
        ...(isPlatform(request) ? likely : {}),
        ...forced.doubt,
      }
    }
  },
})

const isPlatform = ({ step: { command } }: ProbeRequest): boolean =>
  command.kind === 'program' && command.name === 'platform'

/**
 * What a platform makes of a redirect; undefined where it surely makes nothing of it, and where it may say by a header that the
 * request came over HTTPS. Kubernetes follows none to another host, and Render none at all; kamal-proxy asks the address to which
 * it leads, where no version answers before this one.
 */
function takenBy(
  platform: PlatformName | undefined,
  { path }: ProbeRequest,
  { rewrites }: ForcedSsl,
): string | undefined {
  if (platform === 'kubernetes') return `Kubernetes takes that for a success, and \`${path}\` is never asked`
  if (platform === 'render' && !rewrites) return `Render takes that for a success, and \`${path}\` is never asked`
  if (platform === 'fly') return 'Fly.io takes that for a failure'
  return platform === 'kamal' ? 'Kamal takes that for a failure, or asks another version of the app' : undefined
}

/** Whether a probe over plain HTTP is sent elsewhere, as far as its words tell. */
function isRedirected(request: ProbeRequest, forced: ForcedSsl): boolean {
  const { command } = request.step
  if (command.kind !== 'program') return false
  const words = command.argv.slice(1)
  if (words.some((word) => word === undefined || /^https:\/\//.test(word))) return false
  const proto = words.some((word) => /^x-forwarded-proto:\s*https$/i.test(headerOf(word)))
  return !(proto && forced.rewrites) && redirects(forced, hostOf(request), request.path)
}

/** The host that the app sees: that of a `Host` header, else that of the URL; platforms ask an address of the container. */
function hostOf(request: ProbeRequest): string {
  const { command } = request.step
  const words = command.kind === 'program' ? command.argv : []
  const header = words.map((word) => /^host:\s*([^:]+)/i.exec(headerOf(word))?.[1]).find((one) => one !== undefined)
  return header ?? (isPlatform(request) ? '' : request.host)
}

/** A header that a word of curl or wget gives, alone or behind its option. */
const headerOf = (word: string | undefined): string => (word ?? '').replace(/^(--header=|-H)\s*/, '')

function consequence({ request: { path, step } }: AskedRequest): string {
  const { command } = step
  const words = command.kind === 'program' ? command.argv.slice(1) : []
  const follows = words.some((word) => /^(--location|-[a-zA-KM-Z]*L[a-zA-Z]*)$/.test(word ?? ''))
  return command.kind === 'program' && command.name === 'curl' && !follows
    ? `\`curl\` takes that for a success, and \`${path}\` is never asked`
    : 'nobody answers there'
}

const placeOf = ({ boot }: Deployment, { endpoint, plug }: ForcedSsl): readonly Label[] => {
  const span = plug?.span ?? (boot && spanOfKey(boot, [endpoint.otpApp, `Elixir.${endpoint.name}`, 'force_ssl']))
  // Phoenix hands the plug what is in `force_ssl`, and nothing that stands beside it.
  const beside =
    endpoint.at('exclude') && boot && spanOfKey(boot, [endpoint.otpApp, `Elixir.${endpoint.name}`, 'exclude'])
  return [
    ...(span ? [{ span, text: 'plain requests are redirected here' }] : []),
    ...(beside ? [{ span: beside, text: 'this is no part of `force_ssl`, and excludes nothing' }] : []),
  ]
}

/** The fix that asks by the name for which no redirect is made. */
function byName(request: ProbeRequest, forced: ForcedSsl): readonly Fix[] {
  if (request.host !== '127.0.0.1' || redirects(forced, 'localhost', request.path)) return []
  const edit = partInstead(request.span, /(?<=:\/\/)127\.0\.0\.1/, 'localhost')
  return edit ? [{ title: 'Ask `localhost`, which is not redirected', safety: 'unsafe', edits: [edit] }] : []
}
