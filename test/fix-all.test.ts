import { describe, expect, it } from 'vitest'
import { analyze, readTree } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import { fixTree } from '../src/fix.ts'
import { commentsOf } from '../src/settings/ignores/comments.ts'
import type { Diagnostic, Fix } from '../src/text/diagnostic.ts'
import { afterEdits, applyEdits } from '../src/text/edit.ts'
import { textOf } from '../src/text/source.ts'
import { cases, examples, type SmallProject, samples } from './projects.ts'

type Texts = SmallProject['texts']

const problemsOf = async (texts: Texts) => {
  const { problems } = await readTree(treeOf(texts))
  return problems.map(({ span, message }) => `${span.source.path}: ${message}`)
}

const commentsIn = async (texts: Texts) => {
  const { project } = await readTree(treeOf(texts))
  return project.tree.sources.flatMap((source) =>
    commentsOf(source, project.elixir.get(source.path)).comments.map(({ span }) => textOf(span).trimEnd()),
  )
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

const withFix = (texts: Texts, fix: Fix): Texts => ({ ...texts, ...Object.fromEntries(applyEdits(fix.edits)) })

const textsIn = (tree: { readonly sources: readonly { readonly path: string; readonly text: string }[] }): Texts =>
  Object.fromEntries(tree.sources.map(({ path, text }) => [path, text]))

/** Those of `all` that `some` do not have as often. */
const missingFrom = (some: readonly string[], all: readonly string[]) => {
  const rest = [...some]
  return all.filter((one) => {
    const at = rest.indexOf(one)
    if (at !== -1) rest.splice(at, 1)
    return at === -1
  })
}

const projects = [...examples, ...cases, ...samples]

/** What one fix alone does to a project, where it is not what it should do. */
async function harmOf(texts: Texts, diagnostic: Diagnostic, fix: Fix, before: readonly Diagnostic[]) {
  const after = withFix(texts, fix)
  const { diagnostics, failures } = await analyze(treeOf(after))
  const at = afterEdits(diagnostic.span, fix.edits)
  const still = diagnostics.filter(
    ({ rule, message, span }) =>
      rule === diagnostic.rule &&
      message === diagnostic.message &&
      span.source.path === diagnostic.span.source.path &&
      span.start >= at.start &&
      span.start <= at.end,
  )
  return {
    failures,
    problems: missingFrom(await problemsOf(texts), await problemsOf(after)),
    comments: missingFrom(await commentsIn(after), await commentsIn(texts)),
    still: still.map(({ message }) => message),
    errors: missingFrom([...errorsOf(before), ...(hiddenBy[diagnostic.rule] ?? [])], errorsOf(diagnostics)),
  }
}

const none = { failures: [], problems: [], comments: [], still: [], errors: [] }

describe.each(projects.map((project): [string, Texts] => [project.name, project.texts]))('%s', (_name, texts) => {
  it('every fix alone mends its finding and harms nothing; all together come to an end', {
    timeout: 60_000,
  }, async () => {
    const { diagnostics } = await analyze(treeOf(texts))
    if (diagnostics.every(({ fixes }) => fixes.length === 0)) return
    for (const diagnostic of diagnostics) {
      for (const fix of diagnostic.fixes) {
        const harm = await harmOf(texts, diagnostic, fix, diagnostics)
        expect({ rule: diagnostic.rule, title: fix.title, ...harm }).toEqual({
          rule: diagnostic.rule,
          title: fix.title,
          ...none,
        })
      }
    }
    for (const unsafe of [false, true]) {
      const once = await fixTree(treeOf(texts), { unsafe })
      const result = textsIn(once.tree)
      expect(missingFrom(await problemsOf(texts), await problemsOf(result))).toEqual([])
      expect(missingFrom(await commentsIn(result), await commentsIn(texts))).toEqual([])
      const twice = await fixTree(treeOf(result), { unsafe })
      expect({ changes: twice.changes, fixed: twice.fixed }).toEqual({ changes: [], fixed: [] })
    }
  })
})
