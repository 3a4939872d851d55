import { placeOf } from '../model/boot/trail.ts'
import { releaseImage, shopSources } from './example-parts.ts'
import { defineRule } from './rule.ts'

const project = (flag: string) => `
        -- compose.yaml --
        services:
          worker:
            build: .
            environment:${flag}
            healthcheck:
              disable: true
${releaseImage}
${shopSources.trim().replace(/^/, '        ')}`

export default defineRule({
  id: 'server-flag-misread',
  gotcha: 'host-and-server',
  severity: 'warning',
  summary: '`PHX_SERVER=false` turns the server on',
  incident: 'A container that should serve nothing, such as a worker, listens and takes requests.',
  why: `\`if System.get_env("PHX_SERVER")\`, as Phoenix generates it, asks whether the variable is set. Every text is true
in Elixir, \`"false"\`, \`"0"\` and the empty one too. To leave the server off, do not set the variable.`,
  links: ['https://hexdocs.pm/phoenix/releases.html'],
  examples: [
    {
      title: 'a worker',
      bad: project('\n              PHX_SERVER: "false"\n                          ^^^^^^^'),
      good: project('\n              PHX_SERVER: "true"'),
    },
  ],
  *check({ deployments }) {
    for (const { boot } of deployments) {
      for (const { name, value, span, during } of boot?.settled ? boot.reads : []) {
        if (during !== 'boot' || value.kind !== 'known' || !/^(false|0|no|off|)$/i.test(value.value)) continue
        if (!/SERVER/.test(name) || !boot?.endpoints.some((endpoint) => endpoint.listens === true)) continue
        const place = placeOf(value.trail)
        if (place === undefined || place.span.source === span.source) continue
        yield {
          message: `\`${name}\` is \`${value.value}\`, which is a text like any other: the server is on`,
          span: place.span,
          related: [{ span, text: `\`${name}\` is asked here` }],
        }
      }
    }
  },
})
