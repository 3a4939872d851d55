import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Analysis } from '../src/analyze.ts'
import { type Tree, withSource } from '../src/files/tree.ts'
import type { Seen } from '../src/fix/objection.ts'
import { type Change, fixTree, lookAt } from '../src/fix.ts'
import { commentsOf } from '../src/settings/ignores/comments.ts'
import type { Diagnostic, Fix } from '../src/text/diagnostic.ts'
import { afterEdits, applyEdits } from '../src/text/edit.ts'
import { textOf } from '../src/text/source.ts'
import { mendable } from './cases.ts'
import { changedMeaning } from './meaning.ts'
import { type SmallProject, samples } from './projects.ts'
import { provedBy } from './proofs.ts'
import { treeFor } from './trees.ts'

/** What a project is before or after a fix. */
interface State {
  readonly seen: Seen
  readonly diagnostics: readonly Diagnostic[]
  readonly failures: Analysis['failures']
  readonly problems: readonly string[]
  readonly comments: readonly string[]
}

/** Looks at a tree as `fixTree` does; at trees with the same texts once. */
function lookingOnce(): typeof lookAt {
  const seen = new Map<string, ReturnType<typeof lookAt>>()
  return (tree, options) => {
    const texts = JSON.stringify(tree.sources.map(({ path, text }) => [path, text]))
    const looking = seen.get(texts) ?? lookAt(tree, options)
    seen.set(texts, looking)
    return looking
  }
}

function stateOf(seen: Seen): State {
  const { project, problems } = seen.reading
  const { diagnostics, failures } = seen.analysis
  return {
    seen,
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
 * at, what does not listen is not asked where, and a secret that loses a part is none yet.
 */
const hiddenBy: Readonly<Record<string, readonly string[]>> = {
  'server-off': ['http-missing'],
  'no-such-function': ['server-off', 'http-missing'],
  'runtime-config-not-shipped': ['server-off', 'http-missing'],
  'required-env-missing': ['server-off', 'http-missing'],
  'runtime-config-broken': ['server-off', 'http-missing'],
  'secret-not-required': ['required-env-missing'],
  'dollar-unescaped': ['secret-in-compose'],
  'health-check-cannot-fail': ['health-tool-missing', 'health-unreachable'],
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

const projects = [
  ...mendable.filter(({ isExample }, n) => isExample || process.env.CI !== undefined || n % 3 === 0),
  ...samples.map((one) => ({ ...one, isExample: true })),
]

/** What all fixes changed, as far as the tests ran. */
const mended = new Map<SmallProject, readonly Change[]>()

/** What one fix alone does to a project, where it is not what it should do. */
function harmOf(before: State, after: State, diagnostic: Diagnostic, fix: Fix, isMeant: boolean) {
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
    meaning: isMeant ? changedMeaning(before.seen, after.seen, diagnostic, fix) : [],
  }
}

const none = { failures: [], problems: [], comments: [], still: [], errors: [], meaning: [] }

describe.each(projects.map((project, n) => ({ ...project, n })))('$name', ({ n, isExample, ...project }) => {
  it('every fix alone mends its finding and harms nothing; all together come to an end', async () => {
    const tree = treeFor(project.texts)
    const look = lookingOnce()
    const seen = async (one: Tree) => stateOf(await look(one, {}))
    const before = await seen(tree)
    const isMeant = isExample || n % 2 === 0
    if (before.diagnostics.every(({ fixes }) => fixes.length === 0)) return
    for (const diagnostic of before.diagnostics) {
      for (const fix of diagnostic.fixes) {
        const harm = harmOf(before, await seen(withFix(tree, fix)), diagnostic, fix, isMeant)
        expect({ rule: diagnostic.rule, title: fix.title, ...harm }).toEqual({
          rule: diagnostic.rule,
          title: fix.title,
          ...none,
        })
      }
    }
    for (const unsafe of [false, true]) {
      const once = await fixTree(tree, { unsafe, look })
      if (once.changes.length === 0) continue
      if (unsafe) mended.set(project, once.changes)
      const result = await seen(once.tree)
      expect(missingFrom(before.problems, result.problems)).toEqual([])
      expect(missingFrom(result.comments, before.comments)).toEqual([])
      const twice = await fixTree(once.tree, { unsafe, look })
      expect({ changes: twice.changes, fixed: twice.fixed }).toEqual({ changes: [], fixed: [] })
    }
  })
})

const hasElixir = spawnSync('elixir', ['--version']).status === 0

it.skipIf(!hasElixir)(
  'what fix writes is Elixir, and config scripts that worked still do',
  { timeout: 600_000 },
  () => {
    const { worse, better } = provedBy(mended)
    expect(worse).toEqual([])
    expect(better.length).toBeGreaterThan(0)
  },
)
