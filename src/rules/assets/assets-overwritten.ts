import { posix } from 'node:path'
import { entryAt } from '../../files/tree.ts'
import { excludes } from '../../languages/dockerignore/dockerignore.ts'
import {
  reachesReleaseLater,
  releasesOf,
  type ShippedRelease,
  type StaticFolder,
  staticFoldersOf,
  wordsOf,
} from '../../model/facts/assets.ts'
import type { Project } from '../../model/project/project.ts'
import { ignoreFor } from '../../model/stage-files/find-context.ts'
import { locate } from '../../model/stage-files/locate.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Command, Step } from '../../model/stage-files/step.ts'
import type { Located, Write } from '../../model/stage-files/types.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { assetsStale } from '../in-image/assets.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'assets-overwritten',
  gotcha: 'assets',
  severity: 'error',
  summary: 'other files are laid over the digested assets',
  incident: 'Pages name files of an older digest: browsers get 404 for CSS and JavaScript, and no log line says why.',
  remedy: 'Copy `priv` and the sources before the digest, or leave `priv/static` out of the build context',
  why: `COPY and bundlers write over what is there. Where an old \`cache_manifest.json\`, or none, takes the place of the one that
\`mix phx.digest\` wrote, the release has files and a manifest that do not belong together.`,
  links: ['https://hexdocs.pm/phoenix/Mix.Tasks.Phx.Digest.html', 'https://docs.docker.com/reference/dockerfile/#copy'],
  examples: [
    {
      title: 'an old manifest of the repository over the new one',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix assets.deploy --
        COPY priv priv
        RUN mix assets.deploy
        -- priv/static/cache_manifest.json --
        {"latest": {"assets/app.js": "assets/app-1d2c3b4a.js"}}`,
      bad: `
        -- Dockerfile: RUN mix deps.get … RUN mix assets.deploy --
        RUN mix deps.get && mix assets.deploy
        COPY priv priv
        ^^^^^^^^^^^^^^`,
    },
    {
      title: 'bundled once more',
      on: 'assets',
      good: `
        -- Dockerfile: RUN mix deps.get --
        RUN mix deps.get && mix esbuild shop --minify`,
      bad: `
        -- Dockerfile: RUN mix deps.get && mix esbuild shop --minify … RUN mix assets.deploy --
        RUN mix deps.get && mix assets.deploy
        RUN mix esbuild shop --minify
            ^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  checkImage: assetsStale,
  *check(project) {
    for (const shipped of releasesOf(project)) {
      if (reachesReleaseLater(shipped)) continue
      for (const folder of staticFoldersOf(project, shipped)) {
        const found = replaced(folder, shipped, project) ?? mixedUp(folder, shipped, project)
        if (found) yield found
      }
    }
  },
})

/** The manifest of a digest before the release is gone, or is one of the context. */
function replaced(folder: StaticFolder, { release }: ShippedRelease, project: Project): Finding | undefined {
  const { origin, causes } = folder.manifest
  const [cause] = causes
  if (!cause || (origin.kind !== 'context' && origin.kind !== 'removed')) return undefined
  const at = release.files.writes.findLastIndex((write, index) => index < release.before && write.cause === cause)
  const earlier: Located = locate(release.files, posix.join(folder.path, 'cache_manifest.json'), at)
  if (at === -1 || earlier.origin.kind !== 'made' || earlier.origin.artifact.kind !== 'digest') return undefined
  const { step } = earlier.origin.artifact
  const words = textOf(cause.span).replace(/\\?\s+/g, ' ')
  const path = origin.kind === 'context' ? origin.path : ''
  const onlyHere = entryAt(project.tree, path)?.gitIgnored === true
  const certain = cause.runs === 'always' && step.runs === 'always' && !onlyHere
  return finding({
    message:
      origin.kind === 'context'
        ? `\`${words}\` lays an old \`${path}\` over the one that \`${wordsOf(step)}\` has written`
        : `\`${words}\` removes the manifest that \`${wordsOf(step)}\` has written`,
    ...(origin.kind === 'context'
      ? {}
      : { why: 'The app logs one line about its manifest, and browsers keep old scripts after each deployment.' }),
    span: cause.span,
    step,
    certain,
  })
}

/** The manifest of the digest is there, and what came after it is not in it. */
function mixedUp(folder: StaticFolder, shipped: ShippedRelease, project: Project): Finding | undefined {
  const { release } = shipped
  const { origin, causes } = folder.manifest
  if (origin.kind !== 'made' || origin.artifact.kind !== 'digest') return undefined
  const { step } = origin.artifact
  const first = release.files.writes.findIndex((write) => write.cause === causes[0])
  if (first === -1) return undefined
  for (const write of release.files.writes.slice(first + 1, release.before)) {
    if (write.until !== undefined || write.cause === causes[0] || !touches(write, folder.path)) continue
    const words = textOf(write.cause.span).replace(/\\?\s+/g, ' ')
    const said = { span: write.cause.span, step }
    if (write.kind === 'made' && write.artifact.kind === 'bundle') {
      const { command } = write.artifact.step
      const earlier = bundlesBefore(first, shipped)
      const isAnother = earlier.length > 0 && !earlier.includes(callOf(command))
      if (isAnother && serviceWorker.test(callOf(command))) continue
      const certain = command.kind === 'mix' && write.cause.runs === 'always' && !isAnother
      return finding({
        ...said,
        message: `\`${words}\` bundles after \`${wordsOf(step)}\` has digested, so the manifest is that of other files`,
        why: 'Browsers get the scripts and styles of the digest, and not those of the last bundle.',
        certain,
      })
    }
    if (write.kind !== 'copy') continue
    if (write.from.in === 'stage' && write.from.files !== release.files) {
      if (!bringsBundle(write, folder.path)) continue
      return finding({
        ...said,
        message: `\`${words}\` brings assets after \`${wordsOf(step)}\` has digested, and they are not in the manifest`,
        why: 'Pages name these files without a digest, so browsers keep old ones after each deployment.',
        certain: true,
      })
    }
    if (write.from.in === 'context' && mayHoldManifest(write, folder, shipped, project)) {
      return finding({
        ...said,
        message: `\`${words}\` lays the \`priv/static\` of the machine that builds over what \`${wordsOf(step)}\` has written`,
        certain: false,
      })
    }
  }
  return undefined
}

/** What browsers ask for by its plain name, and is therefore bundled after the digest on purpose. */
const serviceWorker = /service[_-]?worker|\bsw\b|workbox/i

/** What bundled in front of a write of the stage that makes the release. */
const bundlesBefore = (index: number, { release }: ShippedRelease): readonly string[] =>
  release.files.writes
    .slice(0, index)
    .flatMap((write) =>
      write.kind === 'made' && write.artifact.kind === 'bundle' ? [callOf(write.artifact.step.command)] : [],
    )

/** A command without its options: what it bundles. */
const callOf = (command: Command): string => {
  const words =
    command.kind === 'mix' ? [command.task, ...command.args] : command.kind === 'program' ? command.argv : []
  return words.filter((word) => word !== undefined && !word.startsWith('-')).join(' ')
}

const touches = ({ target }: Write, path: string) =>
  below(target, path) !== undefined || below(path, target) !== undefined

/** Whether a copy from another stage has bundled files for the folder. */
function bringsBundle(write: Write, path: string): boolean {
  if (write.kind !== 'copy' || write.from.in !== 'stage') return false
  const { files, path: source, before } = write.from
  const inside = below(write.target, path)
  const at = inside === undefined ? source : posix.join(source, inside)
  return [at, posix.join(at, 'assets')].some((one) => {
    const { origin } = locate(files, one, before)
    return origin.kind === 'made' && origin.artifact.kind === 'bundle'
  })
}

/** Whether the context may hold a manifest on a machine that has digested once: no ignore file takes it away. */
function mayHoldManifest(write: Write, folder: StaticFolder, { build }: ShippedRelease, project: Project): boolean {
  if (write.kind !== 'copy' || write.from.in !== 'context' || folder.app === undefined) return false
  if (below(write.target, folder.path) === undefined) return false
  const { context } = write.from
  const ignore = ignoreFor(build.dockerfile.source.path, context.root, project.tree)
  const path = posix.join(write.from.path, below(write.target, folder.path) ?? '', 'cache_manifest.json')
  // The Mix of that machine writes it into its own project, and nowhere else.
  if (path !== posix.join(folder.app.folder, 'priv/static/cache_manifest.json')) return false
  return !(ignore && excludes(ignore, posix.relative(context.root, path)))
}

interface Overwriting {
  readonly message: string
  readonly span: Finding['span']
  readonly step: Step
  readonly certain: boolean
  readonly why?: string
}

const finding = ({ step, certain, ...said }: Overwriting): Finding => ({
  ...said,
  related: [{ span: step.span, text: 'the assets are digested here' }, ...step.via],
  ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
})
