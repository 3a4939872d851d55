import { posix } from 'node:path'
import type { Tree } from '../../files/tree.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { doubtOf, likely } from '../../model/facts/boots.ts'
import { startedWriters, writesIntoRelease } from '../../model/facts/code/own-writes.ts'
import { dependenciesOf } from '../../model/facts/needs/dependencies.ts'
import { homeOf } from '../../model/facts/release-home.ts'
import { isAtLeast } from '../../model/phoenix/versions.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Finding, Label } from '../../text/diagnostic.ts'
import { type Known, known, unknown } from '../../text/known.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'release-not-writable',
  gotcha: 'image',
  severity: 'error',
  stops: true,
  summary: 'the release writes to its own folder, where it must not write',
  incident: 'The container stops at once: "Cannot start release because it could not write …".',
  remedy:
    'Let the user of the container write the folder of the release, or set `RELEASE_TMP` to one that it can write',
  why: `With \`reboot_system_after_config: true\`, and always before Elixir 1.11, a release writes the config that it has read to
\`RELEASE_TMP\`, which is \`tmp\` in the release where nothing else is said. From 1.11 on a release writes nothing at its start
unless it is told to. \`tzdata\` keeps new time zones in its folder of the release.`,
  links: [
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-options',
    'https://github.com/elixir-lang/elixir/pull/12147',
  ],
  examples: [
    {
      title: 'a read-only root',
      on: 'phoenix',
      good: `
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0"] --
        def project do
          [app: :shop, version: "0.1.0", releases: [shop: [reboot_system_after_config: true]]]
        end
        -- compose.yaml --
        services:
          web:
            build: .
            read_only: true
            tmpfs: [/app/tmp]`,
      bad: `
        -- compose.yaml: read_only: true --
        read_only: true
                   ^^^^
        -- compose.yaml: tmpfs: [/app/tmp] --
        tmpfs: [/tmp]`,
    },
    {
      title: 'a release of another user',
      on: 'phoenix',
      good: `
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0"] --
        def project do
          [app: :shop, version: "0.1.0", releases: [shop: [reboot_system_after_config: true]]]
        end
        -- Dockerfile: USER nobody --
        RUN chown nobody /app
        USER nobody`,
      bad: `
        -- Dockerfile: RUN chown nobody /app --
        -- Dockerfile: USER nobody --
        USER nobody
             ^^^^^^`,
    },
  ],
  *check({ deployments, tree }) {
    for (const deployment of deployments) {
      const writer = writerIn(deployment)
      if (writer) yield writer
      for (const writing of [configOf(deployment), timeZonesOf(deployment, tree)]) {
        const finding = writing && (readOnly(deployment, writing) ?? ofAnother(deployment, writing))
        if (finding) yield finding
      }
    }
  },
})

/** What a release writes, and where. */
interface Writing {
  readonly folder: string
  readonly reason: Label
  /** What is said of the user that may not, and of the service whose files are read-only. */
  readonly byUser: string
  readonly byService: string
  /** What is said where the release runs nevertheless. */
  readonly more?: Partial<Finding>
}

function configOf(deployment: Deployment): Writing | undefined {
  const reason = writesAtStart(deployment)
  if (reason === undefined) return undefined
  const written = tmpOf(deployment)
  if (written.kind !== 'known') return undefined
  const folder = written.value
  const byService = `does not start: its release writes to \`${folder}\``
  return { folder, reason, byUser: `the release writes to \`${folder}\` when it starts`, byService }
}

/** New time zones, which tzdata fetches and keeps in its own folder unless it is told otherwise (its README, "Data directory and releases"). */
function timeZonesOf(deployment: Deployment, tree: Tree): Writing | undefined {
  const { runs, boot, app } = deployment
  const home = homeOf(deployment)
  if (runs !== 'release' || !boot || boot.tool || !app?.file || app.unread || home === undefined) return undefined
  const tzdata = dependenciesOf(app, 'prod', tree).find(({ name }) => name === 'tzdata')
  const isTold = ['data_dir', 'autoupdate'].some((key) => boot.at('tzdata', key) !== undefined)
  if (tzdata === undefined || isTold) return undefined
  const folder = posix.join(home, `lib/tzdata-${tzdata.version ?? '*'}/priv`)
  return {
    folder,
    reason: { span: tzdata.span, text: '`tzdata` looks for new time zones each day, and keeps them there' },
    byUser: `\`tzdata\` writes new time zones to \`${folder}\``,
    byService: `cannot keep new time zones: \`tzdata\` writes them to \`${folder}\``,
    more: {
      ...likely,
      why: 'The process of tzdata crashes every few seconds and fills the log, and the time zones stay those of the build.',
      remedy: 'Set `config :tzdata, :autoupdate, :disabled`, or let the user of the container own the release',
    },
  }
}

/** Why a release writes its config before it starts; undefined where it does not (Mix.Release, `make_sys_config`). */
function writesAtStart({ runs, boot, app }: Deployment): Label | undefined {
  if (runs !== 'release' || boot?.runtime === undefined || boot.tool || app?.file === undefined) return undefined
  const { source } = app.file
  const found = /reboot_system_after_config:\s*(true|false)/.exec(source.text)
  const at = (start: number, length: number): Span => span(source, start, start + length)
  if (found?.[1] === 'false') return undefined
  if (found) return { span: at(found.index, found[0].length), text: 'so the release writes its config when it starts' }
  return isAtLeast(boot.versions.elixir, 1, 11)
    ? undefined
    : { span: at(0, 0), text: `a release of Elixir ${boot.versions.elixir} writes its config when it starts` }
}

/** The folder that it writes to. */
function tmpOf(deployment: Deployment): Known<string> {
  const home = homeOf(deployment)
  const told = deployment.server?.env('RELEASE_TMP')
  if (told?.kind === 'known' && told.value !== '') return known(posix.normalize(told.value))
  const isOpen = told?.kind === 'unknown' && (told.isSet === true || deployment.service !== undefined)
  if (isOpen) return told
  return home === undefined ? unknown('where the release lies is not known') : known(posix.join(home, 'tmp'))
}

function readOnly(deployment: Deployment, { folder, reason, byService, more }: Writing): Finding | undefined {
  const { service } = deployment
  if (service?.readOnly === undefined) return undefined
  if (service.mounts.some(({ target }) => below(posix.normalize(target), folder) !== undefined)) return undefined
  return {
    message: `\`${service.name}\` ${byService}, and its file system is read-only`,
    span: service.readOnly,
    related: [reason],
    ...doubtOf(deployment),
    ...more,
  }
}

/** A part of the app that writes into the release, which is read-only. */
function writerIn(deployment: Deployment): Finding | undefined {
  const { service, runs, code } = deployment
  const home = homeOf(deployment)
  if (service?.readOnly === undefined || runs !== 'release' || home === undefined) return undefined
  const lib = posix.join(home, 'lib')
  const covers = (target: string) => below(target, lib) !== undefined || below(lib, target) !== undefined
  if (service.mounts.some(({ target }) => covers(posix.normalize(target)))) return undefined
  const [started] = startedWriters(code)
  const [written] = writesIntoRelease(code)
  const place = started?.span ?? written?.span
  if (place === undefined) return undefined
  const name = started ? `\`${started.name}\`` : 'the app'
  return {
    message: `${name} writes into the release, and the file system of \`${service.name}\` is read-only`,
    why: started
      ? 'The process stops at its first write, and takes the app with it.'
      : 'What the app writes is answered with an error: read-only file system.',
    remedy: 'Have it write to a folder that is mounted, as a volume or `tmpfs`',
    span: service.readOnly,
    related: [{ span: place, text: started ? 'it is started here' : 'it writes here' }],
    severity: 'warning',
  }
}

/** A release whose folder belongs to root, while another user runs it. */
function ofAnother(deployment: Deployment, { folder, reason, byUser, more }: Writing): Finding | undefined {
  const { ships, service } = deployment
  const home = homeOf(deployment)
  const user = ships?.user
  if (ships === undefined || user === undefined || service?.user || /^(root|0)(:|$)/.test(user.text)) return undefined
  if (home === undefined || below(home, folder) === undefined) return undefined
  if (service?.mounts.some(({ target }) => below(posix.normalize(target), folder) !== undefined)) return undefined
  const { instructions } = ships.stage
  if (instructions.some((one) => mayGive(one, posix.dirname(folder) === home))) return undefined
  const atUser = instructions.findIndex(({ keyword }) => keyword === 'USER')
  // A folder that WORKDIR makes behind USER belongs to that user.
  if (instructions.slice(atUser).some(({ keyword }) => keyword === 'WORKDIR')) return undefined
  return {
    message: `${byUser}, and \`${user.text}\` may not write there`,
    span: user.span,
    related: [reason],
    ...likely,
    ...more,
  }
}

const gives = /--chown|chown|chmod|setfacl|install\s+-d|mkdir|useradd|adduser/

/**
 * Whether an instruction may give a folder of the release to the user: what is copied from another stage, or a command on
 * files. A `chown` that is not recursive gives a folder alone, which counts where that is what `isFolder` asks for.
 */
function mayGive({ keyword, span: at }: { readonly keyword: string; readonly span: Span }, isFolder: boolean): boolean {
  const text = textOf(at)
  if (keyword === 'COPY' || keyword === 'ADD') return text.includes('--from') && gives.test(text)
  return gives.test(isFolder ? text : text.replace(/\bchown\s+[\w.:$"{}]+(\s+[^\s;&|-][^\s;&|]*)+/g, ''))
}
