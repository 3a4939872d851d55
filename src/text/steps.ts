/** Work in steps, between which other work may be done. */
export type Steps<T> = Generator<undefined, T, undefined>

/** Does all steps of a work. */
export function allSteps<T>(work: Steps<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

/** Does several works side by side, one step of each in turn: a processor then has at hand what a step runs. */
export function inStep<T>(works: readonly Steps<T>[]): readonly T[] {
  const answers: T[] = []
  let left = [...works.entries()]
  while (left.length > 0)
    left = left.filter(([index, work]) => {
      const { done, value } = work.next()
      if (done) answers[index] = value
      return !done
    })
  return answers
}
