import ignore, { type Ignore } from 'ignore'

/** The `.gitignore` files that hold in a folder, the nearest first. */
export type GitIgnores = readonly GitIgnore[]

interface GitIgnore {
  /** The folder of the file, `''` for the root. */
  readonly folder: string
  readonly patterns: Ignore
}

/** The ignore files of a folder that has a `.gitignore` of its own, within those above it. */
export function withGitIgnore(above: GitIgnores, folder: string, text: string): GitIgnores {
  const patterns = ignore({ ignorecase: false }).add(text.replace(/^\ufeff/, ''))
  return [{ folder, patterns }, ...above]
}

/** Whether git leaves a path alone; the path of a folder ends in `/`. Folders above it are taken as not ignored. */
export function isGitIgnored(ignores: GitIgnores, path: string): boolean {
  for (const { folder, patterns } of ignores) {
    const below = folder === '' ? path : path.slice(folder.length + 1)
    const { ignored, unignored } = patterns.test(below)
    if (ignored || unignored) return ignored
  }
  return false
}
