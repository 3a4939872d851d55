// Stands for src/text/once.ts in what is mutated: what was remembered under one mutant must not outlive it.

/** `work`, which is done once for each key in an era: a question to the judge, a file of tests. */
export function oncePer(work) {
  let era
  let answers = new WeakMap()
  return (key) => {
    const now = globalThis.era()
    if (now !== era) [era, answers] = [now, new WeakMap()]
    const known = answers.get(key) ?? { answer: work(key) }
    answers.set(key, known)
    return known.answer
  }
}
