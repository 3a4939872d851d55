import type fc from 'fast-check'

/** Files by path, and what else decides what is done with them. */
export interface Input {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** What the input is about, for a report. */
  readonly about?: string
}

/** Something that is fuzzed: inputs, and laws for them. */
export interface Target<T extends Input = Input> {
  readonly name: string
  readonly inputs: fc.Arbitrary<T>
  /** Fails where a law is broken. */
  readonly obey: (input: T) => void | Promise<void>
}
