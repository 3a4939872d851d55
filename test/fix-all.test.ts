import { describe, expect, it } from 'vitest'
import { type Analysis, judge, readTree } from '../src/analyze.ts'
import { type Tree, treeOf, withSource } from '../src/files/tree.ts'
import { fixTree } from '../src/fix.ts'
import { commentsOf } from '../src/settings/ignores/comments.ts'
import type { Diagnostic, Fix } from '../src/text/diagnostic.ts'
import { afterEdits, applyEdits } from '../src/text/edit.ts'
import { textOf } from '../src/text/source.ts'
import { examples, type SmallProject, samples, someCases } from './projects.ts'

type Texts = SmallProject['texts']

/** What a project is before or after a fix. */
interface State {
  readonly diagnostics: readonly Diagnostic[]
  readonly failures: Analysis['failures']
  readonly problems: readonly string[]
  readonly comments: readonly string[]
}

async function stateOf(tree: Tree): Promise<State> {
  const reading = await readTree(tree)
  const { diagnostics, failures } = judge(reading)
  const { project, problems } = reading
  return {
    diagnostics,
    failures,
    problems: problems.map(({ span, message }) => `${span.source.path}: ${message}`),
    comments: project.tree.sources.flatMap((source) =>
      commentsOf(source, project.elixir.get(source.path)).comments.map(({ span }) => textOf(span).trimEnd()),
    ),
  }
}

/**
 * What a finding hides until it is mended: a config that stops its evaluation, or does not ship, has no endpoint to look
 * at, and what does not listen is not asked where.
 */
const hiddenBy: Readonly<Record<string, readonly string[]>> = {
  'server-off': ['http-missing'],
  'no-such-function': ['server-off', 'http-missing'],
  'runtime-config-not-shipped': ['server-off', 'http-missing'],
  'required-env-missing': ['server-off', 'http-missing'],
  'runtime-config-broken': ['server-off', 'http-missing'],
  'secret-not-required': ['required-env-missing'],
  'health-check-cannot-fail': ['health-tool-missing'],
}

const errorsOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)

const withFix = (tree: Tree, fix: Fix): Tree =>
  [...applyEdits(fix.edits)].map(([path, text]) => ({ path, text })).reduce(withSource, tree)

/** Those of `all` that `some` do not have as often. */
const missingFrom = (some: readonly string[], all: readonly string[]) => {
  const rest = [...some]
  return all.filter((one) => {
    const at = rest.indexOf(one)
    if (at !== -1) rest.splice(at, 1)
    return at === -1
  })
}

const projects = [...examples, ...someCases, ...samples]

/** What one fix alone does to a project, where it is not what it should do. */
async function harmOf(tree: Tree, before: State, diagnostic: Diagnostic, fix: Fix) {
  const after = await stateOf(withFix(tree, fix))
  const at = afterEdits(diagnostic.span, fix.edits)
  const still = after.diagnostics.filter(
    ({ rule, message, span }) =>
      rule === diagnostic.rule &&
      message === diagnostic.message &&
      span.source.path === diagnostic.span.source.path &&
      span.start >= at.start &&
      span.start <= at.end,
  )
  return {
    failures: after.failures,
    problems: missingFrom(before.problems, after.problems),
    comments: missingFrom(after.comments, before.comments),
    still: still.map(({ message }) => message),
    errors: missingFrom(
      [...errorsOf(before.diagnostics), ...(hiddenBy[diagnostic.rule] ?? [])],
      errorsOf(after.diagnostics),
    ),
  }
}

const none = { failures: [], problems: [], comments: [], still: [], errors: [] }

describe.each(projects.map((project): [string, Texts] => [project.name, project.texts]))('%s', (_name, texts) => {
  it('every fix alone mends its finding and harms nothing; all together come to an end', async () => {
    const tree = treeOf(texts)
    const before = await stateOf(tree)
    if (before.diagnostics.every(({ fixes }) => fixes.length === 0)) return
    for (const diagnostic of before.diagnostics) {
      for (const fix of diagnostic.fixes) {
        const harm = await harmOf(tree, before, diagnostic, fix)
        expect({ rule: diagnostic.rule, title: fix.title, ...harm }).toEqual({
          rule: diagnostic.rule,
          title: fix.title,
          ...none,
        })
      }
    }
    for (const unsafe of [false, true]) {
      const once = await fixTree(tree, { unsafe })
      if (once.changes.length === 0) continue
      const result = await stateOf(once.tree)
      expect(missingFrom(before.problems, result.problems)).toEqual([])
      expect(missingFrom(result.comments, before.comments)).toEqual([])
      const twice = await fixTree(once.tree, { unsafe })
      expect({ changes: twice.changes, fixed: twice.fixed }).toEqual({ changes: [], fixed: [] })
    }
  })
})
