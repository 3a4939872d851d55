import { isUnder } from '../../../files/folders.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { MixApp } from '../../phoenix/mix.ts'
import type { Project } from '../../project/project.ts'
import { lineageOf } from '../../stages/mix-there.ts'
import { packagesWith, programThere } from '../../stages/program-there.ts'
import { type CalledProgram, calledPrograms } from './called-programs.ts'
import { dependenciesOf, type Needed } from './dependencies.ts'

/** A program that the app calls by way of a dependency, and that the image that runs it lacks. */
export interface Uncallable {
  readonly program: string
  readonly dependency: Needed
  /** Where the app's code uses the dependency. */
  readonly use: Span
}

/** What the dependencies of a deployment call that surely nothing brings into its image. */
export function uncallableIn(deployment: Deployment, project: Project): readonly Uncallable[] {
  const { app, build, dockerfile, ships } = deployment
  if (!app?.file || app.unread || !dockerfile || !ships) return []
  const written = lineageOf(ships).flatMap(({ stage }) => stage.instructions.map((one) => textOf(one.span)))
  return dependenciesOf(app, 'prod', project.tree).flatMap((dependency): readonly Uncallable[] => {
    const called = Object.hasOwn(calledPrograms, dependency.name) ? calledPrograms[dependency.name] : undefined
    const use = called && useOf(called, app, project)
    if (!called || !use) return []
    const isAbsent = called.programs.every(
      (program) =>
        !written.some((text) => packagesWith(program).test(text)) &&
        programThere(program, dockerfile, ships, build?.args) === 'no',
    )
    return isAbsent ? [{ program: called.programs[0], dependency, use }] : []
  })
}

/** Where the code of an app uses a package, unless something says that its program is elsewhere. */
function useOf({ used, elsewhere }: CalledProgram, app: MixApp, { elixir }: Project): Span | undefined {
  const own = [...elixir.values()].filter(({ source }) => isUnder(source.path, app.folder))
  if (elsewhere && own.some(({ source }) => elsewhere.test(withoutWords(source.text)))) return undefined
  for (const { source } of own) {
    if (!/(^|\/)lib\//.test(source.path)) continue
    const found = used.exec(withoutWords(source.text))
    if (found) return span(source, found.index, found.index + found[0].length)
  }
  return undefined
}

/** A source with blanks for its comments and documentation. */
const withoutWords = (text: string): string =>
  text.replace(/@(module|type)?doc\s+(~[sS])?"""[\s\S]*?"""|^[ \t]*#.*$/gm, (words) => words.replace(/[^\n]/g, ' '))
