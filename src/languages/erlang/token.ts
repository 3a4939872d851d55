/** A token of Erlang; `text` is the value of atoms, strings, characters and sigils, else what is written. */
export interface TermToken {
  readonly kind:
    | 'atom'
    | 'variable'
    | 'integer'
    | 'float'
    | 'character'
    | 'string'
    | 'sigil'
    | 'mark'
    | 'stop'
    | 'end'
    | 'bad'
  readonly text: string
  readonly start: number
  readonly end: number
}
