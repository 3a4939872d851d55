import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { type Kept, keptIn } from '../../files/kept.ts'
import { reasonOf } from '../../files/reason.ts'
import { joinSorted } from '../../masking/shown.ts'
import { asTheyAre, inParts } from '../../report/formats/table.ts'
import type { Reporter } from '../../report/report.ts'
import { reportOf } from '../../report/report-of.ts'
import { during } from '../../text/clock.ts'
import { type Checked, type CheckOptions, joinChecked, notReached } from '../../workspace/check.ts'
import { type Plan, planOf } from '../../workspace/many/plan.ts'
import { type Shard, shardOf, unitsIn } from '../../workspace/many/shard.ts'
import { checkUnits } from '../../workspace/many/unit.ts'
import type { OpenOptions } from '../../workspace/options.ts'
import { done, type Result, wrong } from '../../workspace/result.ts'
import type { Call } from '../call/flags.ts'
import type { WantedReport } from '../call/reports.ts'
import type { ExitCode } from '../io/exit.ts'
import { callIsWrong, hasColour, type Io, remark, widthOf } from '../io/io.ts'
import { refused } from '../io/refused.ts'
import { conclude, type Printing } from '../io/report.ts'
import { writeDown } from '../io/write-down.ts'
import { type Help, inOrder, type Stretch } from './in-order.ts'
import { progressOn } from './progress.ts'

/** What was found in many projects, and what is left to be printed of it. */
export interface ManyChecked {
  readonly checked: Checked
  readonly endings: ReadonlyMap<WantedReport['format'], Reporter>
}

/** How many projects are checked at a time. */
export interface Jobs {
  readonly most: number
  /** Whether the call says so. */
  readonly isTold: boolean
}

const mostJobs = 256
/** The most threads that nobody has asked for: each takes 50 to 120 MB. */
const mostUntold = 3
/** So many projects are done before it would pay to compile anything for them. */
const few = 4

/** What `--jobs` says; else one for each processor, of which few are enough. */
export function jobsOf(call: Call): Result<Jobs> {
  const text = call.one('jobs')
  if (text === undefined) return done({ most: Math.min(availableParallelism(), mostUntold), isTold: false })
  const most = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return most >= 1 && most <= mostJobs
    ? done({ most, isTold: true })
    : wrong(`\`${text}\` is no number of threads: it is from 1 to ${mostJobs}`)
}

/** What is asked of many projects. */
export interface ManyAsked {
  readonly call: Call
  readonly wanted: readonly WantedReport[]
  readonly options: OpenOptions
  readonly asked: CheckOptions
  /** What is shown beside the findings of one project. */
  readonly chain: NonNullable<Printing['chain']>
  /** Says where the time went, where it was asked for. */
  readonly stats: Printing['stats']
}

/** Checks what `names` name where that is several projects, and gives the exit code; undefined where it is one. */
export async function lintMany(names: readonly string[], asked: ManyAsked, io: Io): Promise<ExitCode | undefined> {
  const { call, wanted, options } = asked
  const jobs = jobsOf(call)
  if (jobs.kind === 'wrong') return refused(jobs, io, 'lint')
  const plan = await planOf(names, io, options)
  if (plan.kind === 'wrong') return refused(plan, io, 'lint')
  const isPart = call.has('shard')
  if (plan.value === undefined && isPart)
    return callIsWrong(io, '`--shard` is for folders and files, each with a compose project of its own', 'lint')
  const cache = call.has('no-cache') ? undefined : call.one('cache')
  if (plan.value === undefined || (plan.value.units.length < 2 && !isPart && cache === undefined)) return undefined
  const kept = cacheIn(cache, io)
  if (kept.kind === 'wrong') return refused(kept, io, 'lint')
  const part = await sharded(plan.value, call, io)
  if (part.kind === 'wrong') return refused(part, io, 'lint')
  const many = await checkMany(part.value, { ...asked, jobs: jobs.value, ...kept.value }, io)
  if (many.kind === 'wrong') return refused(many, io, 'lint')
  kept.value.kept?.trim()
  const { checked, endings } = withShard(many.value, part.value)
  const baseline = call.one('write-baseline')
  if (baseline !== undefined) return writeDown(checked, baseline, io)
  const chain = plan.value.units.length === 1 ? asked.chain : undefined
  return conclude(checked, { call, wanted }, io, {
    command: 'lint',
    what: 'project',
    endings,
    chain,
    stats: asked.stats,
  })
}

/** What is kept of projects, and where. */
interface Cache {
  readonly cache?: string
  readonly kept?: Kept
}

function cacheIn(folder: string | undefined, { cwd }: Io): Result<Cache> {
  if (folder === undefined) return done({})
  const cache = resolve(cwd, folder)
  try {
    return done({ cache, kept: keptIn(cache) })
  } catch (error) {
    return wrong(`nothing can be kept in \`${folder}\`: ${reasonOf(error)}`)
  }
}

/** What is to be checked of what was named. */
interface PlanPart extends Plan {
  readonly shard?: Shard
}

/** What was found in a part of the projects: nothing to check is no mistake there. */
function withShard({ checked, endings }: ManyChecked, { units, shard }: PlanPart): ManyChecked {
  if (shard === undefined) return { checked, endings }
  const { nothing, ...looked } = checked.analysis.looked
  const said = {
    ...looked,
    nothing: units.length === 0 ? undefined : nothing,
    shard: { ...shard, projects: units.length },
  }
  return { checked: { ...checked, analysis: { ...checked.analysis, looked: said } }, endings }
}

/** The part of a plan that `--shard` says. What cannot be read is told by the first part. */
async function sharded(plan: Plan, call: Call, io: Io): Promise<Result<PlanPart>> {
  const told = call.one('shard')
  if (told === undefined) return done(plan)
  const shard = shardOf(told)
  if (shard.kind === 'wrong') return shard
  const units = await unitsIn(plan.units, shard.value, io.cwd)
  const unreached = shard.value.index === 1 ? plan.unreached : []
  if (units.length + unreached.length === 0)
    remark(io, `nothing in this shard: ${told} of ${plan.units.length} projects`)
  return done({ units, unreached, shard: shard.value })
}

/**
 * Checks many projects, each by itself and at once where there are threads for it. What can be printed as it comes is, in the
 * order of the projects. Wrong where what was named cannot be opened.
 */
export async function checkMany(
  { units, unreached }: Plan,
  { call, wanted, options, asked, jobs, cache, kept, stats }: ManyAsked & Cache & { readonly jobs: Jobs },
  io: Io,
): Promise<Result<ManyChecked>> {
  if (units.length > few) io.settleIn?.()
  const orders = { units, cwd: io.cwd, env: io.env, options, asked, cache, isTimed: stats !== undefined }
  const help: Help<Result<Checked>> | undefined = io.hire && {
    most: jobs.most,
    atOnce: jobs.isTold,
    hire: () => io.hire?.(orders) ?? Promise.reject(new Error('there are no threads')),
  }
  const checkHere = ({ first, end }: Stretch) => checkUnits(units.slice(first, end), io, options, asked, kept)
  const printed = call.has('list-files') || call.has('write-baseline') ? [] : await partsOf(wanted)
  const style = { colour: hasColour(io.env, io.stdout), width: widthOf(io.stdout) }
  const progress = progressOn(io, units.length, call.has('quiet'))
  const all: Checked[] = []
  let findings = 0
  const tell = (one: Checked) => {
    all.push(one)
    findings += one.analysis.diagnostics.length
    const texts = printed.map(({ parts, asItIs }) => ({
      text: during('report', () => parts.findings(reportOf(one.analysis, style))),
      asItIs,
    }))
    if (texts.some(({ text }) => text !== '')) progress.hide()
    for (const { text, asItIs } of texts)
      if (text !== '') (asItIs ? (io.stdout.writeAsIs ?? io.stdout.write) : io.stdout.write)(text)
    progress.show(all.length - 1, findings)
  }
  try {
    tell(notReached(unreached, io.cwd, asked))
    for await (const one of inOrder(units.length, checkHere, help)) {
      if (one.kind === 'wrong') return one
      tell(one.value)
      // A reader that has seen enough needs no more.
      if (io.stdout.writable === false && wanted.every(({ file }) => file === undefined)) break
    }
  } finally {
    progress.hide()
  }
  const endings = new Map(printed.map(({ format, parts }) => [format, parts.ending]))
  return done({ checked: joinChecked(all, joinSorted), endings })
}

/** The formats that are printed to the standard output as they come. */
async function partsOf(wanted: readonly WantedReport[]) {
  const all = await Promise.all(
    wanted.map(async ({ format, file }) => ({
      format,
      parts: file === undefined ? await inParts[format]?.() : undefined,
      asItIs: asTheyAre.has(format),
    })),
  )
  return all.flatMap(({ parts, ...rest }) => (parts === undefined ? [] : [{ ...rest, parts }]))
}
