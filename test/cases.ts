import { existsSync, readFileSync } from 'node:fs'
import { discover } from '../src/files/discover.ts'
import { memoryHost } from '../src/files/memory.ts'
import type { Tree } from '../src/files/tree.ts'
import { badOf } from '../src/rules/example.ts'
import { rules } from '../src/rules/index.ts'
import type { ExampleProject, Texts } from '../src/text/example.ts'
import { caseFilesIn, casesIn, projectOf, type SmallProject } from './projects.ts'
import { recordedReleases } from './recorded-releases.ts'
import { partsOfOut } from './told.ts'
import { treeFor, withShared } from './trees.ts'

/** A project, and what is said of it. */
export interface Case {
  readonly title: string
  /** The rules that must report, or `nothing`; undefined where the places are marked. */
  readonly wanted: string | undefined
  /** Throws where a change does not fit the project. */
  readonly project: () => ExampleProject
  readonly tree: () => Tree | Promise<Tree>
}

/** The cases of a file, and the file that holds all that is told of them. */
export interface CaseFile {
  readonly name: string
  readonly out: URL
  /** The rule that the cases are of; its findings stand first. */
  readonly own?: string
  readonly cases: readonly Case[]
}

const outOf = (file: string) => new URL(file.replace('.txt', '.out'), new URL('./', import.meta.url))

const exampleMark = ' (example)'

/** The examples of the rules and the cases of test/rules, a file a rule. */
export const ofRules: readonly CaseFile[] = rules.map(({ id, examples }) => ({
  name: id,
  own: id,
  out: outOf(`rules/${id}.txt`),
  cases: [
    ...examples.map((one): Case => {
      const project = () => badOf(one)
      return { title: `${one.title}${exampleMark}`, wanted: undefined, project, tree: () => treeFor(project().texts) }
    }),
    ...casesOf(`rules/${id}.txt`, treeFor),
  ],
}))

/** An example or a case of a rule in which some finding has a fix. */
export interface Mendable extends SmallProject {
  readonly isExample: boolean
}

/** Those in which some finding has a fix, as their `.out` files tell, or which no such file knows yet. */
export const mendable: readonly Mendable[] = ofRules.flatMap(({ name, out, cases }) => {
  const told = partsOfOut(existsSync(out) ? readFileSync(out, 'utf8') : '')
  return cases.flatMap(({ title, project }) =>
    told.get(title)?.includes('\n  fix (') === false
      ? []
      : [{ name: `${name}: ${title}`, texts: project().texts, isExample: title.endsWith(exampleMark) }],
  )
})

/** `patterns/*.txt`: the shapes that real projects have. */
export const patterns: readonly CaseFile[] = filesOf('patterns', treeFor)

/** `one-way/*.txt`: good projects, each changed in one way. */
export const oneWays: readonly CaseFile[] = filesOf('one-way', async (texts) =>
  withShared(await discover(memoryHost(texts))),
)

/** `bases.txt`: what cases change that are not about everything that is missing there. */
export const ofBases: CaseFile = { name: 'bases', out: outOf('bases.txt'), cases: casesOf('bases.txt', treeFor) }

/** The recorded releases as projects. */
export const ofRecorded: CaseFile = {
  name: 'rules-recorded',
  out: outOf('rules-recorded.txt'),
  cases: recordedReleases.map(({ title, texts }) => {
    const project = () => ({ texts, places: [] })
    return { title, wanted: undefined, project, tree: () => treeFor(texts) }
  }),
}

function filesOf(folder: string, treeOf: (texts: Texts) => Tree | Promise<Tree>): readonly CaseFile[] {
  return caseFilesIn(folder).map((file) => ({ name: file, out: outOf(file), cases: casesOf(file, treeOf) }))
}

function casesOf(file: string, treeOf: (texts: Texts) => Tree | Promise<Tree>): readonly Case[] {
  return casesIn(file).map((one) => {
    const project = () => projectOf(one)
    return { title: one.title, wanted: one.wanted, project, tree: () => treeOf(project().texts) }
  })
}
