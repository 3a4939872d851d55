import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { decodeText } from '../../files/decode.ts'
import { type Tree, withSource } from '../../files/tree.ts'
import type { BuildChoice } from '../../model/targets.ts'
import { exit } from '../exit.ts'
import { callIsWrong, type Io, remark } from '../io.ts'
import type { OpenProject } from '../lint/open.ts'
import { lintPaths } from '../lint/paths.ts'
import { pathFrom } from '../lint/project.ts'
import { buildArgsOf } from './build-args.ts'
import { callOf } from './call.ts'
import type { FailOn } from './fail-on.ts'
import { type DockerCall, valuesOf } from './flags.ts'
import { show } from './show.ts'

/** Checks what a call of `docker build` is about to build, and gives the exit code; what is not here is left to docker. */
export async function checkSources(
  context: string,
  call: DockerCall,
  severity: FailOn['severity'],
  io: Io,
): Promise<number> {
  const folder = resolve(io.cwd, context)
  const dockerfile = await dockerfileOf(folder, valuesOf(call, 'file', 'f').at(-1), io)
  if (dockerfile === undefined || !(await isKind(folder, 'isDirectory'))) {
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
    const tree = await withDockerfile(project, dockerfile)
    return {
      ...project,
      tree,
      options: { ...project.options, wanted: { of: 'build', build }, entries: [build.dockerfile], services: [] },
    }
  })
  if (linted.kind === 'wrong') return callIsWrong(io, linted.message, 'build')
  await show(linted.analysis, io)
  if (!linted.fails) return exit.clean
  remark(io, 'the image is not built; `--fail-on never` builds it nevertheless')
  return exit.findings
}

const isKind = (path: string, kind: 'isFile' | 'isDirectory'): Promise<boolean> =>
  stat(path)
    .then((found) => found[kind]())
    .catch(() => false)

/** The Dockerfile that docker takes: of the folder where none is named, and `dockerfile` stands in for `Dockerfile`. */
async function dockerfileOf(folder: string, named: string | undefined, { cwd }: Io): Promise<string | undefined> {
  const paths = named === undefined ? [join(folder, 'Dockerfile'), join(folder, 'dockerfile')] : [resolve(cwd, named)]
  for (const path of paths) if (await isKind(path, 'isFile')) return path
  return undefined
}

/** The tree with a Dockerfile in it that may lie anywhere and have any name, and the .dockerignore of its own. */
async function withDockerfile({ root, tree }: OpenProject, dockerfile: string): Promise<Tree> {
  let whole = tree
  for (const file of [dockerfile, `${dockerfile}.dockerignore`]) {
    const path = pathFrom(root, file)
    if (whole.sources.some((source) => source.path === path)) continue
    const bytes = await readFile(file).catch(() => undefined)
    const read = bytes && decodeText(path, bytes)
    if (read?.problem === undefined && read) whole = withSource(whole, read.source)
  }
  return whole
}
