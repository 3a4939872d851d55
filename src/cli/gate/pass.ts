import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { reasonOf } from '../../files/reason.ts'
import type { Said, Shown } from '../../masking/shown.ts'
import { rules } from '../../rules/index.ts'
import { fails, thresholdOf } from '../../settings/policy.ts'
import { type ExitCode, exit } from '../io/exit.ts'
import type { Call } from '../call/flags.ts'
import { checkImages } from '../../workspace/images/check.ts'
import { callIsWrong, hasColour, type Io, remark, widthOf } from '../io/io.ts'
import { reporterOf, writeReport } from '../io/report.ts'
import { lintPaths } from '../../workspace/check.ts'
import { unknownRule } from '../lint/rule-ids.ts'
import { bytesOf } from '../../workspace/stdin.ts'
import { version } from '../version.ts'
import { openSpool, type Spool } from '../io/spool.ts'

/** Passes the standard input on where nothing is found in it; after any error nothing is passed on. */
export async function passOn(call: Call, io: Io): Promise<ExitCode> {
  const unknown = unknownRule(call)
  if (unknown !== undefined) return callIsWrong(io, unknown, 'gate')
  if (io.stdin.isTTY) return callIsWrong(io, 'the tar comes from the standard input', 'gate')
  const folder = resolve(io.cwd, call.one('spool') ?? tmpdir())
  const spool = spoolIn(folder)
  if (typeof spool === 'string') return callIsWrong(io, `nothing can be kept in \`${folder}\`: ${spool}`, 'gate')
  try {
    return await passThrough(spool, call, io)
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

async function passThrough(spool: Spool, call: Call, io: Io): Promise<ExitCode> {
  const kept = { ...io, stdin: spool.keep(bytesOf(io.stdin)) }
  const verdict = await (call.has('image') ? judgeImages(call, kept) : judgeContext(call, kept))
  if (verdict.kind === 'wrong') return callIsWrong(io, verdict.message, 'gate')
  if (verdict.kind === 'unreadable') return failed(verdict.message, io)
  const { analysis } = verdict
  for (const line of verdict.remarks) remark(io, line)
  const problem = await report(analysis, call, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'gate')
  const [failure] = analysis.failures
  if (failure) return failed(`the rule \`${failure.rule}\` failed: ${failure.message}`, io)
  if (verdict.fails) {
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

type Verdict =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly message: string }
  | {
      readonly kind: 'judged'
      readonly analysis: Shown<Said>
      readonly fails: boolean
      readonly remarks: readonly string[]
    }

async function judgeContext(call: Call, io: Io): Promise<Verdict> {
  const asked: Call = {
    ...call,
    operands: ['-'],
    has: (name) => name === 'context' || call.has(name),
    all: (name) => (name === 'file' && !call.has('file') ? ['Dockerfile'] : call.all(name)),
  }
  let isRead = false
  const outcome = await lintPaths(asked, io, (project) => {
    isRead = true
    return project
  })
  if (outcome.kind === 'wrong') return outcome
  const broken = outcome.analysis.diagnostics.find(({ rule }) => rule === 'unreadable-file')
  if (!isRead || outcome.unreadable)
    return { kind: 'unreadable', message: broken?.message ?? 'the build context cannot be read' }
  return { ...outcome, kind: 'judged' }
}

async function judgeImages(call: Call, io: Io): Promise<Verdict> {
  const asked: Call = {
    ...call,
    // `--image` of `docker-gotchas image` names one.
    one: (name) => (name === 'image' ? undefined : call.one(name)),
    has: (name) => name === 'every-platform' || call.has(name),
  }
  const checked = await checkImages('-', asked, io)
  if (checked.kind !== 'checked') return checked
  const { analysis, settings } = checked
  const threshold = thresholdOf(settings, call.one('fail-on'))
  return { kind: 'judged', analysis, fails: analysis.diagnostics.some((one) => fails(one, threshold)), remarks: [] }
}

/** Prints the findings to the standard error, or to a file; nothing where there are none. */
async function report(analysis: Shown<Said>, call: Call, io: Io): Promise<string | undefined> {
  const file = call.one('output')
  if (file === undefined && analysis.diagnostics.length === 0) return undefined
  const format = formats.find((known) => known === call.one('format')) ?? 'tty'
  const reporter = await reporterOf(format === 'tty' && call.has('quiet') ? 'lines' : format)
  const colour = file === undefined && hasColour(io.env, io.stderr)
  const text = reporter({ ...analysis, rules, version, colour, width: widthOf(io.stderr) })
  return writeReport(text, file, { ...io, stdout: io.stderr })
}

const formats = ['tty', 'json', 'sarif'] as const
