/** What a call of make asks for. */
export interface MakeCall {
  readonly goals: readonly string[]
  /** Those of `-C`, in order. */
  readonly folders: readonly string[]
  readonly file: string | undefined
  readonly variables: readonly (readonly [string, string])[]
  /** Whether it runs nothing: `-n`, `-q`, `--version`. */
  readonly asks: boolean
  /** Whether it goes on after a failure: `-i`. */
  readonly mayFail: boolean
}

const valued = /^-[CfIoWl]$|^--(directory|file|makefile|include-dir|old-file|what-if)$/
const asking = /^-[a-zA-Z]*[nqphv]|^--(just-print|dry-run|recon|question|print-data-base|help|version)$/

/** Reads the arguments of make (GNU make manual, "Summary of Options"). */
export function readMakeCall(args: readonly string[]): MakeCall {
  const goals: string[] = []
  const folders: string[] = []
  const variables: [string, string][] = []
  let file: string | undefined
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? ''
    const assigned = /^([A-Za-z_][\w.]*)\s*:{0,3}=(.*)$/s.exec(word)
    const [, option = word, inline] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? /^(-[CfI])(.+)$/s.exec(word) ?? []
    if (option.startsWith('-')) {
      const value = inline ?? (valued.test(option) ? args[++index] : undefined)
      if (option === '-C' || option === '--directory') folders.push(value ?? '')
      else if (option === '-f' || option === '--file' || option === '--makefile') file ??= value
      else if (/^-j$/.test(option) && /^\d+$/.test(args[index + 1] ?? '')) index++
    } else if (assigned) variables.push([assigned[1] ?? '', assigned[2] ?? ''])
    else goals.push(word)
  }
  const asks = args.some((word) => asking.test(word) && !/^-[Cf]./.test(word))
  const mayFail = args.some((word) => /^(-i|--ignore-errors)$/.test(word))
  return { goals, folders, file, variables, asks, mayFail }
}
