import type { ParseError } from 'unbash'
import type { Problem } from '../../text/diagnostic.ts'
import type { Region } from './region.ts'

const sayings: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/^unterminated (.+)$/, ([, what = '']) => `the ${what} that begins here has no end`],
  [
    /^expected '(.+?)' to close '?(.+?)'?$/,
    ([, close = '', what = '']) => `\`${close}\` of the ${plain(what)} is missing`,
  ],
  [/^expected '(.+?)' after '(.+?)'/, ([, what = '', before = '']) => `\`${what}\` is missing after \`${before}\``],
  [/^expected '(.+?)'$/, ([, what = '']) => `\`${what}\` is missing`],
  [/^expected (\S+) after '(.+?)'$/, ([, what = '', before = '']) => `\`${before}\` is not followed by a ${what}`],
  [/^expected command in (.+)$/, ([, where = '']) => `the ${where} is empty`],
  [/^expected redirect target$/, () => 'the redirect names no file'],
  [/^unexpected token 'newline'$/, () => 'the line ends too early'],
  [/^unexpected (?:token|argument) '(.*?)'/, ([, token = '']) => `\`${token}\` cannot stand here`],
  [/^maximum /, () => 'this is nested too deeply to be read'],
]

const plain = (what: string) => (/^[a-z]+$/.test(what) && what !== 'subshell' ? `\`${what}\`` : what)

/** What the parser could not read, at its place and in our words. */
export function problemOf(region: Region, error: ParseError): Problem {
  const found = sayings.flatMap(([pattern, say]) => {
    const match = pattern.exec(error.message)
    return match ? [say(match)] : []
  })[0]
  return { span: region.at(...placeOf(region.text, error)), message: found ?? 'this is not shell' }
}

function placeOf(text: string, error: ParseError): [number, number] {
  const token = /^unexpected token '(.+)'$/.exec(error.message)?.[1]
  if (token !== undefined && text.startsWith(token, error.pos)) return [error.pos, error.pos + token.length]
  if (error.pos < text.length && !/\s/.test(text[error.pos] ?? '')) return [error.pos, error.pos + 1]
  let last = Math.min(error.pos, text.length) - 1
  while (last > 0 && /\s/.test(text[last] ?? '')) last--
  return [Math.max(0, last), last + 1]
}
