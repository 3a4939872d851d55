import { relative, sep } from 'node:path'

/** The path of an absolute one as a tree or a report names it: relative to `from`, with `/`; empty for `from` itself. */
export const pathFrom = (from: string, path: string): string => relative(from, path).split(sep).join('/')

/** The path of what is said of a project as a whole. */
export const wholeProject = '.'
