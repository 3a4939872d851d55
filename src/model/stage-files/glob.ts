import { compilePattern, type Matcher } from '../../languages/dockerignore/pattern.ts'

/** Whether a path holds a wildcard of Go's filepath.Match. */
export const hasWildcard = (path: string): boolean => /[*?[]/.test(path.replace(/\\./g, ''))

/** A matcher for the sources of COPY and the words of a shell, in which `**` is no more than `*`. */
export const nameMatcher = (pattern: string): Matcher => matcherOf(pattern.replace(/\*{2,}/g, '*'))

/** A matcher for `--parents` and `--exclude`, which take patterns as .dockerignore does: with a folder goes what is in it. */
export function pathMatcher(pattern: string): Matcher {
  const matches = matcherOf(pattern)
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
      if (matches(path.slice(0, end))) return true
    return false
  }
}

/** Whether `path` matches `pattern`, in which `**` spans folders. */
export const matchesGlob = (pattern: string, path: string): boolean => matcherOf(pattern)(path)

const compiled = new Map<string, Matcher>()
const most = 1000

function matcherOf(pattern: string): Matcher {
  const known = compiled.get(pattern)
  if (known) return known
  const matcher = compilePattern(pattern) ?? (() => false)
  if (compiled.size >= most) compiled.clear()
  compiled.set(pattern, matcher)
  return matcher
}
