import { join } from 'node:path'
import { diskHost } from '../../files/disk.ts'
import { walk } from '../../files/walk.ts'
import { wantedOf } from '../../files/wanted.ts'
import { compareText } from '../../text/order.ts'
import { done, type Result, wrong } from '../result.ts'
import type { Unit } from './plan.ts'

/** A part of the projects: the `index`th of `of`, from 1. */
export interface Shard {
  readonly index: number
  readonly of: number
}

const mostShards = 10_000

/** Reads `3/8`. */
export function shardOf(text: string): Result<Shard> {
  const [, index = 0, of = 0] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number)
  return index >= 1 && index <= of && of <= mostShards
    ? done({ index, of })
    : wrong(`\`${text}\` is no shard such as 3/8: the third of eight, counted from 1`)
}

/** What a project costs beside its size, in bytes. */
const costOfOne = 20_000
const mostEntries = 20_000

/**
 * How much there is to read in a project, in bytes: what a fresh clone has of it, so that each machine gets the same.
 * What cannot be listed counts nothing.
 */
async function weightOf({ path }: Pick<Unit, 'path'>, cwd: string): Promise<number> {
  const { entries } = await walk(diskHost(join(cwd, path)), { entries: mostEntries, depth: 30 })
  return entries.reduce((sum, { path: file, kind, size, gitIgnored }) => {
    const isRead = kind === 'file' && !gitIgnored && wantedOf(file, size) !== undefined
    return isRead ? sum + size : sum
  }, costOfOne)
}

/** The projects of `units` that are in a shard. */
export async function unitsIn(units: readonly Unit[], shard: Shard, cwd: string): Promise<readonly Unit[]> {
  const weighed: (Unit & { readonly weight: number })[] = []
  for (const unit of units) weighed.push({ ...unit, weight: await weightOf(unit, cwd) })
  return partOf(weighed, shard)
}

/**
 * The part of `all` that is in a shard, in their order. Each is in exactly one, by its path and weight alone: the heaviest
 * first, each to the shard that has least.
 */
export function partOf<Weighed extends { readonly path: string; readonly weight: number }>(
  all: readonly Weighed[],
  { index, of }: Shard,
): readonly Weighed[] {
  const loads = new Float64Array(of)
  const mine = new Set<string>()
  const heaviestFirst = all.toSorted((one, other) => other.weight - one.weight || compareText(one.path, other.path))
  for (const { path, weight } of heaviestFirst) {
    let least = 0
    for (let shard = 1; shard < of; shard += 1) if ((loads[shard] ?? 0) < (loads[least] ?? 0)) least = shard
    loads[least] = (loads[least] ?? 0) + weight
    if (least === index - 1) mine.add(path)
  }
  return all.filter(({ path }) => mine.has(path))
}
