/** The flags of a command of Docker whose value may be the next word; all others are switches or `--name=value`. */
export interface DockerFlags {
  readonly valued: readonly string[]
}

/** A flag of a call, and its words: those from `from` up to `to`. */
export interface GivenFlag {
  /** Without dashes. */
  readonly name: string
  /** Empty for a switch. */
  readonly value: string
  readonly from: number
  readonly to: number
}

export interface DockerCall {
  readonly flags: readonly GivenFlag[]
  /** The index of the first word that is no flag. */
  readonly operand: number | undefined
  readonly operands: readonly string[]
}

/** Reads words as Docker's command line does (pflag); `whole`: flags may also stand after the first operand. */
export function readDockerFlags(argv: readonly string[], { valued }: DockerFlags, whole = false): DockerCall {
  const flags: GivenFlag[] = []
  const operands: number[] = []
  for (let index = 0; index < argv.length; ) {
    const word = argv[index] ?? ''
    if (word === '--') {
      operands.push(...[...argv.keys()].slice(index + 1))
      break
    }
    if (word === '-' || !word.startsWith('-')) {
      operands.push(index++)
      if (whole) continue
      break
    }
    const found = word.startsWith('--') ? [longFlag(word)] : shortFlags(word.slice(1), valued)
    const [name = '', value] = found.at(-1) ?? []
    const takesNext = value === undefined && valued.includes(name)
    const [from, to] = [index, index + (takesNext ? 2 : 1)]
    for (const [other, own = takesNext ? argv[from + 1] : undefined] of found)
      flags.push({ name: other, value: own ?? '', from, to })
    index = to
  }
  return { flags, operand: operands[0], operands: operands.map((index) => argv[index] ?? '') }
}

type FlagRead = readonly [name: string, value?: string]

function longFlag(word: string): FlagRead {
  const at = word.indexOf('=')
  return at === -1 ? [word.slice(2)] : [word.slice(2, at), word.slice(at + 1)]
}

/** The flags of one word after its dash: switches, and at its end one that may have a value. */
function shortFlags(letters: string, valued: readonly string[]): readonly FlagRead[] {
  const last = [...letters].findIndex((letter, at) => valued.includes(letter) || letters[at + 1] === '=')
  if (last === -1) return [...letters].map((letter) => [letter, ''])
  const value = letters.slice(last + 1).replace(/^=(?=.)/s, '')
  return [
    ...[...letters.slice(0, last)].map((letter): FlagRead => [letter, '']),
    value === '' ? [letters[last] ?? ''] : [letters[last] ?? '', value],
  ]
}

/** Of `docker build` and `docker buildx build`. */
export const buildFlags: DockerFlags = {
  valued: [
    ...['f', 't', 'o', 'm', 'c', 'file', 'tag', 'output', 'memory', 'cpu-shares', 'add-host', 'allow', 'annotation'],
    ...['attest', 'build-arg', 'build-context', 'builder', 'cache-from', 'cache-to', 'call', 'cgroup-parent'],
    ...['cpu-period', 'cpu-quota', 'cpuset-cpus', 'cpuset-mems', 'iidfile', 'isolation', 'label', 'memory-swap'],
    ...['metadata-file', 'network', 'no-cache-filter', 'platform', 'policy', 'print', 'progress', 'provenance', 'sbom'],
    ...['secret', 'security-opt', 'shm-size', 'ssh', 'target', 'ulimit'],
  ],
}

/** Of `docker compose`, before its command. */
export const composeFlags: DockerFlags = {
  valued: [
    ...['f', 'p', 'file', 'project-name', 'profile', 'project-directory', 'env-file', 'ansi', 'parallel', 'progress'],
    'workdir',
  ],
}

/** The values of a flag that has several names, in order. */
export const valuesOf = ({ flags }: DockerCall, ...names: readonly string[]): readonly string[] =>
  flags.filter(({ name }) => names.includes(name)).map(({ value }) => value)
