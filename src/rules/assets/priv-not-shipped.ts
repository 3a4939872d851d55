import { posix } from 'node:path'
import { decidingPattern } from '../../languages/dockerignore/dockerignore.ts'
import { reachesReleaseLater, releasesOf, type ShippedRelease } from '../../model/facts/assets.ts'
import { type LostPart, lostParts } from '../../model/facts/lost/priv.ts'
import { hasOwnReleaseSteps } from '../../model/phoenix/mix.ts'
import { ignoreFor } from '../../model/stage-files/find-context.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { runOf } from '../edits/before-step.ts'
import { linesAbove } from '../edits/lines.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'priv-not-shipped',
  gotcha: 'assets',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'what keeps the files out may be there for another reason',
  summary: 'the release is made without the files of `priv`',
  incident: 'The migrations find nothing to do and end well, and the app has no tables, pictures or translations.',
  remedy: 'Copy `priv` before the release is made',
  why: `A release has of \`priv\` what is there when \`mix release\` is called: migrations, static files, translations, whatever the
app reads from there. Nothing misses them at the build, and \`Ecto.Migrator\` is content with a folder that is empty or is not there.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-the-release-structure',
    'https://hexdocs.pm/phoenix/releases.html#containers',
  ],
  examples: [
    {
      title: 'a Dockerfile that copies folder by folder',
      on: 'phoenix',
      good: `
        -- Dockerfile: COPY . . --
        COPY mix.exs ./
        COPY config config
        COPY lib lib
        COPY priv priv
        -- priv/static/images/logo.svg --
        <svg/>`,
      bad: `
        -- Dockerfile: COPY priv priv … RUN mix release --
        RUN mix release
            ^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'kept out of the build context',
      on: 'phoenix',
      good: `
        -- .dockerignore --
        deps
        -- lib/shop_web/gettext.ex --
        defmodule ShopWeb.Gettext do
          use Gettext.Backend, otp_app: :shop
        end
        -- priv/gettext/de/LC_MESSAGES/default.po --
        msgid "cart"
        msgstr "Warenkorb"`,
      bad: `
        -- .dockerignore --
        deps
        priv
        ^^^^`,
    },
  ],
  *check(project) {
    for (const shipped of releasesOf(project)) {
      const { release, deployment, build } = shipped
      const [first, ...others] = lostParts(deployment, project.tree)
      if (first === undefined || reachesReleaseLater(shipped) || copiesLater(shipped)) continue
      const { root } = build.context
      const ignore = ignoreFor(build.dockerfile.source.path, root, project.tree)
      const pattern = ignore && decidingPattern(ignore, posix.relative(root, first.path))
      const ignored = pattern && build.context.typeOf(below(root, first.path) ?? first.path) === undefined
      const names = [...new Set([first, ...others].map(({ what }) => what))].join(' and ')
      const certain = release.step.runs === 'always' && !hasOwnReleaseSteps(release.app)
      yield {
        message: ignored
          ? `the ${names} of \`priv\` are kept out of the build context, and so of the release`
          : `\`mix release\` runs without the ${names} of \`priv\``,
        why: [...new Set([first, ...others].map(({ what }) => whys[what]))].join(' '),
        span: ignored ? pattern : release.step.span,
        related: [
          ...release.step.via,
          ...first.located.causes.map(({ span }) => ({ span, text: 'they are removed here' })),
          ...(first.later ? [first.later] : []),
          ...(ignored ? [{ span: release.step.span, text: 'the release is made here, without them' }] : []),
        ],
        fixes: ignored || first.located.causes.length > 0 ? [] : copying(first, shipped),
        ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
      }
    }
  },
})

/** Whether something is put into the folders of the applications of the release after it was made. */
const copiesLater = ({ ships, release }: ShippedRelease): boolean =>
  [...ships.files.writes, ...release.files.writes.slice(release.before + 1)].some(
    (write) => write.kind !== 'removed' && /\/lib\/[^/]+\/priv(\/|$)/.test(write.target),
  )

/** The fix that copies the whole folder. */
function copying({ app }: LostPart, { release, build }: ShippedRelease): readonly Fix[] {
  const run = runOf(build, release.step)
  const root = release.app
  if (run === undefined || root === undefined) return []
  const from = posix.join(below(build.context.root, app.folder) ?? app.folder, 'priv')
  const folder = posix.join(posix.relative(root.folder, app.folder), 'priv')
  const to = release.step.cwd === release.project ? folder : posix.join(release.project, folder)
  const edits = [linesAbove(run.span.source, run.span.start, `COPY ${from} ${to}`)]
  return [{ title: 'Copy `priv` before the release is made', safety: 'unsafe', edits }]
}

const whys: Readonly<Record<LostPart['what'], string>> = {
  migrations: 'The migrations find nothing to do and end well, and the app has no tables.',
  'static files': 'Browsers get 404 for pictures and other files of `priv/static`.',
  translations: 'Every page is in the language of the source, whatever users choose.',
}
