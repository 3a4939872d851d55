import { atomName, keywordGet } from '../../languages/elixir/syntax/query.ts'
import { isNil, list } from '../../languages/elixir/values/value.ts'
import type { Boot } from '../../model/boot/boot.ts'
import type { Endpoint } from '../../model/boot/endpoint.ts'
import {
  bootsOf,
  endpointIn,
  given,
  handedReads,
  readsIn,
  startReads,
  trialSecret,
  ungivenReads,
  without,
} from '../../model/facts/boots.ts'
import { plugsIn } from '../../model/phoenix/plugs.ts'
import type { Project } from '../../model/project/project.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-not-required',
  gotcha: 'secrets',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'it is read in another way than by `System.get_env` of one name',
  ofImages: true,
  summary: 'the release boots without its `secret_key_base`',
  incident: 'The variable is forgotten, the release looks well, and each request with a session is answered with 500.',
  remedy: 'Read it by `System.fetch_env!/1`, which stops the boot without it',
  why: `\`System.get_env/1\` gives \`nil\` for a variable that is not set, and Phoenix starts with it. That the key is missing
shows at the first request that needs a cookie. \`System.fetch_env!/1\` stops the boot instead.`,
  links: ['https://hexdocs.pm/phoenix/deployment.html#handling-of-your-application-secrets'],
  examples: [
    {
      title: 'get_env without a guard',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- config/runtime.exs: secret_key_base: System.fetch_env!("SECRET_KEY_BASE") --
        secret_key_base: System.get_env("SECRET_KEY_BASE")
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'handed on by Compose, from where nobody has it',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE}
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        secret_key_base: System.fetch_env!("SECRET_KEY_BASE")`,
      bad: `
        -- config/runtime.exs: secret_key_base: System.fetch_env!("SECRET_KEY_BASE") --
        secret_key_base: System.get_env("SECRET_KEY_BASE")
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const booted of bootsOf(project)) {
      const { boot, endpoints, deployment, doubt } = booted
      for (const endpoint of endpoints) {
        const sessions = keyless(endpoint, project)
        if (sessions === undefined) continue
        yield {
          message: `no config gives \`${endpoint.name}\` a \`secret_key_base\`, which its sessions need`,
          span: lastConfigOf(endpoint.name, boot) ?? sessions.span,
          related: [{ span: sessions.span, text: 'the cookies are signed with it' }],
          severity: 'error',
          why: 'The release looks well, and each request with a session is answered with 500.',
          remedy: 'Give the endpoint a `secret_key_base` in runtime.exs, by `System.fetch_env!/1`',
          noFix: 'from which variable it comes is yours to choose',
          ...doubt,
        }
      }
      const keys = endpoints.flatMap((endpoint) => endpoint.at('secret_key_base') ?? [])
      const ungiven = [...ungivenReads(booted), ...handedReads(booted)]
      const demanded = startReads(deployment, boot).filter(
        (read) => !ungiven.includes(read) && deployment.service?.given.has(read.name),
      )
      for (const read of readsIn(list(keys), [...ungiven, ...demanded])) {
        const unset = without(boot, read.name)
        const other = given(boot, read.name, trialSecret)
        const bare = endpoints.find((endpoint) => {
          const key = endpointIn(unset, endpoint)?.at('secret_key_base')
          return key && isNil(key) && endpointIn(other, endpoint)?.at('secret_key_base')?.kind === 'binary'
        })
        if (bare === undefined) continue
        const isMissing = read.value.kind === 'unset' && typeof deployment.runs === 'string'
        yield {
          message: demanded.includes(read)
            ? `only the compose file sees to it that \`${read.name}\` is set: without it \`${bare.name}\` has no \`secret_key_base\`, and nothing stops the boot`
            : isMissing
              ? `\`${bare.name}\` has no \`secret_key_base\`: \`${read.name}\` is not set, and nothing stops the boot`
              : `nothing stops a boot without \`${read.name}\`, which leaves \`${bare.name}\` without a \`secret_key_base\``,
          span: read.span,
          related: read.value.trail,
          ...(isMissing ? { severity: 'error' } : demanded.includes(read) ? { severity: 'info' } : {}),
          fixes:
            textOf(read.span) === `System.get_env("${read.name}")`
              ? [
                  {
                    title: `Stop the boot where \`${read.name}\` is not set`,
                    safety: 'unsafe',
                    edits: [{ span: read.span, text: `System.fetch_env!("${read.name}")` }],
                  },
                ]
              : [],
        }
      }
    }
  },
})

/** Where runtime.exs names an endpoint to set something of it, the last time. */
function lastConfigOf(endpoint: string, { writes }: Boot): Span | undefined {
  const call = writes.findLast(
    (one) => one.path[1] === `Elixir.${endpoint}` && /(^|\/)(runtime|releases)\.exs$/.test(one.call.source.path),
  )?.call
  const at = call ? textOf(call).indexOf(endpoint) : -1
  return call && at >= 0 ? span(call.source, call.start + at, call.start + at + endpoint.length) : undefined
}

/** The plug for sessions in cookies of an endpoint that listens and for which no config says a key. */
function keyless({ listens, module, at }: Endpoint, { code }: Project) {
  if (listens !== 'yes' || module === undefined || at('secret_key_base') !== undefined) return undefined
  if (code.files.some(({ source }) => /\blib\//.test(source.path) && source.text.includes('secret_key_base')))
    return undefined
  return plugsIn(module.body, module, code).find(({ named, call }) => {
    const options = call.args[1]
    const written =
      options?.kind === 'attribute' ? module.attributes.find((one) => one.name === options.name)?.value : options
    return named === 'Plug.Session' && atomName(keywordGet(written, 'store')) === 'cookie'
  })
}
