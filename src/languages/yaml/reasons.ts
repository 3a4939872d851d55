const reasons: readonly (readonly [RegExp, string])[] = [
  [/tab characters/, 'a tab cannot indent a line of YAML'],
  [
    /end of the stream within a flow|missed comma|flow collection|flow mapping|flow sequence/,
    'this list or mapping in brackets is not closed, or an entry in it needs quotes',
  ],
  [/within a (?:double|single) quoted|quoted scalar/, 'the quote that begins here is not closed'],
  [/escape/, 'this escape sequence is unknown in double quotes'],
  [/non-printable/, 'the file contains characters that cannot be printed'],
  [/bad indentation|indent/, 'this line is indented so that it belongs to nothing, or its text needs quotes'],
  [/nesting|depth/, 'the file is nested too deeply to be read'],
  [/end of the stream or a document separator/, 'the line does not continue what stands above it'],
]

/** In our words, why a text is no YAML. */
export function reasonOf(reason: string): string {
  return reasons.find(([pattern]) => pattern.test(reason))?.[1] ?? 'this is not valid YAML'
}
