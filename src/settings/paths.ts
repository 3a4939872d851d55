import ignore from 'ignore'

/** Whether a path is matched by patterns as in .gitignore. What lies outside of the folder of the settings is not. */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const matcher = ignore({ ignorecase: false }).add(patterns.map((pattern) => pattern.replace(/^(\.\/)+/, '')))
  return (path) => ignore.isPathValid(path) && matcher.ignores(path)
}
