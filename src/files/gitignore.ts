import ignore, { type Ignore } from 'ignore'

/** The `.gitignore` files that hold in a folder, the nearest first. */
export type GitIgnores = readonly GitIgnore[]

interface GitIgnore {
  /** The folder of the file, `''` for the root. */
  readonly folder: string
  readonly patterns: Ignore
  /** Without one of these words in it a path is none that the patterns name: that is known sooner. */
  readonly words: RegExp
}

/** The ignore files of a folder that has a `.gitignore` of its own, within those above it. */
export function withGitIgnore(above: GitIgnores, folder: string, text: string): GitIgnores {
  const lines = text.replace(/^\ufeff/, '')
  return [{ folder, patterns: ignore({ ignorecase: false }).add(lines), words: wordsOf(lines) }, ...above]
}

/** The longest literal part of each pattern; what every path has where a pattern has none. */
function wordsOf(lines: string): RegExp {
  const words = lines.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const parts = line.replace(/\[[^\]]*\]?|\\./g, '*').match(/[\w.@%+~,=-]+/g) ?? ['']
    return parts.reduce((one, other) => (other.length > one.length ? other : one))
  })
  return new RegExp(words.length === 0 ? '(?!)' : words.map((word) => word.replace(/\W/g, '\\$&')).join('|'))
}

/** Whether git leaves a path alone; the path of a folder ends in `/`. Folders above it are taken as not ignored. */
export function isGitIgnored(ignores: GitIgnores, path: string): boolean {
  for (const { folder, patterns, words } of ignores) {
    const below = folder === '' ? path : path.slice(folder.length + 1)
    if (!words.test(below)) continue
    const { ignored, unignored } = patterns.test(below)
    if (ignored || unignored) return ignored
  }
  return false
}
