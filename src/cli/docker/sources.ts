import { join, resolve } from 'node:path'
import type { OpenDoor } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import { type Tree, withSource } from '../../files/tree.ts'
import type { BuildChoice } from '../../model/project/targets.ts'
import { check } from '../../workspace/check.ts'
import { doorOf } from '../../workspace/door.ts'
import { openWorkspace } from '../../workspace/open.ts'
import { pathFrom } from '../../workspace/paths.ts'
import type { OpenProject } from '../../workspace/workspace.ts'
import { exit } from '../io/exit.ts'
import { type Io, remark } from '../io/io.ts'
import { refused } from '../io/refused.ts'
import { show } from '../io/report.ts'
import { buildArgsOf } from './build-args.ts'
import type { FailOn } from './fail-on.ts'
import { type DockerCall, valuesOf } from './flags.ts'
import { notSeen } from './not-seen.ts'

/** Checks what a call of `docker build` is about to build, and gives the exit code; what is not here is left to docker. */
export async function checkSources(
  context: string,
  call: DockerCall,
  severity: FailOn['severity'],
  io: Io,
): Promise<number> {
  const folder = resolve(io.cwd, context)
  const named = valuesOf(call, 'file', 'f').at(-1)
  const door = doorOf([context], { compose: { files: named === undefined ? [] : [named] } }, io)
  const dockerfile = dockerfileOf(folder, named, io, door)
  if (dockerfile === undefined || door.at(folder).kind !== 'folder') {
    remark(io, 'the folder or the Dockerfile of this build is not on this machine: only the image is checked')
    return exit.clean
  }
  const opened = await openWorkspace([folder], io, { mayLeadOut: true })
  if (opened.kind === 'wrong') return refused(opened, io, 'build')
  const args = buildArgsOf(valuesOf(call, 'build-arg'), io)
  const projects = opened.value.projects.map((project): OpenProject => {
    const build: BuildChoice = {
      dockerfile: pathFrom(project.root, dockerfile),
      context: pathFrom(project.root, folder),
      target: valuesOf(call, 'target').at(-1),
      args,
    }
    const options = { ...project.options, entries: [build.dockerfile], services: [] }
    return {
      ...project,
      tree: withDockerfile(project, dockerfile, door),
      options: { ...options, wanted: { of: 'build', build } },
    }
  })
  const checked = await check({ ...opened.value, projects }, { failOn: severity })
  if (checked.kind === 'wrong') return refused(checked, io, 'build')
  const { analysis, fails, unseen } = checked.value
  await show(analysis, io)
  if (unseen) return notSeen('the image is not built', io)
  if (!fails) {
    const { nothing } = analysis.looked
    if (nothing !== undefined) remark(io, `nothing was checked: ${nothing}`)
    return exit.clean
  }
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
