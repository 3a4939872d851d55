import { calls } from '../../languages/elixir/syntax/query.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import { isOf, isScript, placeOf, trailOf } from '../../model/boot/trail.ts'
import { allBootsOf, likely } from '../../model/facts/boots.ts'
import { isUnfilled } from '../../model/facts/secrets/unfilled.ts'
import { defineRule } from '../rule.ts'

/** What Plug wants of the key (Plug.Session.COOKIE). */
const leastBytes = 64

export default defineRule({
  id: 'secret-too-short',
  gotcha: 'secrets',
  severity: 'error',
  ofImages: true,
  summary: '`secret_key_base` has fewer than 64 bytes',
  incident: 'The release boots, and each request that reads or writes the session is answered with 500.',
  remedy: 'Give at least 64 bytes, as `mix phx.gen.secret` makes them',
  why: `Plug wants a key of at least 64 bytes for cookies and asks for it at the first request that needs one, not at the
start. \`mix phx.gen.secret\` makes a good one.`,
  links: [
    'https://hexdocs.pm/plug/Plug.Session.COOKIE.html',
    'https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Gen.Secret.html',
  ],
  examples: [
    {
      title: 'a word for a key',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?}
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- compose.yaml: SECRET_KEY_BASE: \${SECRET_KEY_BASE:?} --
        SECRET_KEY_BASE: changeme
                         ^^^^^^^^`,
    },
    {
      title: 'a word in an env file',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?}
        -- config/runtime.exs: http: [port: 4000] --
        http: [port: 4000],
        secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- compose.yaml: environment: … SECRET_KEY_BASE: \${SECRET_KEY_BASE:?} --
        env_file: web.env
        -- web.env --
        SECRET_KEY_BASE=changeme
                        ^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const { deployment, boot, endpoints, doubt } of allBootsOf(project)) {
      for (const endpoint of endpoints) {
        const key = endpoint.at('secret_key_base')
        const fault = faultIn(key, (one) => one.kind === 'binary' && isShort(one.text))
        if (fault === undefined) continue
        const trail = trailOf(fault.value)
        const place = placeOf(trail)
        // What Dockerfiles and config scripts write out is found by the rules on secrets.
        if (
          place === undefined ||
          isScript(place.span.source.path) ||
          /dockerfile|containerfile|^image config$/i.test(place.span.source.path)
        )
          continue
        const read = boot.reads.find((one) => trail.some((label) => isOf(label, one)))
        const isTemplate = fault.value.kind === 'binary' && isUnfilled(fault.value.text, place.span)
        const name = read ? `\`${read.name}\`` : 'this'
        yield {
          message: `\`secret_key_base\` of \`${endpoint.name}\` must have ${leastBytes} bytes, and ${isTemplate ? `${name} is a placeholder, to be replaced before this Secret is applied` : `${name} has fewer`}`,
          span: place.span,
          related: trail.filter((label) => label !== place),
          ...(isApi(deployment) || isTemplate ? likely : {}),
          ...fault.doubt,
          ...doubt,
        }
      }
    }
  },
})

/**
 * Whether the routers in view have pipelines and none of the code fetches a session, as in an API: what asks for the
 * length is the store of sessions alone (Plug.Session.COOKIE).
 */
const isApi = ({ code }: Deployment): boolean =>
  code.using('Phoenix.Router', 'router').some(({ body }) => calls(body, 'pipeline').length > 0) &&
  !code.files.some(({ source }) => fetching.test(source.text))

const fetching =
  /^(?!\s*#).*(:fetch_(live_)?(session|flash)|:protect_from_forgery|(?<![.\w]|def |defp )(fetch|get|put)_session\(|Plug\.Conn\.\w+_session|Phoenix\.LiveView|put_encrypted_cookie|\b(encrypt|sign): true)/m

const isShort = (text: string): boolean => text !== '' && new TextEncoder().encode(text).length < leastBytes
