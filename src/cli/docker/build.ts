import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { BuildChoice } from '../../model/read.ts'
import { fails } from '../../settings/policy.ts'
import { exit } from '../exit.ts'
import { checkImages } from '../image/check.ts'
import { callIsWrong, type Io } from '../io.ts'
import { lintPaths } from '../lint/paths.ts'
import { pathFrom } from '../lint/project.ts'
import { buildArgsOf } from './build-args.ts'
import { callOf } from './call.ts'
import { readDocker, runDocker } from './docker.ts'
import type { FailOn } from './fail-on.ts'
import { buildFlags, type DockerCall, readDockerFlags, valuesOf } from './flags.ts'
import { show } from './show.ts'

/** Checks what a call of `docker build` builds, builds it, and checks the image that comes out. */
export async function checkedBuild({ severity, args }: FailOn, io: Io): Promise<number> {
  const call = readDockerFlags(args, buildFlags, true)
  const [context, extra] = call.operands
  if (context === undefined || extra !== undefined) {
    return callIsWrong(io, 'name the build context, as for `docker build`: one PATH', 'build')
  }
  if (context === '-') {
    return callIsWrong(
      io,
      'for a context from the standard input there is `docker-gotchas gate | docker build -`',
      'build',
    )
  }
  const folder = resolve(io.cwd, context)
  const file = valuesOf(call, 'file', 'f').at(-1)
  const isHere = await stat(folder)
    .then((found) => found.isDirectory())
    .catch(() => false)
  if (isHere && file !== '-') {
    const code = await checkSources(folder, resolve(io.cwd, file ?? join(folder, 'Dockerfile')), call, severity, io)
    if (code !== exit.clean) return code
  } else {
    io.stderr.write(
      'docker-gotchas: the sources of this build are not on this machine: only the image will be checked\n',
    )
  }
  return buildAndCheck(args, call, severity, io)
}

async function checkSources(
  folder: string,
  dockerfile: string,
  call: DockerCall,
  severity: FailOn['severity'],
  io: Io,
): Promise<number> {
  const isInside = dockerfile.startsWith(`${folder}/`)
  const linted = await lintPaths(
    callOf(isInside ? [folder] : [folder, dockerfile], { 'fail-on': [severity] }),
    io,
    ({ root }) => {
      const build: BuildChoice = {
        dockerfile: pathFrom(root, dockerfile),
        context: pathFrom(root, folder),
        target: valuesOf(call, 'target').at(-1),
        args: buildArgsOf(valuesOf(call, 'build-arg'), io),
      }
      return { build, entries: [build.dockerfile] }
    },
  )
  if (linted.kind === 'wrong') return callIsWrong(io, linted.message, 'build')
  await show(linted.analysis, io)
  if (!linted.fails) return exit.clean
  io.stderr.write('docker-gotchas: the image is not built; `--fail-on never` builds it nevertheless\n')
  return exit.findings
}

async function buildAndCheck(
  args: readonly string[],
  call: DockerCall,
  severity: FailOn['severity'],
  io: Io,
): Promise<number> {
  const own = await mkdtemp(join(tmpdir(), 'docker-gotchas-'))
  try {
    const given = valuesOf(call, 'iidfile').at(-1)
    const idFile = given === undefined ? join(own, 'image-id') : resolve(io.cwd, given)
    const code = await runDocker(['build', ...(given === undefined ? ['--iidfile', idFile] : []), ...args], io)
    if (code !== 0) return code
    const id = (await readFile(idFile, 'utf8').catch(() => '')).trim()
    return await checkBuilt(id, severity, io)
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

async function checkBuilt(id: string, severity: FailOn['severity'], io: Io): Promise<number> {
  const read = await readDocker(['save', id], io, (stdin) => checkImages('-', callOf(['-']), { ...io, stdin }))
  if (read.kind === 'failed') {
    io.stderr.write(`docker-gotchas: the image is not in this Docker daemon and was not checked: ${read.message}\n`)
    return exit.clean
  }
  const checked = read.value
  if (checked.kind !== 'checked') {
    io.stderr.write(`docker-gotchas: the image was built and could not be checked: ${checked.message}\n`)
    return exit.failure
  }
  await show(checked.analysis, io)
  return severity !== 'never' && checked.analysis.diagnostics.some((one) => fails(one, severity))
    ? exit.findings
    : exit.clean
}
