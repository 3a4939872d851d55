import { resolve } from 'node:path'
import type { Said, Shown } from '../masking/shown.ts'
import type { Suppressed } from '../text/diagnostic.ts'
import { didYouMean } from '../text/nearest.ts'
import { positionAt, type Source, type Span } from '../text/source.ts'
import type { OpenOptions } from '../workspace/options.ts'
import type { Command } from './call/command.ts'
import { composeFlags } from './call/compose-flags.ts'
import type { Call } from './call/flags.ts'
import { settingsFlags } from './call/settings-flags.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, hasColour, type Io, remark, widthOf } from './io/io.ts'
import { refused, wrongText } from './io/refused.ts'

/** Prints the page of a rule, or why there is a finding at a place. */
export const explain: Command = {
  name: 'explain',
  summary: 'print what a rule is about, or why there is a finding at a place',
  operands: 'RULE | FILE:LINE[:COL]',
  description: [
    'The page of a rule works without a network: it is its documentation, and its examples are its tests.',
    'Of a place it prints each finding there with its whole trail, and what would silence it rightly.',
    'Exit codes: 0 printed, also where there is no finding · 2 the call is wrong · 3 docker-gotchas failed',
  ],
  flags: [
    { name: 'full', summary: 'of a rule: all its examples, with all their files' },
    ...settingsFlags,
    ...composeFlags,
  ],
  examples: [
    { call: 'docker-gotchas explain assets-after-release', does: 'read about one rule' },
    { call: 'docker-gotchas explain Dockerfile:27', does: 'see why this line is reported' },
  ],
  async run(call, io) {
    const [operand, ...more] = call.operands
    if (operand === undefined || more.length > 0)
      return callIsWrong(io, 'name one rule, or one place as FILE:LINE', 'explain')
    const place = placeIn(operand)
    if (place) return explainPlace(place, call, io)
    const [{ rules }, { explainRule }] = await Promise.all([
      import('../rules/index.ts'),
      import('../report/explain.ts'),
    ])
    const rule = rules.find((one) => one.id === operand)
    const ids = rules.map((one) => one.id)
    if (rule === undefined) {
      const isPath = /[./]|^Dockerfile$/.test(operand)
      const hint = isPath ? '; name a place as FILE:LINE' : didYouMean(operand, ids)
      return callIsWrong(io, `there is no rule \`${operand}\`${hint}`, 'explain')
    }
    const look = { full: call.has('full'), colour: hasColour(io.env, io.stdout), width: widthOf(io.stdout) }
    io.stdout.write(await explainRule(rule, look))
    return exit.clean
  },
}

/** A place as it is named on the command line. */
interface NamedPlace {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number | undefined
}

/** Reads `FILE:LINE` or `FILE:LINE:COL`; undefined for anything else. */
function placeIn(operand: string): NamedPlace | undefined {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?:?$/.exec(operand) ?? []
  if (file === undefined || line === undefined) return undefined
  return { name: operand, file, line: Number(line), column: column === undefined ? undefined : Number(column) }
}

/** Prints why there are findings at a place, or that there are none. */
async function explainPlace(place: NamedPlace, call: Call, io: Io): Promise<ExitCode> {
  const [{ openOptionsOf }, { openWorkspace }, { check }, { pathFrom }, { saysUnseen }, { sayFailures }] =
    await Promise.all([
      import('./call/options.ts'),
      import('../workspace/open.ts'),
      import('../workspace/check.ts'),
      import('../workspace/paths.ts'),
      import('../workspace/unreadable.ts'),
      import('./io/report.ts'),
    ])
  const options = openOptionsOf(call, io)
  if (options.kind === 'wrong') return refused(options, io, 'explain')
  const opened = await openWorkspace([place.file], io, { ...options.value, mayLeadOut: true })
  const checked = opened.kind === 'wrong' ? opened : await check(opened.value)
  if (checked.kind === 'wrong')
    return callIsWrong(io, (await wrongText(checked, io)) + (await meantFile(place.file, options.value, io)), 'explain')
  const { analysis, unseen } = checked.value
  sayFailures(analysis, ' on this project', io)
  for (const { span, message } of analysis.diagnostics.filter(saysUnseen)) remark(io, `${span.source.path}: ${message}`)
  const path = pathFrom(io.cwd, resolve(io.cwd, place.file))
  io.stdout.write(await textOf(place, path, analysis, io))
  return analysis.failures.length > 0 || unseen ? exit.failure : exit.clean
}

async function textOf(place: NamedPlace, path: string, analysis: Shown<Said>, io: Io): Promise<string> {
  const [{ pathFrom }, { rootOf }, { rules }, { explainFinding, noFindingAt }, { reportOf }, { ignoreFor }] =
    await Promise.all([
      import('../workspace/paths.ts'),
      import('../workspace/folder.ts'),
      import('../rules/index.ts'),
      import('../report/explain-finding.ts'),
      import('../report/report-of.ts'),
      import('../settings/ignores/suggest.ts'),
    ])
  const report = reportOf(analysis, { colour: hasColour(io.env, io.stdout), width: widthOf(io.stdout) })
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
  const settingsPath = pathFrom(rootOf(absolute, io), absolute)
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
    import('../languages/elixir/syntax/grammar.ts'),
    import('../languages/elixir/syntax/parse.ts'),
  ])
  await loadElixir()
  return (source: Source) => parseElixir(source)
}

/** The file of the project that was most likely meant. */
async function meantFile(name: string, options: OpenOptions, io: Io): Promise<string> {
  const [{ openWorkspace }, { pathFrom }] = await Promise.all([
    import('../workspace/open.ts'),
    import('../workspace/paths.ts'),
  ])
  const opened = await openWorkspace(['.'], io, options)
  if (opened.kind === 'wrong') return ''
  const paths = opened.value.projects.flatMap(({ root, tree }) =>
    tree.entries.flatMap(({ path, kind }) => (kind === 'file' ? [pathFrom(io.cwd, resolve(root, path))] : [])),
  )
  return didYouMean(name, paths)
}
