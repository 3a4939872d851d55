import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'epmd-published',
  gotcha: 'host-and-server',
  severity: 'warning',
  summary: "the ports of Erlang's distribution are open to everybody",
  incident: 'Whoever finds the port and has the cookie runs code of his own in the app, with all that it may do.',
  remedy: 'Take the port away: nodes on one network reach each other without it, and `bin/my_app remote` needs none',
  why: `EPMD, the port mapper of Erlang, tells on port 4369 which nodes run and on which ports they talk to each other.
What they say is not encrypted, and the cookie alone decides who may call functions there. Containers of one network need no
published port for it.`,
  links: [
    'https://www.erlang.org/doc/apps/erts/epmd_cmd',
    'https://www.erlang.org/doc/system/distributed#security',
    'https://docs.docker.com/reference/compose-file/services/#ports',
  ],
  examples: [
    {
      title: 'the port of EPMD',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            ports: ["80:4000"]`,
      bad: `
        -- compose.yaml: ports: ["80:4000"] --
        ports: ["80:4000", "4369:4369"]
                           ^^^^^^^^^^^`,
    },
    {
      title: 'for the machine alone, and for all',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            ports:
              - "80:4000"
              - "127.0.0.1:4369:4369"`,
      bad: `
        -- compose.yaml: - "127.0.0.1:4369:4369" --
        - "0.0.0.0:4369:4369"
          ^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check({ deployments }) {
    for (const { service, environment } of deployments) {
      const distribution = environment.get('RELEASE_DISTRIBUTION')
      if (service === undefined || (distribution.kind === 'known' && distribution.value === 'none')) continue
      for (const { target, published, hostIp, span } of service.ports) {
        if (target !== epmd || published === undefined || isOwn(hostIp)) continue
        yield {
          message: `${service.subject} publishes port ${epmd}, on which EPMD tells everybody of the nodes`,
          span,
        }
      }
    }
  },
})

const epmd = 4369

/** Whether only the machine itself reaches an address. */
const isOwn = (ip: string | undefined): boolean => ip !== undefined && /^(127\.|\[?::1\]?$|localhost$)/.test(ip)
