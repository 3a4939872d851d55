/** Patterns of paths such as `services.*.ports.[]`: `*` stands for any key, `[]` for any item of a list. */
export interface PatternNode<T> {
  readonly children: Map<string, PatternNode<T>>
  value: T | undefined
}

/** The tree of the patterns, each with its value. */
export function patternTree<T>(patterns: Iterable<readonly [string, T]>): PatternNode<T> {
  const root: PatternNode<T> = { children: new Map(), value: undefined }
  for (const [pattern, value] of patterns) {
    let node = root
    for (const part of pattern.split('.')) {
      const next: PatternNode<T> = node.children.get(part) ?? { children: new Map(), value: undefined }
      node.children.set(part, next)
      node = next
    }
    node.value = value
  }
  return root
}

/** The places in the tree to which `key` leads from `places`; an item of a list has the key `[]`. */
export function stepInto<T>(places: readonly PatternNode<T>[], key: string): readonly PatternNode<T>[] {
  const found: PatternNode<T>[] = []
  for (const place of places) {
    const exact = place.children.get(key)
    if (exact) found.push(exact)
    const any = key === '*' ? undefined : place.children.get('*')
    if (any) found.push(any)
  }
  return found
}

/** What the patterns say of the place, if they name it. */
export function matchAt<T>(places: readonly PatternNode<T>[]): T | undefined {
  return places.find((place) => place.value !== undefined)?.value
}

/** The places that a path leads to. */
export const stepsInto = <T>(root: PatternNode<T>, path: readonly string[]): readonly PatternNode<T>[] =>
  path.reduce<readonly PatternNode<T>[]>((places, key) => stepInto(places, key), [root])

/** The same patterns below `services.*` and `jobs.*`. */
export const forContainers = <T>(patterns: Readonly<Record<string, T>>): (readonly [string, T])[] =>
  ['services', 'jobs'].flatMap((kind) =>
    Object.entries(patterns).map(([key, value]) => [`${kind}.*.${key}`, value] as const),
  )
