import { trailOf } from '../model/boot/trail.ts'
import { bootsOf } from './boots.ts'
import { marked, releaseImage, shopWith } from './example-parts.ts'
import { faultOf, placeholderOf } from './hosts.ts'
import { defineRule } from './rule.ts'

const project = (env: string) => `
${releaseImage.replace('CMD', `${env}CMD`)}
${shopWith(`
        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"]
        end`)}`

export default defineRule({
  id: 'host-baked',
  gotcha: 'host-and-server',
  severity: 'warning',
  ofImages: true,
  summary: 'the public host is part of the image',
  incident: 'The image that was tested on staging runs in production, and its links lead to staging.',
  why: `ENV and the default of ARG make the host a part of the image, which is then good for one environment only. What
differs between environments belongs to the start of the container, where a forgotten host stops the boot.`,
  links: ['https://hexdocs.pm/phoenix/releases.html', 'https://12factor.net/config'],
  examples: [
    {
      title: 'PHX_HOST in the Dockerfile',
      bad: marked(project('ENV PHX_HOST=shop.acme-tools.org\n        '), 'PHX_HOST=shop.acme-tools.org'),
      good: project(''),
    },
  ],
  *check(project) {
    for (const { boot, endpoints, deployment } of bootsOf(project)) {
      for (const endpoint of endpoints) {
        const host = endpoint.at('url', 'host')
        if (host?.kind !== 'binary' || placeholderOf(host) !== undefined || faultOf(host.text) !== undefined) continue
        const trail = trailOf(host)
        const baked = trail.findLast(({ span }) => span.source === deployment.dockerfile?.source)
        const read = boot.reads.find(({ span }) => trail.some((label) => label.span === span))
        if (baked === undefined || read === undefined) continue
        yield {
          message: `\`${host.text}\` is part of the image: \`${endpoint.name}\` takes its host from there`,
          span: baked.span,
          related: trail.filter((label) => label !== baked),
          certainty: 'likely',
        }
      }
    }
  },
})
