import type { Deployment } from '../../model/boot/deployment.ts'
import { isOf, ownPlaces, trailOf } from '../../model/boot/trail.ts'
import { bootsOf } from '../../model/facts/boots.ts'
import { faultOf, placeholderOf } from '../../model/facts/hosts.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { instructionAt, withoutPair } from '../edits/dockerfile.ts'
import { givenAtStart } from '../edits/host.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'host-baked',
  gotcha: 'host-and-server',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'the value comes by way of a build argument, which others may give',
  ofImages: true,
  summary: 'the public host is part of the image',
  incident: 'The image that was tested on staging runs in production, and its links lead to staging.',
  remedy: 'Give the host when the container starts, not when the image is built',
  why: `ENV and the default of ARG make the host a part of the image, which is then good for one environment only. What
differs between environments belongs to the start of the container, where a forgotten host stops the boot.`,
  links: ['https://hexdocs.pm/phoenix/releases.html', 'https://12factor.net/config'],
  examples: [
    {
      title: 'PHX_HOST in the Dockerfile',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_HOST=shop.acme-tools.org
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        CMD ["/app/bin/shop", "start"]`,
      fixed: true,
    },
    {
      title: 'the default of a build argument',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ARG HOST=shop.acme-tools.org
        ENV PHX_HOST=$HOST
            ^^^^^^^^^^^^^^
        CMD ["/app/bin/shop", "start"]`,
    },
  ],
  *check(project) {
    for (const { boot, endpoints, deployment } of bootsOf(project)) {
      for (const endpoint of endpoints) {
        const host = endpoint.at('url', 'host')
        if (host?.kind !== 'binary' || placeholderOf(host) !== undefined || faultOf(host.text) !== undefined) continue
        const trail = trailOf(host)
        const own = ownPlaces(trail)
        const baked = own.findLast(({ span }) => span.source === deployment.dockerfile?.source)
        const read = boot.reads.find((one) => own.some((label) => isOf(label, one)))
        if (baked === undefined || read === undefined) continue
        yield {
          message: `\`${host.text}\` is part of the image: \`${endpoint.name}\` takes its host from there`,
          span: baked.span,
          related: trail.filter((label) => label !== baked),
          certainty: 'likely',
          fixes: takenOut(project, deployment, baked.span, read.name),
        }
      }
    }
  },
})

/** The fix that takes the variable out of ENV and asks for it where the container is started. */
function takenOut(project: Project, { dockerfile }: Deployment, at: Span, name: string): readonly Fix[] {
  const instruction = dockerfile && instructionAt(dockerfile, at)
  const pair = instruction?.keyword === 'ENV' ? instruction.pairs.find((one) => one.name === name) : undefined
  if (instruction?.keyword !== 'ENV' || !pair || pair.value?.includes('$')) return []
  const edit = withoutPair(instruction, pair)
  return edit ? [givenAtStart(project, name, [edit])] : []
}
