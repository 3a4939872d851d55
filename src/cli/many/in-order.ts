import { cpuUsage } from 'node:process'

/** Somebody who does one thing at a time, in a thread of its own. */
export interface Mate<T> {
  /** Fails where the thread ends. */
  ask(index: number): Promise<T>
  dismiss(): void
}

/** Who may be asked for help. */
export interface Help<T> {
  /** How many at most. */
  readonly most: number
  /** Whether they are to help from the beginning; else where it takes long. */
  readonly atOnce: boolean
  hire(): Promise<Mate<T>>
}

/**
 * The work that is worth a thread, in milliseconds of a processor. To begin costs a thread 1,500 to 2,400 of them, in which it reads
 * the program and runs everything for the first time: so it is at most a tenth.
 */
const worth = 24_000
/** What is left is estimated by stretches of so many things, or of so many milliseconds; the first is slow for reasons of its own. */
const stretch = { things: 32, time: 1000 }
/** How far ahead of the next answer work is done, for each helper: what waits to be told is kept in memory. */
const ahead = 32

/** The answers to `0…count - 1` in this order, whoever does them; `here` does one without help. */
export async function* inOrder<T>(
  count: number,
  here: (index: number) => Promise<T>,
  help?: Help<T>,
): AsyncGenerator<T, undefined> {
  let told = 0
  let mates = help?.atOnce ? help.most : 0
  let begun = { told: 0, work: 0, at: performance.now() }
  const isAlone = () => help === undefined || Math.min(mates, help.most, count - told) < 2
  for (; told < count && isAlone(); told += 1) {
    yield await here(told)
    const done = told + 1 - begun.told
    if (help === undefined || (done < stretch.things && performance.now() - begun.at < stretch.time)) continue
    const work = workSoFar()
    if (begun.told > 0) mates = Math.floor((((work - begun.work) / done) * (count - told - 1)) / worth)
    begun = { told: told + 1, work, at: performance.now() }
  }
  if (help !== undefined && told < count)
    yield* together(told, count, here, { ...help, most: Math.min(mates, help.most) })
  return undefined
}

/** An answer that is not there yet. */
interface Slot<T> {
  readonly answer: Promise<T>
  readonly fill: (answer: T | Promise<T>) => void
}

function emptySlot<T>(): Slot<T> {
  let fill: Slot<T>['fill'] = () => undefined
  const answer = new Promise<T>((resolve) => {
    fill = resolve
  })
  return { answer, fill }
}

/** The time of a processor that this program has taken, in milliseconds. */
function workSoFar(): number {
  const { user, system } = cpuUsage()
  return (user + system) / 1000
}

async function* together<T>(
  first: number,
  count: number,
  here: (index: number) => Promise<T>,
  { most, hire }: Help<T>,
): AsyncGenerator<T, undefined> {
  const mates = await Promise.all(Array.from({ length: Math.min(most, count - first) }, hire))
  const slots = new Map<number, Slot<T>>()
  const slotOf = (index: number): Slot<T> => {
    const slot = slots.get(index) ?? emptySlot<T>()
    slots.set(index, slot)
    return slot
  }
  const idle: (() => void)[] = []
  let next = first
  let told = first
  const work = async (mate: Mate<T>): Promise<void> => {
    while (next < count) {
      if (next >= told + ahead * mates.length) {
        await new Promise<void>((resolve) => idle.push(resolve))
        continue
      }
      const own = next
      next += 1
      // What a thread could not do may still be done here, and says here why it cannot.
      const answer = mate.ask(own).catch(() => here(own))
      slotOf(own).fill(answer)
      await answer.catch(() => undefined)
    }
  }
  try {
    for (const mate of mates) void work(mate)
    for (; told < count; told += 1) {
      yield await slotOf(told).answer
      slots.delete(told)
      for (const wake of idle.splice(0)) wake()
    }
  } finally {
    next = count
    for (const mate of mates) mate.dismiss()
  }
  return undefined
}
