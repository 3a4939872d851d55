import { resolve } from 'node:path'
import type { Suppressed } from '../../text/diagnostic.ts'
import { positionAt, type Source, type Span } from '../../text/source.ts'
import { type ExitCode, exit } from '../io/exit.ts'
import type { Call } from '../call/flags.ts'
import { callIsWrong, hasColour, type Io, remark, widthOf } from '../io/io.ts'
import type { LintOutcome } from '../../workspace/check.ts'
import { didYouMean } from '../suggest.ts'
import { version } from '../version.ts'

/** A place as it is named on the command line. */
export interface NamedPlace {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number | undefined
}

/** Reads `FILE:LINE` or `FILE:LINE:COL`; undefined for anything else. */
export function placeIn(operand: string): NamedPlace | undefined {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?:?$/.exec(operand) ?? []
  if (file === undefined || line === undefined) return undefined
  return { name: operand, file, line: Number(line), column: column === undefined ? undefined : Number(column) }
}

/** Prints why there are findings at a place, or that there are none. */
export async function explainPlace(place: NamedPlace, call: Call, io: Io): Promise<ExitCode> {
  const [{ lintPaths }, { pathFrom }, { saysUnseen }] = await Promise.all([
    import('../../workspace/check.ts'),
    import('../../workspace/folder.ts'),
    import('../../workspace/unreadable.ts'),
  ])
  const named: Call = { ...call, operands: [place.file] }
  const outcome = await lintPaths(named, io)
  if (outcome.kind === 'wrong')
    return callIsWrong(io, outcome.message + (await meantFile(place.file, call, io)), 'explain')
  for (const { rule, message } of outcome.analysis.failures)
    remark(io, `the rule \`${rule}\` failed on this project: ${message}`)
  for (const { span, message } of outcome.analysis.diagnostics.filter(saysUnseen))
    remark(io, `${span.source.path}: ${message}`)
  const path = pathFrom(io.cwd, resolve(io.cwd, place.file))
  io.stdout.write(await textOf(place, path, outcome, io))
  return outcome.analysis.failures.length > 0 || outcome.unreadable ? exit.failure : exit.clean
}

async function textOf(place: NamedPlace, path: string, { analysis }: LintOutcome, io: Io): Promise<string> {
  const [{ pathFrom, rootOf }, { rules }, { explainFinding, noFindingAt }, { ignoreFor }] = await Promise.all([
    import('../../workspace/folder.ts'),
    import('../../rules/index.ts'),
    import('../../report/explain-finding.ts'),
    import('../../settings/ignores/suggest.ts'),
  ])
  const report = { ...analysis, rules, version, colour: hasColour(io.env, io.stdout), width: widthOf(io.stdout) }
  const quiet = new Map((analysis.suppressed ?? []).map((one) => [one.diagnostic, one]))
  const inFile = [...analysis.diagnostics, ...quiet.keys()].filter(({ span }) => span.source.path === path)
  const here = inFile.filter(({ span }) => covers(place, span))
  if (here.length === 0) {
    const passing = analysis.diagnostics.filter(({ related }) =>
      related.some(({ span }) => span.source.path === path && covers(place, span)),
    )
    return noFindingAt(place, inFile, passing)
  }
  const parse = /\.exs?$/.test(path) ? await elixirParser() : () => undefined
  const absolute = resolve(io.cwd, place.file)
  const settingsPath = pathFrom(await rootOf(absolute, io), absolute)
  const texts = here.map((diagnostic) =>
    explainFinding(
      {
        diagnostic,
        rule: rules.find(({ id }) => id === diagnostic.rule),
        ignore: quiet.has(diagnostic) ? undefined : ignoreFor(diagnostic, parse),
        settingsPath,
        quiet: quietText(quiet.get(diagnostic)),
      },
      report,
    ),
  )
  return texts.join('\n')
}

/** Whether a span covers a place; without a column its line is enough. */
function covers({ line, column }: NamedPlace, { source, start, end }: Span): boolean {
  const first = positionAt(source, start)
  const last = positionAt(source, Math.max(start, end - 1))
  if (line < first.line || line > last.line) return false
  if (column === undefined) return true
  return (line > first.line || column >= first.column) && (line < last.line || column <= last.column)
}

function quietText(suppressed: Suppressed | undefined): string | undefined {
  if (suppressed === undefined) return undefined
  const by = { comment: 'a comment', settings: 'the settings', baseline: 'the baseline' }[suppressed.by]
  return `It is kept quiet by ${by}${suppressed.reason === undefined ? '' : `: ${suppressed.reason}`}.`
}

async function elixirParser() {
  const [{ loadElixir }, { parseElixir }] = await Promise.all([
    import('../../languages/elixir/syntax/grammar.ts'),
    import('../../languages/elixir/syntax/parse.ts'),
  ])
  await loadElixir()
  return (source: Source) => parseElixir(source)
}

/** The file of the project that was most likely meant. */
async function meantFile(name: string, call: Call, io: Io): Promise<string> {
  const [{ openProjects }, { pathFrom }] = await Promise.all([import('../../workspace/open.ts'), import('../../workspace/folder.ts')])
  const opened = await openProjects(['.'], call, io)
  if (opened.kind === 'wrong') return ''
  const paths = opened.projects.flatMap(({ root, tree }) =>
    tree.entries.flatMap(({ path, kind }) => (kind === 'file' ? [pathFrom(io.cwd, resolve(root, path))] : [])),
  )
  return didYouMean(name, paths)
}
