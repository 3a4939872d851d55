import type { Problem } from '../../text/diagnostic.ts'

type YamlReason = Omit<Problem, 'span'>

/** Of an escape sequence in double quotes. */
export const unknownEscape: YamlReason = { message: 'this escape sequence is unknown in double quotes' }

/** What js-yaml says, and what we say. */
const reasons: readonly (readonly [RegExp, YamlReason])[] = [
  [/tab characters/, { message: 'a tab cannot indent a line of YAML' }],
  [
    /end of the stream within a flow|missed comma|flow collection|flow mapping|flow sequence/,
    { message: 'this list or mapping in brackets is not closed, or an entry in it needs quotes' },
  ],
  [/within a (?:double|single) quoted|quoted scalar/, { message: 'the quote that begins here is not closed' }],
  [/escape/, unknownEscape],
  [/non-printable/, { message: 'the file contains characters that cannot be printed' }],
  [
    /bad indentation|indent/,
    { message: 'this line is indented so that it belongs to nothing, or its text needs quotes' },
  ],
  [/nesting|depth/, { message: 'the file is nested too deeply to be read', bound: true }],
  [/end of the stream or a document separator/, { message: 'the line does not continue what stands above it' }],
]

/** In our words, why a text is no YAML, where js-yaml gives `reason`. */
export const reasonOf = (reason: string): YamlReason =>
  reasons.find(([pattern]) => pattern.test(reason))?.[1] ?? { message: 'this is not valid YAML' }
