/** Characters that steer a terminal, hide, or turn the order of others round; a joiner counts beside ASCII only. */
export const unprintable =
  /\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|(?![\u200c\u200d])\p{Cf}|(?<=^|\p{ASCII})[\u200c\u200d]|[\u200c\u200d](?=\p{ASCII}|$)/gu

const firstPicture = 0x2400

/** What is printed in place of a character that must not be: its picture (U+2400…), and U+FFFD for what has none. */
export function pictureOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(firstPicture + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}

/** One line of a message that can be printed, whatever a project has put into it. */
export const neutralLine = (line: string): string => line.replace(unprintable, pictureOf)

/** What the runners of GitHub, Azure and TeamCity take for a command to themselves. */
const command = /^([^\S\n]*:)(?=:)|##(?=\[|vso\[|teamcity\[)/gm

const harmless = /^[\t\n\x20-\x7e]*$/

/**
 * A text of several lines that can be printed: control characters but for tabs and line ends have become visible, and
 * no line is a command to the runner of a CI job.
 */
export function neutral(text: string): string {
  const printable = harmless.test(text)
    ? text
    : text.replace(unprintable, (one, at: number, whole: string) =>
        one === '\n' || one === '\t' || (one === '\r' && whole[at + 1] === '\n') ? one : pictureOf(one),
      )
  return printable.replace(command, (_, colon?: string) => (colon === undefined ? '# #' : `${colon} `))
}

/** The same of a text in JSON, in which these characters stand in strings only: escaped, so that nothing is lost. */
export const neutralJson = (json: string): string =>
  json
    .replace(unprintable, (one) =>
      one === '\n' ? one : [...Array(one.length).keys()].map((at) => `\\u${hex(one.charCodeAt(at))}`).join(''),
    )
    .replace(/##(?=\[|vso\[|teamcity\[)/g, '\\u0023#')

const hex = (code: number): string => code.toString(16).padStart(4, '0')

/** A value as indented JSON that can be printed. */
export const jsonText = (value: unknown): string => `${neutralJson(JSON.stringify(value, undefined, 2))}\n`

/** The same on one line, without its end. */
export const jsonLine = (value: unknown): string => neutralJson(JSON.stringify(value))
