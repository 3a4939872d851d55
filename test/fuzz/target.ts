import type fc from 'fast-check'

/** What is put to a law: files by path, and what is done beside them. */
export interface Input {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** The command line that is run. */
  readonly argv?: readonly string[]
  /** The files of which one is changed. */
  readonly of?: Readonly<Record<string, string>>
  /** What stands in the files and must not be printed. */
  readonly secret?: string
}

/** Something that is fuzzed: inputs, and laws for them. */
export interface Target {
  readonly name: string
  readonly inputs: fc.Arbitrary<Input>
  /** Fails where a law is broken. */
  readonly obey: (input: Input) => void | Promise<void>
}
