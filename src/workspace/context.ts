import { posix, resolve } from 'node:path'
import { type Discovery, discover } from '../files/discover.ts'
import type { OpenDoor } from '../files/door/open.ts'
import { reasonOf } from '../files/reason.ts'
import { readContext } from '../files/tar/context.ts'
import { isTarForm, sniff } from '../files/tar/form.ts'
import type { BuildChoice } from '../model/project/targets.ts'
import { readSettings } from '../settings/read.ts'
import { buildArgsOf } from '../cli/docker/build-args.ts'
import type { Call } from '../cli/call/flags.ts'
import type { Io } from '../cli/io/io.ts'
import { maxSizeOf } from '../cli/call/max-size.ts'
import type { Opened, OpenProject } from './workspace.ts'
import { problemsText } from '../cli/io/problems.ts'
import { type OpenSettings, openSettings, settingsNames } from './settings.ts'
import { bytesOf } from './stdin.ts'
import type { Target } from './targets.ts'

/** What comes of targets of which one may be the tar of a build context; `none`: with the standard input as it was. */
export type OpenedContext = Opened | { readonly kind: 'none'; readonly stdin: Io['stdin'] }

/**
 * Reads the tar of a build context: a file, or the standard input, whose paths are taken for those of the working
 * directory. `-f` is its Dockerfile, as `docker build -f`; with it, that build alone is looked at.
 */
export async function openContext(
  targets: readonly Target[],
  call: Call,
  io: Io,
  door: OpenDoor,
): Promise<OpenedContext> {
  const hasStdin = targets.some(({ kind }) => kind === 'stdin')
  const { form, chunks } = hasStdin ? await sniff(bytesOf(io.stdin)) : { form: 'other' as const, chunks: io.stdin }
  const isForced = call.has('context')
  const isContext = ({ kind }: Target) =>
    kind === 'tar' || (kind === 'stdin' && isTarForm(form)) || (isForced && kind !== 'folder')
  const target = targets.find(isContext)
  if (target === undefined)
    return isForced ? { kind: 'wrong', message: '`--context` is for the tar of one' } : { kind: 'none', stdin: chunks }
  if (targets.length > 1)
    return { kind: 'wrong', message: `\`${target.name}\` is the tar of a build context, and is checked alone` }
  const opened = await readTar(target, chunks, call, io, door)
  if (opened.kind === 'wrong') return opened
  return opened.kind === 'unreadable'
    ? {
        kind: 'opened',
        projects: [],
        unreached: [{ ...target, ...opened, path: target.kind === 'stdin' ? resolve(io.cwd, '-') : target.path }],
      }
    : { kind: 'opened', projects: [opened.project], unreached: [] }
}

type ReadTar =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'context'; readonly project: OpenProject }

async function readTar(target: Target, stdin: Io['stdin'], call: Call, io: Io, door: OpenDoor): Promise<ReadTar> {
  const maxSize = maxSizeOf(call)
  if (typeof maxSize !== 'number') return maxSize
  const files = call.all('file').map((file) => posix.normalize(file))
  const [file, more] = files
  if (more !== undefined) return { kind: 'wrong', message: 'a build context has one Dockerfile: give `-f` once' }
  const bytes = target.kind === 'stdin' ? bytesOf(stdin) : door.stream(target.path)
  const named = file === undefined ? [] : [file, file.toLowerCase()]
  const read = await readContext(bytes, { named, maxSize }).catch((error: unknown) => reasonOf(error))
  if (typeof read === 'string') return { kind: 'unreadable', reason: read }
  if (read.kind === 'broken') return { kind: 'unreadable', reason: reasonIn(read) }
  const found = await discover(read.host, { named })
  if (found.truncated !== undefined) return { kind: 'unreadable', reason: `it holds too much: ${found.truncated}` }
  const dockerfile = file === undefined ? undefined : dockerfileIn(found, file)
  if ((file !== undefined && dockerfile === undefined) || isSavedImage(found))
    return { kind: 'wrong', message: absence(found, file ?? 'Dockerfile') }
  const root = target.kind === 'stdin' ? io.cwd : target.path
  const own = settingsOf(found, root, call, io, door)
  if (own.kind === 'wrong') return own
  const build: BuildChoice | undefined =
    dockerfile === undefined
      ? undefined
      : {
          dockerfile,
          context: '',
          target: call.one('target'),
          args: buildArgsOf(call.all('build-arg'), io),
        }
  const { sources, entries, ignored } = withoutDockerignore(found)
  return {
    kind: 'context',
    project: {
      root,
      targets: [{ ...target, kind: 'tar', path: root }],
      tree: { sources, entries },
      options: {
        entries: dockerfile === undefined ? [] : [dockerfile],
        settings: own.settings,
        ...(build ? { wanted: { of: 'build', build } } : {}),
      },
      settingsFolder: own.folder,
      problems: found.problems,
      truncated: found.truncated,
      remarks: ignored === undefined ? [] : [ignored],
      named: dockerfile === undefined ? [] : [dockerfile],
      door,
    },
  }
}

const reasonIn = ({ message, entry }: { readonly message: string; readonly entry: string | undefined }): string =>
  entry === undefined ? message : `${message} (${entry})`

/** The Dockerfile at a path; `dockerfile` stands in for a `Dockerfile` that is not there, as in `docker build`. */
function dockerfileIn({ entries }: Discovery, file: string): string | undefined {
  const isThere = (path: string) => entries.some((entry) => entry.path === path)
  if (isThere(file)) return file
  const other = posix.join(posix.dirname(file), 'dockerfile')
  return posix.basename(file) === 'Dockerfile' && isThere(other) ? other : undefined
}

const isSavedImage = ({ entries, sources }: Discovery): boolean =>
  sources.length === 0 && entries.some(({ path }) => path === 'manifest.json' || path === 'oci-layout')

const absence = (found: Discovery, file: string): string =>
  isSavedImage(found)
    ? 'this is the tar of an image, and not of a build context: `docker-gotchas image` checks one'
    : `there is no \`${file}\` in the build context; \`-f\` names its Dockerfile`

/** `docker build` sends a tar as it is, and neither BuildKit nor the older builder takes out of it what .dockerignore says. */
function withoutDockerignore({ sources, entries }: Discovery) {
  const isIgnore = ({ path }: { readonly path: string }) => /(^|\.|\/)\.?dockerignore$/.test(path)
  return {
    sources: sources.filter((source) => !isIgnore(source)),
    entries: entries.filter((entry) => !isIgnore(entry)),
    ignored: entries.some(isIgnore)
      ? 'the .dockerignore in the tar has no effect: docker build takes a tar as it is'
      : undefined,
  }
}

/** The settings that the call names, else those in the tar. */
function settingsOf({ sources }: Discovery, root: string, call: Call, io: Io, door: OpenDoor): OpenSettings {
  const source = sources.find(({ path }) => settingsNames.includes(path))
  if (source === undefined || call.has('no-config') || call.has('config')) {
    return openSettings(root, root, call, io, door)
  }
  const { settings, problems } = readSettings(source)
  if (problems.length > 0) return { kind: 'wrong', message: problemsText(problems, root, io) }
  return { kind: 'settings', settings, folder: root }
}
