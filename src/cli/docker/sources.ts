import { join, resolve } from 'node:path'
import type { OpenDoor } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import { type Tree, withSource } from '../../files/tree.ts'
import type { BuildChoice } from '../../model/project/targets.ts'
import { doorOf } from '../call/outside.ts'
import { exit } from '../io/exit.ts'
import { callIsWrong, type Io, remark } from '../io/io.ts'
import type { OpenProject } from '../../workspace/workspace.ts'
import { lintPaths } from '../../workspace/check.ts'
import { pathFrom } from '../../workspace/folder.ts'
import { buildArgsOf } from './build-args.ts'
import { callOf } from './call.ts'
import type { FailOn } from './fail-on.ts'
import { type DockerCall, valuesOf } from './flags.ts'
import { notSeen } from './not-seen.ts'
import { show } from './show.ts'

/** Checks what a call of `docker build` is about to build, and gives the exit code; what is not here is left to docker. */
export async function checkSources(
  context: string,
  call: DockerCall,
  severity: FailOn['severity'],
  io: Io,
): Promise<number> {
  const folder = resolve(io.cwd, context)
  const named = valuesOf(call, 'file', 'f').slice(-1)
  const door = await doorOf([context], callOf([], { file: named }), io)
  const dockerfile = dockerfileOf(folder, named[0], io, door)
  if (dockerfile === undefined || door.at(folder).kind !== 'folder') {
    remark(io, 'the folder or the Dockerfile of this build is not on this machine: only the image is checked')
    return exit.clean
  }
  const linted = await lintPaths(callOf([folder], { 'fail-on': [severity] }), io, async (project) => {
    const build: BuildChoice = {
      dockerfile: pathFrom(project.root, dockerfile),
      context: pathFrom(project.root, folder),
      target: valuesOf(call, 'target').at(-1),
      args: buildArgsOf(valuesOf(call, 'build-arg'), io),
    }
    const tree = withDockerfile(project, dockerfile, door)
    return {
      ...project,
      tree,
      options: { ...project.options, wanted: { of: 'build', build }, entries: [build.dockerfile], services: [] },
    }
  })
  if (linted.kind === 'wrong') return callIsWrong(io, linted.message, 'build')
  await show(linted.analysis, io)
  if (linted.unreadable) return notSeen('the image is not built', io)
  if (!linted.fails) return exit.clean
  remark(io, 'the image is not built; `--fail-on never` builds it nevertheless')
  return exit.findings
}

/** The Dockerfile that docker takes: of the folder where none is named, and `dockerfile` stands in for `Dockerfile`. */
function dockerfileOf(folder: string, named: string | undefined, { cwd }: Io, door: OpenDoor): string | undefined {
  const paths = named === undefined ? [join(folder, 'Dockerfile'), join(folder, 'dockerfile')] : [resolve(cwd, named)]
  return paths.find((path) => door.at(path).kind === 'file')
}

/** The tree with a Dockerfile in it that may lie anywhere and have any name, and the .dockerignore of its own. */
function withDockerfile({ root, tree }: OpenProject, dockerfile: string, door: OpenDoor): Tree {
  let whole = tree
  for (const file of [dockerfile, `${dockerfile}.dockerignore`]) {
    const path = pathFrom(root, file)
    if (whole.sources.some((source) => source.path === path)) continue
    const { source } = readText(door, file, path)
    if (source) whole = withSource(whole, source)
  }
  return whole
}
