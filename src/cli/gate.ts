import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { reasonOf } from '../files/reason.ts'
import type { Checked, CheckOptions } from '../workspace/check.ts'
import type { OpenImagesOptions } from '../workspace/images/open.ts'
import { closed, done, type Result } from '../workspace/result.ts'
import { bytesOf } from '../workspace/stdin.ts'
import type { Command } from './call/command.ts'
import { findingFlags } from './call/finding-flags.ts'
import type { Call } from './call/flags.ts'
import { maxSizeFlag } from './call/max-size.ts'
import { type WantedReport, wantedReports } from './call/reports.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, type Io, remark } from './io/io.ts'
import { refused } from './io/refused.ts'
import { openSpool, type Spool } from './io/spool.ts'

/** Passes a tar on only where nothing is found in it. */
export const gate: Command = {
  name: 'gate',
  summary: 'pass a build context or image on only where nothing is found',
  operands: '',
  description: [
    'Reads the tar of a build context, or with --image of saved images, from the standard input. Where nothing at or',
    'above --fail-on is found in it, its very bytes go to the standard output; else nothing does. The report goes to',
    'the standard error. While it is being read, the tar is kept in a private file, which is gone when the command ends.',
    'A tar that Docker and other programs may read in different ways is not passed on.',
    'Exit codes: 0 passed on · 1 findings (see --fail-on) · 2 the call is wrong · 3 not all could be read or passed on',
  ],
  flags: [
    ...findingFlags,
    { name: 'image', summary: 'it is what `docker save` writes, or an OCI layout' },
    { name: 'platform', value: 'PLATFORM', summary: 'with --image, such as linux/arm64, where it is for several' },
    { name: 'file', short: 'f', value: 'PATH', fallback: 'Dockerfile', summary: 'as `docker build -f`' },
    { name: 'target', value: 'STAGE', summary: 'as `docker build --target`' },
    { name: 'build-arg', value: 'NAME=VALUE', many: true, summary: 'as `docker build --build-arg`' },
    maxSizeFlag,
    { name: 'spool', value: 'FOLDER', summary: 'keep the tar in FOLDER (default: that of temporary files)' },
  ],
  examples: [
    { call: 'tar c . | docker-gotchas gate | docker build -', does: 'build only what has no findings' },
    { call: 'docker save shop | docker-gotchas gate --image | docker load', does: 'load only what has none' },
    { call: 'docker save shop | docker-gotchas gate --image | ssh host docker load', does: 'the same on another host' },
  ],
  run: passOn,
}

/** Passes the standard input on where nothing is found in it; after any error nothing is passed on. */
async function passOn(call: Call, io: Io): Promise<ExitCode> {
  const { askedOf, imageOptionsOf } = await import('./call/options.ts')
  const asked = askedOf(call)
  if (asked.kind === 'wrong') return refused(asked, io, 'gate')
  if (io.stdin.isTTY) return callIsWrong(io, 'the tar comes from the standard input', 'gate')
  const options = imageOptionsOf(call, io)
  if (options.kind === 'wrong') return refused(options, io, 'gate')
  const folder = resolve(io.cwd, call.one('spool') ?? tmpdir())
  const spool = spoolIn(folder)
  if (typeof spool === 'string') return callIsWrong(io, `nothing can be kept in \`${folder}\`: ${spool}`, 'gate')
  try {
    const wanted = wantedReports(call, io)
    if (wanted.kind === 'wrong') return refused(wanted, io, 'gate')
    const kept = { ...io, stdin: spool.keep(bytesOf(io.stdin)) }
    const checked = await (call.has('image') ? checkKeptImages : checkKeptContext)(options.value, asked.value, kept)
    return await passChecked(checked, spool, wanted.value, io)
  } finally {
    await spool.close()
  }
}

function spoolIn(folder: string): Spool | string {
  try {
    return openSpool(folder)
  } catch (error) {
    return reasonOf(error)
  }
}

async function passChecked(
  checked: Result<Checked>,
  spool: Spool,
  wanted: readonly WantedReport[],
  io: Io,
): Promise<ExitCode> {
  if (checked.kind === 'wrong')
    return checked.cause === 'call' ? refused(checked, io, 'gate') : failed(checked.message, io)
  const { analysis, fails, gone } = checked.value
  const { printFindings, sayGone } = await import('./io/report.ts')
  sayGone(gone, io)
  // Nothing is printed where there is nothing to say.
  const isSaid = wanted.some(({ file }) => file !== undefined) || analysis.diagnostics.length > 0
  const problem = isSaid ? await printFindings(analysis, wanted, { ...io, stdout: io.stderr }) : undefined
  if (problem !== undefined) return callIsWrong(io, problem, 'gate')
  const [failure] = analysis.failures
  if (failure) return failed(`the rule \`${failure.rule}\` failed: ${failure.message}`, io)
  if (fails) {
    remark(io, 'nothing is passed on; `--fail-on never` passes it on nevertheless')
    return exit.findings
  }
  if (!spool.isWhole()) return failed('the standard input was not read to its end', io)
  return passWhole(spool, io)
}

/** Hands the tar on, and fails where nobody takes all of it: what was not passed on is not clean. */
async function passWhole(spool: Spool, io: Io): Promise<ExitCode> {
  try {
    if (await spool.pass(io.pass)) return exit.clean
    remark(io, 'the standard output is closed, or its reader has left: not all was passed on')
  } catch (error) {
    remark(io, `not all could be passed on: ${reasonOf(error)}`)
  }
  return exit.failure
}

function failed(message: string, io: Io): ExitCode {
  remark(io, `${message}; nothing is passed on`)
  return exit.failure
}

async function checkKeptContext(options: OpenImagesOptions, asked: CheckOptions, io: Io): Promise<Result<Checked>> {
  const [{ openWorkspace }, { check }] = await Promise.all([
    import('../workspace/open.ts'),
    import('../workspace/check.ts'),
  ])
  const { dockerfiles = [], ...context } = options.context ?? {}
  const opened = await openWorkspace(['-'], io, {
    ...options,
    context: { ...context, isSure: true, dockerfiles: dockerfiles.length > 0 ? dockerfiles : ['Dockerfile'] },
    mayLeadOut: true,
  })
  if (opened.kind === 'wrong') return opened
  const checked = await check(opened.value, asked)
  if (checked.kind === 'wrong') return checked
  const { analysis, unseen } = checked.value
  if (opened.value.projects.length > 0 && !unseen) return checked
  const broken = analysis.diagnostics.find(({ rule }) => rule === 'unreadable-file')
  return closed(broken?.message ?? 'the build context cannot be read')
}

async function checkKeptImages(options: OpenImagesOptions, asked: CheckOptions, io: Io): Promise<Result<Checked>> {
  const [{ openImages }, { checkImages }] = await Promise.all([
    import('../workspace/images/open.ts'),
    import('../workspace/images/check.ts'),
  ])
  // `--image` of `docker-gotchas image` names one.
  const opened = await openImages('-', io, { ...options, image: undefined, everyPlatform: true })
  return opened.kind === 'wrong' ? opened : done(await checkImages(opened.value, asked))
}
