/** Where the time went, in milliseconds, by what was done; and how much of what there was. */
export interface Spent {
  readonly times: ReadonlyMap<string, number>
  readonly counts: ReadonlyMap<string, number>
}

interface Clock {
  readonly times: Map<string, number>
  readonly counts: Map<string, number>
  readonly now: () => number
  /** What is being done, the innermost last, and since when. */
  readonly open: string[]
  since: number
}

let clock: Clock | undefined

/** Begins to note where the time goes: until then nothing is noted, and nothing costs time. */
export function startClock(now: () => number): void {
  clock = { times: new Map(), counts: new Map(), now, open: [], since: now() }
}

/** What was noted since the clock was started, or since this was asked before; undefined where it was not started. */
export function takeSpent(): Spent | undefined {
  if (clock === undefined) return undefined
  turn(clock)
  const spent = { times: new Map(clock.times), counts: new Map(clock.counts) }
  clock.times.clear()
  clock.counts.clear()
  return spent
}

/** Adds what was noted elsewhere. */
export function addSpent({ times, counts }: Spent): void {
  if (clock === undefined) return
  for (const [name, time] of times) clock.times.set(name, (clock.times.get(name) ?? 0) + time)
  for (const [name, count] of counts) clock.counts.set(name, (clock.counts.get(name) ?? 0) + count)
}

/** Notes that there is so much of something. */
export function countMore(name: string, count: number): void {
  clock?.counts.set(name, (clock.counts.get(name) ?? 0) + count)
}

/** The time up to now belongs to the innermost of what is being done. */
function turn(running: Clock): void {
  const now = running.now()
  const name = running.open.at(-1)
  if (name !== undefined) running.times.set(name, (running.times.get(name) ?? 0) + now - running.since)
  running.since = now
}

function begin(running: Clock, name: string): void {
  turn(running)
  running.open.push(name)
}

function end(running: Clock): void {
  turn(running)
  running.open.pop()
}

/** Does `work`; its time, without that of what it asks for that has a name itself, is that of `name`. */
export function during<T>(name: string, work: () => T): T {
  const running = clock
  if (running === undefined) return work()
  begin(running, name)
  try {
    return work()
  } finally {
    end(running)
  }
}

/** The same of work that waits. Nothing else may be done meanwhile. */
export async function duringAll<T>(name: string, work: () => Promise<T>): Promise<T> {
  const running = clock
  if (running === undefined) return work()
  begin(running, name)
  try {
    return await work()
  } finally {
    end(running)
  }
}
