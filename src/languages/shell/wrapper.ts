import { isShell } from './shebang.ts'
import { readShellCall } from './shell-call.ts'
import type { Argv, Wrapping } from './wrapping.ts'

interface Shape {
  /** How many words stand between the options and the command. */
  readonly words?: number
  /** Options whose value is the next word. */
  readonly valued?: RegExp
  /** Whether `NAME=value` words may stand before the command. */
  readonly assigns?: boolean
  /** Whether the command stands after `--` and nowhere else. */
  readonly dashes?: boolean
  /** Options that make it a question or something else. */
  readonly not?: RegExp
  /** The word without which it starts nothing: `asdf exec`. */
  readonly verb?: string
  /** The option whose value is the folder to start in. */
  readonly folder?: RegExp
}

const shapes: Readonly<Record<string, Shape>> = {
  env: { assigns: true, valued: /^(-u|--unset|-C|--chdir)$/, folder: /^(?:-C|--chdir=?)/ },
  exec: { valued: /^-a$/ },
  command: { not: /^-[vV]/ },
  builtin: {},
  nohup: {},
  setsid: {},
  time: { valued: /^-[fo]$/ },
  nice: { valued: /^(-n|--adjustment)$/ },
  ionice: { valued: /^-[cn]$/, not: /^-[pP]/ },
  timeout: { words: 1, valued: /^(-s|-k|--signal|--kill-after)$/ },
  stdbuf: { valued: /^(-[oie]|--(output|input|error))$/ },
  unbuffer: {},
  chroot: { words: 1, valued: /^--(userspec|groups)$/ },
  chpst: { valued: /^-[uUbe/nlLmdopfcrt]$/ },
  setuidgid: { words: 1 },
  gosu: { words: 1 },
  'su-exec': { words: 1 },
  's6-setuidgid': { words: 1 },
  'with-contenv': {},
  setpriv: { valued: /^--(reuid|regid|groups|inh-caps|bounding-set)$/ },
  sudo: { assigns: true, valued: /^-[ugpCDhRTU]$|^--(user|group)$/, not: /^-[ile]$|^--(login|list|edit)$/ },
  doas: { valued: /^-[uC]$/ },
  tini: { valued: /^-[ep]$/ },
  'tini-static': { valued: /^-[ep]$/ },
  'docker-init': { valued: /^-[ep]$/ },
  'dumb-init': { valued: /^(-r|--rewrite)$/ },
  catatonit: {},
  'xvfb-run': { valued: /^-[efnpsw]$/ },
  dockerize: { valued: /^-(wait|timeout|template|std(out|err)|wait-(retry-interval|http-header)|env|delims)$/ },
  'wait-for-it': { dashes: true },
  litefs: { dashes: true },
  doppler: { dashes: true },
  infisical: { dashes: true },
  chamber: { dashes: true },
  op: { dashes: true },
  'cross-env': { assigns: true },
  'cross-env-shell': { assigns: true },
  mise: { dashes: true },
  rtx: { dashes: true },
  asdf: { verb: 'exec' },
  direnv: { verb: 'exec', words: 1 },
  flock: { words: 1, valued: /^(-[wE]|--(timeout|conflict-exit-code))$/ },
}

/**
 * What `argv` starts, where its first word is a program that starts another: `env`, `exec`, `sudo`, `tini`, `sh -c`,
 * `.` and the like; undefined for all others, and where no command follows. Words of which nothing is known are
 * undefined in `argv`.
 */
export function wrappingOf(argv: Argv): Wrapping | undefined {
  const name = argv[0]?.slice(argv[0].lastIndexOf('/') + 1) ?? ''
  if (name === 'busybox' && isShell(argv[1] ?? '')) return shifted(wrappingOf(argv.slice(1)))
  const call = readShellCall(name, argv)
  if (call) return { name, variables: [], unset: [], clears: false, ...call }
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
  return shape && (shape.dashes ? afterDashes(name, argv) : afterOptions(name, shape, argv))
}

function afterDashes(name: string, argv: Argv): Wrapping | undefined {
  const dashes = argv.indexOf('--')
  return dashes === -1 || dashes + 1 >= argv.length ? undefined : starting(name, dashes + 1)
}

function afterOptions(name: string, shape: Shape, argv: Argv): Wrapping | undefined {
  const variables: { name: string; word: number; offset: number }[] = []
  const unset: string[] = []
  let clears = false
  let folder: Wrapping['folder']
  if (shape.verb !== undefined && argv[1] !== shape.verb) return undefined
  let index = shape.verb === undefined ? 1 : 2
  for (let open = true; index < argv.length; index++) {
    const word = argv[index] ?? ''
    const assignment = shape.assigns ? /^([A-Za-z_]\w*)=/.exec(word) : null
    if (assignment?.[1] !== undefined) {
      variables.push({ name: assignment[1], word: index, offset: assignment[0].length })
    } else if (open && word === '--') {
      open = false
    } else if (open && word.startsWith('-')) {
      if (shape.not?.test(word)) return undefined
      clears ||= name === 'env' && /^(-|-[0v]*i.*|--ignore-environment)$/.test(word)
      const option = shape.folder?.exec(word)?.[0]
      const taken = shape.valued?.test(word) ? argv[++index] : undefined
      if (option !== undefined)
        folder = option === word ? { word: index, offset: 0 } : { word: index, offset: option.length }
      const removed = /^(-u|--unset)$/.test(word) ? taken : /^(?:-u|--unset=)(.+)/.exec(word)?.[1]
      if (name === 'env' && removed !== undefined) unset.push(removed)
    } else {
      break
    }
  }
  index += shape.words ?? 0
  if (argv[index] === '--') index++
  return index < argv.length ? { ...starting(name, index), variables, unset, clears, folder } : undefined
}

const starting = (name: string, first: number): Wrapping => ({
  name,
  starts: { kind: 'command', first },
  variables: [],
  unset: [],
  clears: false,
  flags: [],
})

/** A wrapping whose argv lies one word further on. */
function shifted(wrapping: Wrapping | undefined): Wrapping | undefined {
  if (wrapping === undefined) return undefined
  const { starts } = wrapping
  if (starts.kind === 'input') return wrapping
  if (starts.kind === 'command') return { ...wrapping, starts: { ...starts, first: starts.first + 1 } }
  if (starts.kind === 'script') {
    return { ...wrapping, starts: { ...starts, text: starts.text + 1, first: starts.first + 1 } }
  }
  return { ...wrapping, starts: { ...starts, file: starts.file + 1, first: starts.first + 1 } }
}
