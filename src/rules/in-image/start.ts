import { posix } from 'node:path'
import type { FileEntry } from '../../files/image/types.ts'
import type { Image } from '../../model/image/image.ts'
import { headOf, resolvePath } from '../../model/image/place.ts'
import { programIn } from '../../model/image/program.ts'
import { unrunnable } from '../../model/image/runnable.ts'
import { runsCode, type Step } from '../../model/stage-files/step.ts'
import type { Finding } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'

/** The first word of what the image starts, and where it is written. */
interface Called {
  readonly text: string
  readonly span: Span
  readonly entry: FileEntry | undefined
}

function calledBy({ saved, deployment }: Image): Called | undefined {
  const command = deployment.ships?.entrypoint ?? deployment.ships?.cmd
  const word = command?.form === 'exec' ? command.argv[0] : undefined
  if (word === undefined || word.text === '') return undefined
  return { text: word.text, span: word.span, entry: programIn(saved, word.text, saved.config.workingDir || '/') }
}

/** A start that calls a release where there is none in the image. */
export function* releaseAbsent(image: Image): Iterable<Finding> {
  const called = calledBy(image)
  if (called === undefined || called.entry || image.releases.length > 0) return
  if (!/\/bin\/[^/]+$/.test(called.text)) return
  yield { message: `the image starts \`${called.text}\`, and there is no release in it`, span: called.span }
}

/** Programs that the start calls, and functions that it evaluates, that are not in the image. */
export function* callsNothing(image: Image): Iterable<Finding> {
  const called = calledBy(image)
  const { release } = image
  if (called && !called.entry) {
    if (image.releases.length === 0 && /\/bin\/[^/]+$/.test(called.text)) return
    const where = release ? `: the release lies in \`${release.root}\`` : ''
    yield { message: `the image starts \`${called.text}\`, which is not in it${where}`, span: called.span }
    return
  }
  for (const step of [...image.deployment.start, ...scriptsOf(image).flatMap(image.stepsOf)]) {
    const found = missingIn(step, image)
    if (found) yield found
  }
}

function missingIn(step: Step, image: Image): Finding | undefined {
  const { command } = step
  const doubt = step.mayFail ? ({ severity: 'warning' } as const) : {}
  if (command.kind === 'program') {
    const [path] = command.argv
    if (!path?.startsWith('/') || step.runs !== 'always') return undefined
    if (!isWithinImage(path) || resolvePath(image.saved, path)) return undefined
    const isOwn = image.release && path.startsWith(`${image.release.root}/bin/`)
    if (step.mayFail && !isOwn) return undefined
    return { message: `\`${path}\` is not in the image`, span: step.span, related: step.via, ...doubt }
  }
  if (command.kind !== 'release') return undefined
  if (!resolvePath(image.saved, command.path))
    return { message: `\`${command.path}\` is not in the image`, span: step.span, related: step.via, ...doubt }
  if (!runsCode(command.command)) return undefined
  const module = /^\s*([A-Z]\w*(?:\.[A-Z]\w*)*)\.[a-z_]/.exec(command.args.join(' '))?.[1]
  const beams = module === undefined ? [] : beamsOf(image)
  if (beams.length === 0 || beams.includes(`Elixir.${module}.beam`)) return undefined
  return {
    message: `\`${command.command}\` fails: the release has no module \`${module}\``,
    span: step.span,
    related: step.via,
  }
}

/** What a volume or the kernel may bring is no part of the image. */
const isWithinImage = (path: string): boolean => !/^\/(dev|proc|sys|run|tmp|mnt|data|var\/run|secrets)\//.test(path)

/** The names of the compiled modules of a release; empty where they are not files of their own. */
const beamsOf = ({ saved, release }: Image): readonly string[] =>
  [...saved.files.keys()].flatMap((path) =>
    release && path.startsWith(`${release.root}/lib/`) && path.endsWith('.beam') ? [posix.basename(path)] : [],
  )

/** The scripts of `bin/` of the release that are the app's own. */
function scriptsOf({ saved, release }: Image): readonly FileEntry[] {
  if (release === undefined) return []
  const folder = `${release.root}/bin`
  return [...saved.files.values()].filter(
    ({ path, kind }) => kind === 'file' && posix.dirname(path) === folder && !/\.bat$/.test(path),
  )
}

/** Scripts that the image starts with, or that lie in `bin/` of its release, and that cannot be executed. */
export function* notRunnable(image: Image): Iterable<Finding> {
  const called = calledBy(image)
  const seen = new Set<string>()
  if (called?.entry) {
    seen.add(called.entry.path)
    const found = unrunnable(image.saved, called.entry, true)
    if (found)
      yield {
        message: `the image starts \`${called.entry.path}\`, and ${found.why}`,
        span: found.at,
        related: [{ span: called.span, text: 'it is started here' }],
      }
  }
  for (const entry of scriptsOf(image)) {
    if (seen.has(entry.path)) continue
    const found = unrunnable(image.saved, entry, true)
    if (found) yield { message: `\`${entry.path}\` cannot run: ${found.why}`, span: found.at }
  }
}

/** Mix and the sources of the app beside a release that needs neither. */
export function* sourcesLeft({ saved, release }: Image): Iterable<Finding> {
  if (release === undefined) return
  const mixFile = [...saved.files.values()].find(
    ({ path, kind }) =>
      kind === 'file' && /\/mix\.exs$/.test(path) && !/^\/(usr|root|opt)\/|\/(deps|lib|node_modules)\//.test(path),
  )
  if (mixFile === undefined || !programIn(saved, 'mix')) return
  yield {
    message: `the image holds Mix and the sources of the app in \`${posix.dirname(mixFile.path)}\`, and starts the release in \`${release.root}\``,
    span: headOf(saved, mixFile),
    severity: 'info',
  }
}
