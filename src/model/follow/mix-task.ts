import { posix } from 'node:path'
import { isUnder } from '../../files/folders.ts'
import { unreadFrom } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { type Known, known } from '../../text/known.ts'
import { type Span, span } from '../../text/source.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { locate } from '../stage-files/locate.ts'
import type { StageFiles } from '../stage-files/types.ts'
import type { Arg } from './arg.ts'
import { deeper, deepestFollow, environmentIn, type Frame, step, stepInto, subshell } from './frame.ts'
import { writeEffects } from './mix-effects.ts'
import { lostApp, lostTask } from './mix-names.ts'

/** Executes `mix …`: takes `do` apart, follows the aliases of mix.exs, and notes what each task leaves behind. */
export function followMix(argv: readonly Arg[], frame: Frame, at: Span): void {
  const [first = { text: 'run', span: at }, ...rest] = argv.slice(1)
  const app = appAt(frame)
  const call: MixCall = { mixEnv: mixEnvOf(first.text ?? '', app, frame), inside: [], only: undefined }
  if (first.text !== 'do') return runTask({ words: [first, ...rest], at }, app, frame, call)
  const only = rest[0]?.text === '--app' ? rest[1]?.text : undefined
  const words = only === undefined ? rest : rest.slice(2)
  const lost = only === undefined ? undefined : lostApp(only, app)
  if (lost) step(frame, { kind: 'program', name: 'mix', argv: ['mix', 'do'] }, rest[1]?.span ?? at, lost)
  if (lost && lost.near === undefined) return
  const child = only === undefined ? undefined : app?.children.find((one) => one.name === (lost?.near ?? only))
  for (const task of splitDo(words))
    if (lost && child) runTask(task, child, inFolder(frame, child, app), call)
    else runTask(task, app, frame, { ...call, only: child })
}

/** The Mix project that `mix` finds in the working directory of `frame`. */
function appAt(frame: Frame): MixApp | undefined {
  const { origin } = locate(frame.draft, posix.join(frame.shell.cwd.path, 'mix.exs'))
  if (origin.kind === 'context') return frame.world.apps.find((app) => app.file?.source.path === origin.path)
  if (origin.kind === 'unknown') return undefined
  const [only, ...others] = frame.world.apps.filter(({ folder }) => isUnder(folder, frame.context.root))
  return others.length === 0 ? only : undefined
}

/** One start of Mix. */
interface MixCall {
  /** MIX_ENV, which holds for all its tasks. */
  readonly mixEnv: Known<string>
  /** The aliases around. */
  readonly inside: readonly string[]
  /** The app of the umbrella for which `do --app` asks. */
  readonly only: MixApp | undefined
}

interface Task {
  readonly words: readonly Arg[]
  readonly at: Span
}

/** `a x, b + c`: tasks end at a word `+` and after a comma (Mix.Tasks.Do). */
function splitDo(words: readonly Arg[]): readonly Task[] {
  const tasks: Arg[][] = [[]]
  for (const word of words) {
    const { text = '', span: at } = word
    const comma = text.endsWith(',')
    if (text !== '+') tasks.at(-1)?.push(comma ? withoutComma(text, at) : word)
    if (text === '+' || comma) tasks.push([])
  }
  return tasks.filter((task) => task.length > 0).map((task) => ({ words: task, at: spanOf(task) }))
}

function withoutComma(text: string, at: Span): Arg {
  const { source, start, end } = at
  const written = source.text[end - 1] === ','
  return { text: text.slice(0, -1), span: written ? span(source, start, end - 1) : at }
}

function spanOf(words: readonly Arg[]): Span {
  const first = words[0]?.span
  const last = words.at(-1)?.span
  if (!first || !last) throw new RangeError('a task has at least one word')
  return first.source === last.source ? span(first.source, first.start, Math.max(first.end, last.end)) : first
}

function runTask(task: Task, app: MixApp | undefined, frame: Frame, call: MixCall): void {
  const [name, ...args] = task.words
  if (name?.text === undefined || frame.depth > deepestFollow || frame.budget.left-- <= 0) {
    const { why, ...bound } =
      name?.text === undefined
        ? { why: 'the name of the task is not known' }
        : ({ why: 'the aliases are nested too deep', bound: true } as const)
    step(frame, { kind: 'unknown', text: `mix ${name?.text ?? '…'}`, why, ...bound }, task.at)
    return
  }
  const alias = call.inside.includes(name.text) ? undefined : app?.aliases.get(name.text)
  if (alias) {
    alias.forEach((entry, index) => {
      const inner = deeper(frame, { span: entry.span, text: `the alias \`${name.text}\` of mix.exs` })
      if (entry.words === undefined) {
        step(inner, { kind: 'unknown', text: entry.text, why: 'it is a function of mix.exs' }, task.at)
        return
      }
      const words = entry.words.map((text): Arg => ({ text, span: task.at }))
      const last = index === alias.length - 1 ? args : []
      runTask({ words: [...words, ...last], at: task.at }, app, inner, {
        ...call,
        inside: [...call.inside, name.text ?? ''],
      })
    })
    return
  }
  if (app?.unread) unknownTask(name.text, app.unread, frame, task.at)
  if (name.text === 'cmd') return runCmd(args, app, frame, task.at)
  if (name.text === 'do') {
    for (const one of splitDo(args)) runTask({ ...one, at: task.at }, app, frame, call)
    return
  }
  // What an app of the umbrella calls so, Mix finds there only where the task is one for all of them.
  const children = recursive.test(name.text) ? (call.only ? [call.only] : app?.children) : undefined
  if (app && children && children.length > 0 && name.text !== 'release') {
    for (const child of children) runTask(task, child, inFolder(frame, child, app), { ...call, only: undefined })
    return
  }
  const lost = lostTask(name.text, app, frame.world)
  if (lost) {
    step(frame, { kind: 'program', name: 'mix', argv: ['mix', name.text] }, task.at, lost)
    const owner = app?.children.find((child) => child.aliases.has(name.text ?? ''))
    if (app && owner) return runTask(task, owner, inFolder(frame, owner, app), { ...call, only: undefined })
    if (lost.near === undefined || lost.near === name.text) return
    return runTask({ ...task, words: [{ ...name, text: lost.near }, ...args] }, app, frame, call)
  }
  const { mixEnv } = call
  const texts = args.map((arg) => arg.text ?? '')
  const made = step(
    frame,
    { kind: 'mix', task: name.text, args: texts, mixEnv },
    task.at,
    lostProject(name.text, frame),
  )
  writeEffects(made, app, frame)
}

/** Tasks that ask for no project. */
const ofNoProject = /^(local|archive|escript|hex|new|help|phx\.new|do)(\.|$)/

/**
 * That there is no mix.exs where a task is called: in a folder of the context that was copied as a whole and has a mix.lock, or
 * where the context has a mix.exs and nothing of it was copied.
 */
function lostProject(task: string, { draft, shell, context, world }: Frame) {
  const path = posix.join(shell.cwd.path, 'mix.exs')
  if (ofNoProject.test(task) || shell.cwd.doubt || !/^(absent|removed)$/.test(locate(draft, path).origin.kind))
    return undefined
  const isEmpty = nothingCopied(draft)
  if (!isEmpty && locate(draft, shell.cwd.path).origin.kind !== 'context') return undefined
  const name = isEmpty ? /(^|\/)mix\.exs$/ : /(^|\/)mix\.lock$/
  const isHere = (file: string) => isUnder(file, context.root) && name.test(file)
  return world.tree.entries.some((entry) => isHere(entry.path)) ? ({ what: 'file', name: path } as const) : undefined
}

const nothingCopied = (files: StageFiles | undefined): boolean =>
  files === undefined ||
  (files.writes.every(({ kind }) => kind === 'made' || kind === 'folder' || kind === 'removed') &&
    nothingCopied(files.base))

/** What a task does besides where mix.exs, which may give it another meaning, cannot be read. */
function unknownTask(name: string, damage: Problem, frame: Frame, at: Span): void {
  const why = unreadFrom(damage)
  step(frame, { kind: 'unknown', text: `mix ${name}`, why }, at)
  frame.draft.writes.push({ kind: 'unknown', target: '/', cause: { span: at, runs: 'maybe' }, why, adds: true })
}

/** Tasks that Mix runs in each app of an umbrella. */
const recursive = /^(phx\.digest|phoenix\.digest|compile|test)$/

/** `mix cmd [--app NAME] [--cd FOLDER] COMMAND`: in each app of an umbrella (Mix.Tasks.Cmd). */
function runCmd(args: readonly Arg[], app: MixApp | undefined, frame: Frame, at: Span): void {
  const only: Arg[] = []
  let cd: string | undefined
  let first = 0
  for (; args[first]?.text?.startsWith('--'); first++) {
    if (args[first]?.text === '--app') only.push(...args.slice(++first, first + 1))
    else if (args[first]?.text === '--cd') cd = args[++first]?.text
  }
  const names = only.flatMap(({ text = '', span: of }): readonly string[] => {
    const lost = lostApp(text, app)
    if (lost) step(frame, { kind: 'program', name: 'mix', argv: ['mix', 'cmd'] }, of, lost)
    return lost ? (lost.near === undefined ? [] : [lost.near]) : [text]
  })
  if (only.length > 0 && names.length === 0) return
  const children = app?.children.filter(({ name }) => only.length === 0 || names.includes(name ?? '')) ?? []
  const frames = children.length > 0 ? children.map((child) => inFolder(frame, child, app)) : [frame]
  for (const inner of frames) {
    const shell = subshell(inner.shell)
    if (cd !== undefined) stepInto(shell, cd)
    frame.follow(args.slice(first), { ...inner, shell, depth: inner.depth + 1 }, at)
  }
}

/** `frame` in the folder of an app of the umbrella. */
function inFolder(frame: Frame, child: MixApp, umbrella: MixApp | undefined): Frame {
  const shell = subshell(frame.shell)
  stepInto(shell, posix.relative(umbrella?.folder ?? '', child.folder))
  return { ...frame, shell }
}

/**
 * MIX_ENV as the command sees it; where it is not set, what Mix takes: `preferred_envs` and `default_env` of mix.exs, else
 * `dev` (mix help, "Mix.Project").
 */
function mixEnvOf(task: string, app: MixApp | undefined, frame: Frame): Known<string> {
  const value = environmentIn(frame)('MIX_ENV')
  if (value.kind === 'unknown' || (value.kind === 'known' && value.value !== '')) return value
  return known(app?.preferredEnvs.get(task) ?? app?.defaultEnv ?? 'dev')
}
