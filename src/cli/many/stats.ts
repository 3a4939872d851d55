import { resourceUsage } from 'node:process'
import type { Stats } from '../../report/stats.ts'
import { addSpent, startClock, takeSpent } from '../../text/clock.ts'
import { type Io, remark } from '../io/io.ts'

const dearest = 5
const begun = { at: 0 }

/** Begins to note where the time goes. */
export function startStats(): void {
  begun.at = performance.now()
  startClock(() => performance.now())
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000

/** Where the time went so far. */
export function statsSoFar(): Stats {
  const spent = takeSpent() ?? { times: new Map<string, number>(), counts: new Map<string, number>() }
  addSpent(spent)
  const { times, counts } = spent
  const under = (prefix: string) =>
    [...times].flatMap(([name, time]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), time] as const] : []))
  const rules = under('rule ').toSorted(([, one], [, other]) => other - one)
  const timeOf = (name: string) => seconds(times.get(name) ?? 0)
  return {
    seconds: seconds(performance.now() - begun.at),
    projects: counts.get('projects') ?? 0,
    files: counts.get('files') ?? 0,
    bytes: counts.get('bytes') ?? 0,
    // In kilobytes (getrusage(2), as Node gives it everywhere).
    peakMemory: resourceUsage().maxRSS * 1024,
    reading: timeOf('reading'),
    parsing: Object.fromEntries(
      under('parsing ')
        .toSorted(([, one], [, other]) => other - one)
        .map(([name, time]) => [name, seconds(time)]),
    ),
    model: timeOf('model'),
    rules: seconds(rules.reduce((sum, [, time]) => sum + time, 0)),
    dearestRules: rules.slice(0, dearest).map(([rule, time]) => ({ rule, seconds: seconds(time) })),
    report: timeOf('report'),
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
const told = (all: readonly (readonly [string, number])[]): string =>
  all.map(([name, time]) => `${name} ${time.toFixed(3)} s`).join(', ')

/** Says on standard error where the time went. Threads work at the same time: theirs is added. */
export function sayStats(io: Io): void {
  const { projects, files, bytes, peakMemory, dearestRules, parsing, reading, model, rules, report, ...all } =
    statsSoFar()
  const lines = [
    `${projects} project${projects === 1 ? '' : 's'}, ${files} files, ${megabytes(bytes)} in ${all.seconds.toFixed(3)} s; memory at most ${megabytes(peakMemory)}`,
    `time: ${told([['reading', reading], ...Object.entries(parsing), ['model', model], ['rules', rules], ['report', report]])}`,
    `dearest rules: ${told(dearestRules.map((one) => [one.rule, one.seconds]))}`,
  ]
  for (const line of lines) remark(io, `stats: ${line}`)
}
