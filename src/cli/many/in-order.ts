import { cpuUsage } from 'node:process'

/** Things to be done: those from `first` on, before `end`. */
export interface Stretch {
  readonly first: number
  readonly end: number
}

/** Somebody who does one stretch at a time, in a thread of its own. */
export interface Mate<T> {
  /** The answers, in order. Fails where the thread ends. */
  ask(things: Stretch): Promise<readonly T[]>
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
/** What is left is estimated by so many things, or by so many milliseconds; the first of them are slow for reasons of their own. */
const sample = { things: 32, time: 1000 }
/** What is asked of a helper at a time: what takes it some moments, as far as that is known, and so many things at most. */
const atATime = { milliseconds: 100, things: 32 }
/** How far ahead of the next answer work is done, for each helper: what waits to be told is kept in memory. */
const ahead = 64

/** The answers to a stretch, in order, some at a time. */
type Answering<T> = (things: Stretch) => AsyncIterable<readonly T[]>

/** The answers to `0…count - 1` in this order, whoever does them; `here` does some without help. */
export async function* inOrder<T>(count: number, here: Answering<T>, help?: Help<T>): AsyncGenerator<T, undefined> {
  let told = 0
  let mates = help?.atOnce ? help.most : 0
  let begun = { told: 0, work: 0, at: performance.now() }
  const isAlone = () => help === undefined || Math.min(mates, help.most, count - told) < 2
  if (isAlone())
    for await (const answers of here({ first: 0, end: count })) {
      yield* answers
      told += answers.length
      const done = told - begun.told
      if (help === undefined || (done < sample.things && performance.now() - begun.at < sample.time)) continue
      const work = workSoFar()
      if (begun.told > 0) mates = Math.floor((((work - begun.work) / done) * (count - told)) / worth)
      begun = { told, work, at: performance.now() }
      if (!isAlone()) break
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
  here: Answering<T>,
  { most, hire }: Help<T>,
): AsyncGenerator<T, undefined> {
  const mates = await Promise.all(Array.from({ length: Math.min(most, count - first) }, hire))
  const slots = new Map<number, Slot<readonly T[]>>()
  const slotOf = (at: number): Slot<readonly T[]> => {
    const slot = slots.get(at) ?? emptySlot<readonly T[]>()
    slots.set(at, slot)
    return slot
  }
  const idle: (() => void)[] = []
  let next = first
  let told = first
  const work = async (mate: Mate<T>): Promise<void> => {
    let length = 1
    while (next < count) {
      if (next >= told + ahead * mates.length) {
        await new Promise<void>((resolve) => idle.push(resolve))
        continue
      }
      const own = { first: next, end: Math.min(next + length, count) }
      next = own.end
      const begun = performance.now()
      // What a thread could not do may still be done here, and says here why it cannot.
      const answers = mate.ask(own).catch(() => allOf(here(own)))
      slotOf(own.first).fill(answers)
      await answers.catch(() => undefined)
      const each = (performance.now() - begun) / (own.end - own.first)
      const share = Math.ceil((count - next) / (2 * mates.length))
      length = Math.max(1, Math.min(Math.floor(atATime.milliseconds / each), atATime.things, share))
    }
  }
  try {
    for (const mate of mates) void work(mate)
    while (told < count) {
      const answers = await slotOf(told).answer
      yield* answers
      slots.delete(told)
      told += answers.length
      for (const wake of idle.splice(0)) wake()
    }
  } finally {
    next = count
    for (const mate of mates) mate.dismiss()
  }
  return undefined
}

/** All answers to a stretch. */
export async function allOf<T>(answers: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const some of answers) all.push(...some)
  return all
}
