import { posix } from 'node:path'
import { homeOf } from '../../model/facts/release-home.ts'
import type { ServiceMount } from '../../model/services/service.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Finding } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'mount-hides-release',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'something is mounted over the release',
  incident: 'The container does not find its own start script, or goes on with the release of the first deployment.',
  remedy: 'Mount a folder below the release instead of the one that it stands in, or nothing',
  why: `A mount hides what the image has at that path. A folder of the machine that is mounted over the release has no
\`bin/server\`. A new named volume is filled from the image once; from then on it hides every later release.`,
  links: [
    'https://docs.docker.com/engine/storage/bind-mounts/#mounting-over-existing-data',
    'https://docs.docker.com/engine/storage/volumes/#mounting-a-volume-over-existing-data',
  ],
  examples: [
    {
      title: 'the sources of development',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            volumes:
              - uploads:/data
        volumes:
          uploads:`,
      bad: `
        -- compose.yaml: - uploads:/data --
        - uploads:/data
        - .:/app
          ^^^^^^`,
    },
    {
      title: 'a volume for all',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            volumes:
              - uploads:/data
        volumes:
          uploads:`,
      bad: `
        -- compose.yaml: - uploads:/data --
        - uploads:/app
          ^^^^^^^^^^^^`,
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) {
      const { service } = deployment
      const home = homeOf(deployment)
      if (service === undefined || home === undefined) continue
      for (const mount of service.mounts) {
        const finding = hidden(mount, home, service.name)
        if (finding) yield finding
      }
    }
  },
})

/** Where a release has the static files of an application. */
const holdsStatic = /^lib\/[^/]+\/priv(\/static(\/assets)?)?$/

/** Static files whose names the manifest of the release has, and which come from elsewhere. */
const hiddenStatic = (path: string, isEmpty: boolean, name: string, span: Span): Finding => ({
  message: isEmpty
    ? `what is mounted at \`${path}\` hides the static files of the release of \`${name}\``
    : `this volume keeps the static files of the first release of \`${name}\`, whatever is deployed after it`,
  why: 'Pages ask for styles and scripts by the names of this build, and get 404, or what an older build made.',
  remedy: 'Mount a folder of its own for files of users, and let the release serve what it was built with',
  span,
  related: [],
  severity: 'warning',
  certainty: 'likely',
})

/** The folders without which a release does not start (mix help release, "The release structure"). */
const needed = /^(bin|lib|releases|erts-[^/]*)$/

function hidden({ target, type, isBind, from, span }: ServiceMount, home: string, name: string): Finding | undefined {
  const path = posix.normalize(target).replace(/(?<=.)\/$/, '')
  const inside = below(home, path)
  if (inside !== undefined && holdsStatic.test(inside))
    return hiddenStatic(path, isBind || type === 'tmpfs', name, span)
  if (below(path, home) === undefined && !(inside !== undefined && needed.test(inside))) return undefined
  // A release that was built on the machine itself.
  if (isBind && /(^|\/)rel(ease)?(\/(?!overlays\b)|$)/.test(from ?? '')) return undefined
  if (isBind || type === 'tmpfs')
    return {
      message: `\`${name}\` does not start: what is mounted at \`${path}\` hides the release`,
      why: 'The container does not find its own start script, and stops.',
      span,
      related: [],
    }
  return {
    message: `this volume keeps what \`${path}\` holds at the first start, so \`${name}\` never runs a later release`,
    why: 'The container goes on with the release of the first deployment, whatever is deployed after it.',
    remedy: 'Take the volume away, or mount it at a folder for data alone',
    span,
    related: [],
    severity: 'warning',
  }
}
