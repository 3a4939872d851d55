import { posix } from 'node:path'
import { sourceAt, type Tree } from '../../files/tree.ts'
import type { Runs } from '../../languages/elixir/config/evaluate-once.ts'
import type { Guard } from '../../languages/shell/types.ts'
import type { Label, Problem } from '../../text/diagnostic.ts'
import { type Known, known, type Unknown, unknown } from '../../text/known.ts'
import type { Source, Span } from '../../text/source.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { realPath } from '../stage-files/locate.ts'
import type { Folder } from '../stage-files/paths.ts'
import type { Command, Lookup, Lost, RunningShell, ShellProcess, Step } from '../stage-files/step.ts'
import type { Artifact, Context, StageFiles, Write } from '../stage-files/types.ts'
import { type Arg, spanOver } from './arg.ts'

/** What of the project a build can look at. */
export interface World {
  readonly tree: Tree
  readonly sourceAt: (path: string) => Source | undefined
  readonly apps: readonly MixApp[]
  /** The scripts that turned out to be too much to follow. */
  readonly exhausting: Set<Source>
  /** Of the scripts that were followed, what is wrong with those that no shell can read. */
  readonly unread?: Map<Source, Problem>
  /** What scripts did so far. */
  readonly runs: Runs
}

/** The world of a tree. */
export const worldOf = (tree: Tree, apps: readonly MixApp[]): World => ({
  tree,
  sourceAt: (path) => sourceAt(tree, path),
  apps,
  exhausting: new Set(),
  unread: new Map(),
  runs: new Map(),
})
/** The files of a stage while it is built. */
export interface StageDraft extends StageFiles {
  readonly writes: Write[]
}

/** What a variable is; where a condition decides that, `under` says what it is for all that hangs on the same one. */
type CommandVariable = Known<string> & {
  readonly under?: { readonly guards: readonly Guard[]; readonly value: Known<string> }
}

/** A condition that decides in which folder a shell is, and where it is otherwise. */
export interface Detour {
  readonly guards: readonly Guard[]
  readonly cwd: Folder
  /** Where it was before the condition. */
  readonly before: Folder
  /** Whether `cwd` is where other branches of the condition have gone. */
  readonly merged: boolean
}

/** The state of one shell process: what `cd`, assignments and `export` change. */
export interface FrameShell {
  cwd: Folder
  /** The conditions below which it has changed its folder, the innermost last. */
  detours: readonly Detour[]
  /** Where `popd` and `cd -` go back to. */
  folders: readonly string[]
  readonly variables: Map<string, CommandVariable>
  /** Names of variables that the commands which it starts do not see. */
  readonly local: Set<string>
  /** Whether every variable that is set is exported: `set -a`. */
  allExport: boolean
  /** Why variables may be set of which nobody knows the names; undefined where there are none. */
  open?: Unknown
  /** `$1`, `$2` … */
  readonly args: readonly Arg[]
  /** The file that it reads, absolute: `$0`; undefined where it has its commands from elsewhere. */
  readonly script?: string
}

/** Where a command is followed: in which files and shell, and how the chain got there. */
export interface Frame {
  readonly world: World
  readonly context: Context
  readonly stage: number
  readonly draft: StageDraft
  readonly shell: FrameShell
  /** The environment that the shell was started with. */
  readonly env: Lookup
  readonly via: readonly Label[]
  readonly runs: 'always' | 'maybe'
  /** The conditions of the scripts around; none where absent. */
  readonly guards?: readonly Guard[]
  /** Whether a condition that is known not to hold keeps it from running. */
  readonly isPassedBy?: boolean
  readonly mayFail: boolean
  /** The outermost command on the way whose failure a script ignores. */
  readonly ignored?: Span | undefined
  /** The shells around the one that `shell` is the state of; none where absent. */
  readonly shells?: readonly RunningShell[]
  /** The words of the command that is followed. */
  readonly words?: readonly Arg[]
  /** The process of which `shell` is the state; undefined where no shell runs the command. */
  readonly process?: ShellProcess | undefined
  /** Which program `sh` is, as far as the base image says. */
  readonly sh?: 'dash' | 'busybox' | undefined
  /** What becomes of the process when it comes to the command that is followed. */
  readonly then?: RunningShell['then']
  /** Whether a command on the way has changed the user. */
  readonly otherUser?: boolean
  /** The programs on the way that start another, outermost first: `tini`, `gosu`. */
  readonly starters?: readonly Arg[]
  readonly depth: number
  /** How many commands may still be followed; one for the whole of a build or start. */
  readonly budget: { left: number }
  readonly emit: (step: Omit<Step, 'id'>) => Step
  /** Executes a command; a follower uses it for the commands that it finds. `input` is its here-document. */
  readonly follow: (argv: readonly Arg[], frame: Frame, at: Span, input?: Span) => void
}

/** How many commands a build of so many instructions, or a start, may have. */
export const newBudget = (instructions = 0): Frame['budget'] => ({ left: 5_000 + 10 * instructions })

/** How many scripts, aliases and functions are followed into each other. */
export const deepestFollow = 24

/** A shell process in the folder `cwd`. */
export const newShell = (cwd: Folder): FrameShell => ({
  cwd,
  detours: [],
  folders: [],
  variables: new Map(),
  local: new Set(),
  allExport: false,
  args: [],
})

/** Changes the folder of `shell` by paths of which nothing is unknown. */
export function stepInto(shell: FrameShell, ...paths: readonly string[]): void {
  shell.cwd = { ...shell.cwd, path: posix.resolve(shell.cwd.path, ...paths) }
}

/** A copy of `shell`, as `(…)` works in: it sees all, and changes nothing outside. */
export const subshell = (shell: FrameShell, args: readonly Arg[] = shell.args): FrameShell => ({
  ...shell,
  variables: new Map(shell.variables),
  local: new Set(shell.local),
  args,
})

/** The shell of another program that `shell` starts: it sees what is exported. */
export function startedBy(shell: FrameShell, args: readonly Arg[] = []): FrameShell {
  const variables = new Map([...shell.variables].filter(([name]) => !shell.local.has(name)))
  return { ...newShell(shell.cwd), variables, args, ...(shell.open ? { open: shell.open } : {}) }
}

/** Parameters that the shell itself sets (POSIX.1-2017, Shell Command Language, 2.5; bash, "Shell Variables"). */
const ofShell = /^(\W|\d+|_|OLDPWD|PPID|UID|EUID|RANDOM|SECONDS|LINENO|IFS|OPT\w+|REPLY|BASH\w*|FUNCNAME|\w+TYPE)$/

/** What the shell of `frame` itself has for a variable. */
export const lookupIn =
  ({ shell, env, guards }: Frame): Lookup =>
  (name) => {
    const value = valueUnder(guards, shell.variables.get(name))
    if (value) return value
    if (name === 'PWD' && !shell.cwd.doubt) return known(shell.cwd.path)
    return ofShell.test(name) ? unknown(`the shell sets \`${name}\``) : orOpen(env(name), shell)
  }

/** A variable that nobody sets, where somebody may have set it without its name. */
const orOpen = (value: Known<string>, { open }: FrameShell): Known<string> =>
  value.kind === 'unset' && open ? { ...open, trail: [...value.trail, ...open.trail] } : value

function valueUnder(guards: readonly Guard[] = [], value?: CommandVariable): Known<string> | undefined {
  const { under } = value ?? {}
  return under?.guards.every((guard, index) => guards[index] === guard) ? under.value : value
}

/** The environment of a command that `frame` starts now. */
export function environmentIn({ shell, env, guards }: Frame): Lookup {
  const { local } = shell
  const variables = new Map(shell.variables)
  const hidden = new Set(local)
  const opened = { ...shell }
  return (name) => {
    const value = valueUnder(guards, variables.get(name))
    if (value === undefined) return orOpen(env(name), opened)
    if (!hidden.has(name)) return value
    const outer = env(name)
    return outer.kind === 'known' ? value : outer
  }
}

/** Adds a step for `command` and gives it back; `lost` is what it calls that is not there. */
export function step(frame: Frame, command: Command, at: Span, lost?: Lost): Step {
  const { stage, via, runs, guards = [], mayFail, shell } = frame
  const { words = [], otherUser, ignored, starters, isPassedBy } = frame
  const word = words[0]?.span
  const isElsewhere = word && (word.source !== at.source || word.start < at.start || word.end > at.end)
  const written = isElsewhere ? { word, written: spanOver(words, word) } : {}
  const more = {
    ...written,
    ...(lost ? { lost } : {}),
    ...(otherUser ? { otherUser } : {}),
    ...(ignored ? { ignored } : {}),
    ...(starters ? { starters } : {}),
    ...(isPassedBy ? { isPassedBy } : {}),
    ...(shell.cwd.doubt ? { isAstray: true } : {}),
  }
  const [cwd, env, shells] = [shell.cwd.path, environmentIn(frame), shellsOf(frame)]
  return frame.emit({ stage, span: at, via, runs, guards, mayFail, shells, command, cwd, env, ...more })
}

/** The shells that run what is followed in `frame`. */
const shellsOf = ({ shells = [], process, then = 'waits' }: Frame): readonly RunningShell[] =>
  process ? [...shells, { ...process, then }] : shells

/** What changes in `frame` where a command starts another process; undefined where that is no shell. */
export const inProcess = (frame: Frame, process: ShellProcess | undefined): Pick<Frame, 'shells' | 'process'> => ({
  shells: shellsOf(frame),
  process,
})

/** Notes that `artifact` is at `target` from now on; `isKnown`: whether that is where it lies. */
export function write(
  frame: Frame,
  target: string,
  artifact: Artifact,
  isKnown = frame.shell.cwd.doubt === undefined,
): void {
  const cause = { span: artifact.step.span, runs: frame.runs }
  const { writes } = frame.draft
  if (isKnown) writes.push({ kind: 'made', target: realPath(frame.draft, target), artifact, cause })
  else writes.push({ kind: 'unknown', target: '/', cause, why: 'a command writes to a folder that is not known' })
}

/** `frame` one level deeper, reached by way of `label`. */
export const deeper = (frame: Frame, label: Label, change: Partial<Frame> = {}): Frame => ({
  ...frame,
  via: [...frame.via, label],
  depth: frame.depth + 1,
  ...change,
})
