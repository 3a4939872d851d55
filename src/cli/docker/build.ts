import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { doorInto } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import { checkImages } from '../../workspace/images/check.ts'
import { openImages } from '../../workspace/images/open.ts'
import { exit } from '../io/exit.ts'
import { callIsWrong, type Io, remark } from '../io/io.ts'
import { wrongText } from '../io/refused.ts'
import { show } from '../io/report.ts'
import { readDocker, runDocker } from './docker.ts'
import type { FailOn } from './fail-on.ts'
import { buildFlags, type DockerCall, readDockerFlags, valuesOf } from './flags.ts'
import { checkSources } from './sources.ts'

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
  const code = await checkSources(context, call, severity, io)
  if (code !== exit.clean) return code
  if (!givesImage(call)) return runDocker(['build', ...args], io)
  const built = await build(args, call, io)
  return built.code === 0 && built.id !== '' ? checkBuilt(built.id, severity, io) : built.code
}

/** Whether an image comes out, and not files or an answer: docker refuses `--iidfile` for those. */
function givesImage(call: DockerCall): boolean {
  if (call.flags.some(({ name, value }) => name === 'check' && value !== 'false')) return false
  if (valuesOf(call, 'call', 'print').some((method) => method !== 'build')) return false
  return !valuesOf(call, 'output', 'o').some(
    (output) => !/(^|,)type=/.test(output) || /(^|,)type=(local|tar)/.test(output),
  )
}

/** Builds, and gives docker's exit code and the id of the image; empty where docker says none. */
async function build(args: readonly string[], call: DockerCall, io: Io) {
  const own = await mkdtemp(join(tmpdir(), 'docker-gotchas-'))
  try {
    const given = valuesOf(call, 'iidfile').at(-1)
    const idFile = given === undefined ? join(own, 'image-id') : resolve(io.cwd, given)
    const code = await runDocker(['build', ...(given === undefined ? ['--iidfile', idFile] : []), ...args], io)
    return { code, id: readText(doorInto(idFile), idFile, idFile).source?.text.trim() ?? '' }
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

async function checkBuilt(id: string, severity: FailOn['severity'], io: Io): Promise<number> {
  const read = await readDocker(['save', id], io, (stdin) => openImages('-', { ...io, stdin }, { everyPlatform: true }))
  if (read.kind === 'failed') {
    remark(io, `the image is not in this Docker daemon and was not checked: ${read.message}`)
    return exit.clean
  }
  const opened = read.value
  if (opened.kind === 'wrong') {
    remark(io, `the image was built and could not be checked: ${await wrongText(opened, io)}`)
    return exit.failure
  }
  const { analysis, fails } = await checkImages(opened.value, { failOn: severity })
  await show(analysis, io)
  return fails ? exit.findings : exit.clean
}
