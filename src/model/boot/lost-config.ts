import { posix } from 'node:path'
import type { ConfigRun } from '../../languages/elixir/config/run.ts'
import type { ScriptCrash } from '../../languages/elixir/evaluate/machine.ts'
import { type Known, known, unset } from '../../text/known.ts'
import { type Source, type Span, textOf } from '../../text/source.ts'
import type { Container } from '../container/container.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { locate } from '../stage-files/locate.ts'
import { nearPath } from '../stage-files/missing.ts'
import { definedEndpoints } from './endpoint.ts'
import { mayCome } from './script-files.ts'

/** A config script that is not there when the config is read. */
export interface LostConfig {
  /** In the stage. */
  readonly path: string
  /** In the tree. */
  readonly inTree: string
  /** Whether it is in the tree, and so in no COPY. */
  readonly isWritten: boolean
  /** The `import_config`, and how it stops; undefined for config.exs, without which there is just no config. */
  readonly crash: ScriptCrash | undefined
  /** Whether it is there, and nothing imports it. */
  readonly isUnimported: boolean
  /** Whether its folder is copied as a whole, so that it would be there if it were in the context. */
  readonly isFolderCopied: boolean
}

/** Config as it is read, with what is not there taken from the tree, or for empty. */
export interface MendedRun {
  readonly run: ConfigRun | undefined
  readonly lost: readonly LostConfig[]
  /** Whether files that may come with the build are taken for missing. */
  readonly isGuessed?: boolean
}

const mostLost = 12

/** Evaluates config.exs again and again, each time with one more of the files that it misses. */
export function mendedRun(
  container: Container,
  app: MixApp,
  project: string,
  atBuild: (path: string) => Known<Source>,
  evaluate: (file: (path: string) => Known<Source>) => ConfigRun | undefined,
  configEnv: string,
): MendedRun {
  const { world, release, ships, runs } = container
  const files = release?.files ?? ships?.files
  const mended = new Map<string, Source>()
  const lost: LostConfig[] = []
  const lose = (path: string, crash: ScriptCrash | undefined) => {
    const inTree = posix.join(app.folder, posix.relative(project, path))
    const source = world.sourceAt(inTree)
    const near = source ? undefined : nearPath(inTree, world.tree)
    const folder = files && locate(files, posix.dirname(path), release?.before).origin
    const isFolderCopied = folder?.kind === 'context'
    lost.push({ path, inTree, isWritten: source !== undefined, isUnimported: false, crash, isFolderCopied })
    mended.set(
      path,
      source ?? (near === undefined ? undefined : world.sourceAt(near)) ?? { path: inTree, text: 'import Config\n' },
    )
  }
  const entry = posix.join(project, 'config/config.exs')
  const isRead =
    (release !== undefined || runs === 'mix') &&
    files !== undefined &&
    locate(files, posix.join(project, 'mix.exs'), release?.before).origin.kind === 'context'
  const ofEnv = posix.join(project, `config/${configEnv}.exs`)
  const [written, ofEnvWritten] = ['config', configEnv].map((name) =>
    world.sourceAt(posix.join(app.folder, `config/${name}.exs`)),
  )
  const stand = importing([ofEnv])
  if (isRead && atBuild(entry).kind === 'unset' && (written || ofEnvWritten)) {
    lose(entry, undefined)
    if (!written) mended.set(entry, stand)
  }
  const asked = new Set<string>()
  const file = (path: string): Known<Source> => {
    asked.add(path)
    const source = mended.get(path)
    return source ? known(source) : atBuild(path)
  }
  let run = evaluate(file)
  while (isRead && lost.length < mostLost) {
    const path = missingImport(run)
    if (path === undefined || mended.has(path) || run?.outcome.kind !== 'crash') break
    const { error, certainty, guards } = run.outcome
    lose(path, error.span.source === stand ? undefined : { error, certainty, guards })
    run = evaluate(file)
  }
  const isWhole = run?.outcome.kind === 'ok' && run.config.kind !== 'unknown' && lost.length === 0
  const areThere = [entry, ofEnv].every((path) => atBuild(path).kind === 'known')
  if (isRead && isWhole && areThere && ofEnvWritten && !asked.has(ofEnv)) {
    const inTree = ofEnvWritten.path
    lost.push({ path: ofEnv, inTree, isWritten: true, isUnimported: true, crash: undefined, isFolderCopied: true })
  }
  return { run, lost }
}

/**
 * The run of config.exs by `read`, where files that may come with the build are missing, if it then comes to its end; else
 * as it is known. Both are the same up to the first file that is not known, so mostly one of them is enough.
 */
export function runAsFarAsSeen(
  atBuild: (path: string) => Known<Source>,
  read: (files: typeof atBuild) => MendedRun,
): MendedRun {
  const notKnown: string[] = []
  const guessed = read((path) => {
    const file = atBuild(path)
    if (file.kind !== 'unknown') return file
    notKnown.push(file.why)
    return unset()
  })
  const [first] = notKnown
  if (first === undefined) return guessed
  const { run, lost } = guessed
  const isWhole = run?.outcome.kind === 'ok' && lost.length === 0 && !isUnread(run)
  if (isWhole && first === mayCome) return { ...guessed, isGuessed: true }
  let mayHoldMore = false
  const known = read((path) => {
    const file = atBuild(path)
    mayHoldMore ||= file.kind === 'unknown' && file.why === mayCome
    return file
  })
  return isWhole && mayHoldMore ? { ...guessed, isGuessed: true } : known
}

/** Whether nobody knows what a script configures. */
export const isUnread = ({ config }: ConfigRun): boolean => config.kind === 'unknown'

/** Whether a release of code that is in view, with an endpoint, surely has no config: then it starts by the defaults. */
export const isBare = ({ app, release, code }: Container, config: Known<Source>): boolean =>
  app?.file !== undefined && release !== undefined && config.kind === 'unset' && definedEndpoints(code, app).length > 0

/** A script that imports others. */
const importing = (paths: readonly string[]): Source => ({
  path: 'config.exs',
  text: `import Config\n${paths.map((path) => `import_config ${JSON.stringify(path)}\n`).join('')}`,
})

/** The path of the file that an `import_config` does not find, at which the config surely stops. */
function missingImport(run: ConfigRun | undefined): string | undefined {
  if (run?.outcome.kind !== 'crash') return undefined
  const { cause, span } = run.outcome.error
  return cause?.kind === 'no-file' && isImport(span) ? cause.path : undefined
}

const isImport = (at: Span): boolean => /^(Config\.|Mix\.Config\.)?import_config\b/.test(textOf(at))
