/** The words of a command; undefined where one is not told. */
export type Argv = readonly (string | undefined)[]

/** What a command that starts another one says about it. Numbers are indexes of words of the argv. */
export interface Wrapping {
  /** The name of the wrapper without its folder: `env`, `sh`, `gosu`. */
  readonly name: string
  readonly starts: /** The command whose name is at `first`. */
    | { readonly kind: 'command'; readonly first: number }
    /** The shell text at `text`; its `$1` is at `first` and may lie beyond the end. */
    | { readonly kind: 'script'; readonly text: number; readonly first: number }
    /** The script file at `file`; its `$1` is at `first`. `sourced`: in the same shell. */
    | { readonly kind: 'file'; readonly file: number; readonly first: number; readonly sourced: boolean }
    /** What comes in through the standard input, such as a here-document. */
    | { readonly kind: 'input' }
  /** What `NAME=value` words set for it; the value begins at `offset` of the word. */
  readonly variables: readonly { readonly name: string; readonly word: number; readonly offset: number }[]
  readonly unset: readonly string[]
  /** Whether it starts from an empty environment: `env -i`. */
  readonly clears: boolean
  /** The folder that it changes to first: `env -C FOLDER`; its path begins at `offset` of the word. */
  readonly folder?: { readonly word: number; readonly offset: number } | undefined
  /** The flags of a shell: `-e` `-o pipefail`. */
  readonly flags: readonly string[]
}
