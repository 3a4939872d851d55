import { posix, resolve } from 'node:path'
import { type Discovery, discover } from '../files/discover.ts'
import type { OpenDoor } from '../files/door/open.ts'
import { reasonOf } from '../files/reason.ts'
import { readContext } from '../files/tar/context.ts'
import { isTarForm, sniff } from '../files/tar/form.ts'
import { noBuildArgs } from '../languages/dockerfile/globals.ts'
import type { BuildChoice } from '../model/project/targets.ts'
import { readSettings } from '../settings/read.ts'
import { openBaseline } from './baseline.ts'
import type { OpenOptions, Surroundings } from './options.ts'
import { pathFrom } from './paths.ts'
import { closed, done, type Result, wrong, wrongIn } from './result.ts'
import { type OpenSettings, openSettings, settingsNames } from './settings.ts'
import { bytesOf } from './stdin.ts'
import type { NamedTarget } from './targets.ts'
import type { OpenProject } from './workspace.ts'

/** What comes of targets of which one may be the tar of a build context. */
export interface OpenContext {
  /** The project in it; absent where none of them is such a tar, or where it cannot be read. */
  readonly project?: OpenProject
  readonly unreached: readonly NamedTarget[]
  /** Whether it was one. */
  readonly isContext: boolean
  /** The standard input as it was. */
  readonly stdin: Surroundings['stdin']
}

/**
 * Reads the tar of a build context: a file, or the standard input, whose paths are taken for those of the working
 * directory. `-f` is its Dockerfile, as `docker build -f`; with it, that build alone is looked at.
 */
export async function openContext(
  targets: readonly NamedTarget[],
  options: OpenOptions,
  at: Surroundings,
  door: OpenDoor,
): Promise<Result<OpenContext>> {
  const hasStdin = targets.some(({ kind }) => kind === 'stdin')
  const { form, chunks } = hasStdin ? await sniff(bytesOf(at.stdin)) : { form: 'other' as const, chunks: at.stdin }
  const isForced = options.context?.isSure === true
  const isContext = ({ kind }: NamedTarget) =>
    kind === 'tar' || (kind === 'stdin' && isTarForm(form)) || (isForced && kind !== 'folder')
  const target = targets.find(isContext)
  if (target === undefined)
    return isForced
      ? wrong('`--context` is for the tar of one')
      : done({ unreached: [], isContext: false, stdin: chunks })
  if (targets.length > 1) return wrong(`\`${target.name}\` is the tar of a build context, and is checked alone`)
  const opened = await readTar(target, options, { ...at, stdin: chunks }, door)
  if (opened.kind === 'done') return done({ project: opened.value, unreached: [], isContext: true, stdin: chunks })
  if (opened.cause === 'call') return opened
  const path = target.kind === 'stdin' ? resolve(at.cwd, '-') : target.path
  const unreached: NamedTarget = { ...target, kind: 'unreadable', reason: opened.message, path }
  return done({ unreached: [unreached], isContext: true, stdin: chunks })
}

/** The project in a tar; where it is `unreadable`, the message is the reason. */
async function readTar(
  target: NamedTarget,
  options: OpenOptions,
  at: Surroundings,
  door: OpenDoor,
): Promise<Result<OpenProject>> {
  const { context = {}, maxSize = largestTar } = options
  const [file, more] = (context.dockerfiles ?? []).map((one) => posix.normalize(one))
  if (more !== undefined) return wrong('a build context has one Dockerfile: give `-f` once')
  const bytes = target.kind === 'stdin' ? bytesOf(at.stdin) : door.stream(target.path)
  const named = file === undefined ? [] : [file, file.toLowerCase()]
  const read = await readContext(bytes, { named, maxSize }).catch((error: unknown) => reasonOf(error))
  if (typeof read === 'string') return closed(read)
  if (read.kind === 'broken') return closed(reasonIn(read))
  const found = await discover(read.host, { named })
  if (found.truncated !== undefined) return closed(`it holds too much: ${found.truncated}`)
  const dockerfile = file === undefined ? undefined : dockerfileIn(found, file)
  if ((file !== undefined && dockerfile === undefined) || isSavedImage(found))
    return wrong(absence(found, file ?? 'Dockerfile'))
  const root = target.kind === 'stdin' ? at.cwd : target.path
  const own = settingsOf(found, root, options.settings, at, door)
  if (own.kind === 'wrong') return own
  const build: BuildChoice | undefined =
    dockerfile === undefined
      ? undefined
      : {
          dockerfile,
          context: '',
          target: context.target,
          args: context.args ?? noBuildArgs,
        }
  const { sources, entries, ignored } = withoutDockerignore(found)
  return done({
    root,
    targets: [{ ...target, kind: 'tar', path: root }],
    tree: { sources, entries },
    options: {
      entries: dockerfile === undefined ? [] : [dockerfile],
      settings: own.value.settings,
      ...(build ? { wanted: { of: 'build', build } } : {}),
    },
    baseline: openBaseline(options.baseline, own.value, at.cwd, door),
    problems: found.problems,
    truncated: found.truncated,
    remarks: ignored === undefined ? [] : [ignored],
    named: dockerfile === undefined ? [] : [dockerfile],
    door,
  })
}

/** The most that is read of a tar, in bytes without compression, where nobody says how much. */
export const largestTar = 20 * 1024 ** 3

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

/** The settings that `asked` names, else those in the tar. */
function settingsOf(
  { sources }: Discovery,
  root: string,
  asked: OpenOptions['settings'],
  at: Surroundings,
  door: OpenDoor,
): Result<OpenSettings> {
  const source = sources.find(({ path }) => settingsNames.includes(path))
  if (source === undefined || asked !== undefined) return openSettings(root, root, asked, at, door)
  const { settings, problems } = readSettings(source)
  return problems.length > 0
    ? wrongIn(problems, (path) => pathFrom(at.cwd, resolve(root, path)))
    : done({ settings, folder: root })
}
