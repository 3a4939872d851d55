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

/** What it costs to start threads, in milliseconds of a processor: less work is done alone. */
const worth = 1500
/** After so many, or so much work, what is left can be estimated. */
const enough = { things: 32, work: 1000 }
/** How far ahead of the next answer work is done, for each helper: what waits to be told is kept in memory. */
const ahead = 32

/** The answers to `0…count - 1` in this order, whoever does them; `here` does one without help. */
export async function* inOrder<T>(
  count: number,
  here: (index: number) => Promise<T>,
  help?: Help<T>,
): AsyncGenerator<T, undefined> {
  let told = 0
  // The first one takes long for a reason of its own.
  let begun = 0
  const isTime = (): boolean => {
    const left = count - told
    if (help === undefined || help.most < 2 || left < 2) return false
    if (help.atOnce) return true
    const spent = workSoFar() - begun
    return told > 1 && (told > enough.things || spent > enough.work) && (spent / (told - 1)) * left > worth
  }
  for (; told < count && !isTime(); told += 1) {
    yield await here(told)
    if (told === 0) begun = workSoFar()
  }
  if (help !== undefined && told < count) yield* together(told, count, here, help)
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
