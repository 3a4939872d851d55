import { analyze } from '../analyze.ts'
import { treeOf } from '../files/tree.ts'
import { showFindings } from '../masking/shown.ts'
import { badOf, goodOf } from '../rules/example.ts'
import type { Example, Rule } from '../rules/rule.ts'
import type { Fix } from '../text/diagnostic.ts'
import { hunksOf, type TextPair } from '../text/diff.ts'
import { applyEdits } from '../text/edit.ts'
import type { Texts } from '../text/example.ts'
import { oncePer } from '../text/once.ts'
import { reportFinding } from './finding.ts'
import type { Report } from './report.ts'

/** An example of a rule, as its page shows it. */
export interface ShownExample {
  readonly title: string
  /** What is bad, whole. */
  readonly texts: Texts
  /** What is found in it, as it is printed. */
  readonly found: readonly string[]
  /** What makes it good: the lines that change. */
  readonly change: readonly string[]
}

/** How the pages look that are read in a browser. */
export const plain = { colour: false, width: 100 }

const analysisOf = oncePer((example: Example) => analyze(treeOf(badOf(example).texts)))

/** The examples of a rule, with what is found in them. */
export const shownExamples = (rule: Rule, look: Pick<Report, 'colour' | 'width'>): Promise<readonly ShownExample[]> =>
  Promise.all(
    rule.examples.map(async (example) => {
      const analysis = await analysisOf(example)
      const report = { ...showFindings(analysis, analysis.masking), rules: [rule], version: '', ...look }
      const found = report.diagnostics.map((one) => reportFinding(one, report))
      return { title: example.title, texts: badOf(example).texts, found, change: changeOf(example) }
    }),
  )

const context = 1

/** The lines that make what is bad in an example good, as a diff; `@@ path @@` stands above those of a file. */
export function changeOf(example: Example): readonly string[] {
  const [bad, good] = [badOf(example).texts, goodOf(example).texts]
  return [...new Set([...Object.keys(bad), ...Object.keys(good)])].flatMap((path) =>
    linesOf(path, { before: bad[path], after: good[path] }),
  )
}

/** The lines that a fix changes in the project at hand, in the same form. */
export const changeOfFix = ({ edits }: Fix): readonly string[] =>
  [...applyEdits(edits)].flatMap(([path, after]) => {
    const before = edits.find(({ span }) => span.source.path === path)?.span.source.text ?? ''
    return linesOf(path, { before: before === '' ? undefined : before, after })
  })

function linesOf(path: string, pair: TextPair): readonly string[] {
  const what = pair.after === undefined ? ' is removed' : pair.before === undefined ? ' is new' : ''
  return hunksOf(pair, context).flatMap(({ lines }) => [
    `@@ ${path}${what} @@`,
    ...lines.map(({ kind, text }) => `${kind}${text.trimEnd()}`.trimEnd()),
  ])
}
