/** The flags of a command of Docker whose value is the next word; all others are switches or `--name=value`. */
export interface DockerFlags {
  readonly valued: readonly string[]
}

export interface DockerCall {
  /** The values by the name of the flag, without dashes, in order. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** The index of the first word that is no flag. */
  readonly operand: number | undefined
  readonly operands: readonly string[]
}

/** Reads words as Docker's command line does; `whole`: flags may also stand after the first operand. */
export function readDockerFlags(argv: readonly string[], flags: DockerFlags, whole = false): DockerCall {
  const values = new Map<string, readonly string[]>()
  const operands: number[] = []
  const give = (name: string, value: string) => values.set(name, [...(values.get(name) ?? []), value])
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (word === '--') {
      operands.push(...argv.slice(index + 1).map((_, offset) => index + 1 + offset))
      break
    }
    const [, dashes, name = '', inline] = /^(--?)([A-Za-z0-9][\w-]*?)(?:=(.*))?$/s.exec(word) ?? []
    if (dashes === undefined || word === '-') {
      operands.push(index)
      if (!whole) break
    } else if (inline !== undefined) give(name, inline)
    else if (dashes === '-' && name.length > 1) {
      const last = [...name].findIndex((letter) => flags.valued.includes(letter))
      if (last === -1) for (const letter of name) give(letter, '')
      else give(name[last] ?? '', name.slice(last + 1) || (argv[++index] ?? ''))
    } else give(name, flags.valued.includes(name) ? (argv[++index] ?? '') : '')
  }
  return { values, operand: operands[0], operands: operands.map((index) => argv[index] ?? '') }
}

/** Of `docker build` and `docker buildx build`. */
export const buildFlags: DockerFlags = {
  valued: [
    ...['f', 't', 'o', 'm', 'c', 'file', 'tag', 'output', 'memory', 'cpu-shares', 'add-host', 'allow', 'annotation'],
    ...['attest', 'build-arg', 'build-context', 'builder', 'cache-from', 'cache-to', 'call', 'cgroup-parent'],
    ...['cpu-period', 'cpu-quota', 'cpuset-cpus', 'cpuset-mems', 'iidfile', 'isolation', 'label', 'memory-swap'],
    ...['metadata-file', 'network', 'no-cache-filter', 'platform', 'policy', 'progress', 'provenance', 'sbom'],
    ...['secret', 'security-opt', 'shm-size', 'ssh', 'target', 'ulimit'],
  ],
}

/** Of `docker compose`, before its command. */
export const composeFlags: DockerFlags = {
  valued: [
    'f',
    'p',
    'file',
    'project-name',
    'profile',
    'project-directory',
    'env-file',
    'ansi',
    'parallel',
    'progress',
    'workdir',
  ],
}

/** The values of a flag that has a long and a short name, in the order of the long ones first. */
export const valuesOf = ({ values }: DockerCall, ...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => values.get(name) ?? [])
