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
