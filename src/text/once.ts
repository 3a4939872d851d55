/** `work`, which is done when somebody first asks, and remembered. */
export function once<T>(work: () => T): () => T {
  let done: { readonly answer: T } | undefined
  return () => {
    done ??= { answer: work() }
    return done.answer
  }
}

/** `work`, which is done once for each key and remembered as long as the key is in use. */
export function oncePer<Key extends object, T>(work: (key: Key) => T): (key: Key) => T {
  const answers = new WeakMap<Key, { readonly answer: T }>()
  return (key) => {
    const known = answers.get(key)
    if (known) return known.answer
    const answer = work(key)
    answers.set(key, { answer })
    return answer
  }
}

/** The same of two keys. */
export function oncePerPair<One extends object, Other extends object, T>(
  work: (one: One, other: Other) => T,
): (one: One, other: Other) => T {
  const ofOne = oncePer((one: One) => oncePer((other: Other) => work(one, other)))
  return (one, other) => ofOne(one)(other)
}

const mostTexts = 1000

/** The same of texts that come again and again, in other projects too: the answers to some of them are remembered. */
export function oncePerText<T>(work: (text: string) => T): (text: string) => T {
  const answers = new Map<string, { readonly answer: T }>()
  return (text) => {
    const known = answers.get(text)
    if (known) return known.answer
    const answer = work(text)
    if (answers.size >= mostTexts) answers.clear()
    answers.set(text, { answer })
    return answer
  }
}
