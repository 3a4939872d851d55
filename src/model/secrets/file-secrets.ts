import { isComposeFile } from '../../files/names.ts'
import { type Source, span, textOf, wholeOf } from '../../text/source.ts'
import { developmentWord } from '../shipping/production.ts'
import { secretsOfEnvFile } from './env-file-secrets.ts'
import { secretsOfScript } from './script-secrets.ts'
import { isEnvFile, isKeyFile, isSampleEnvFile, isSecretScript, isTokenFile } from './secret-files.ts'
import { isRealSecret } from './secret-look.ts'
import { secretsOfShell } from './shell-secrets.ts'
import { secretAt, usualPuts, type WrittenSecret, writtenIn } from './written.ts'

/** Whether a file is of a kind that holds secrets, by its name. */
export const mayHoldSecrets = (path: string): boolean =>
  (isEnvFile(path) && !isSampleEnvFile(path)) || isSecretScript(path) || isKeyFile(path) || isTokenFile(path)

/** Scripts and settings of other programs, of which few hold secrets, and that are none for development or tests. */
export const isOtherText = (path: string): boolean =>
  /\.((ba)?sh|ya?ml|json|toml|conf|cfg|ini|properties)$|(^|\/)_?netrc$/.test(path) &&
  !/(^|\/)(package(-lock)?|tsconfig|composer|fly)\b[^/]*$/.test(path) &&
  !isComposeFile(path) &&
  !isSampleEnvFile(path) &&
  developmentWord(path) === undefined

/** The secrets that a file of such a kind writes out, but for key files, which are secret as a whole. */
export function secretsOfFile(source: Source): readonly WrittenSecret[] {
  const { path } = source
  if (isEnvFile(path)) return secretsOfEnvFile(source)
  if (isTokenFile(path)) return secretsOfText(source)
  if (!isOtherText(path)) return secretsOfScript(source)
  const found = /sh$/.test(path) ? secretsOfShell(source) : [...secretsOfText(source), ...pairsOf(source)]
  return found.filter(({ value }) => isRealSecret(textOf(value)) || /^-----BEGIN/.test(textOf(value)))
}

/** The secrets of a text of which nobody knows in what language it is written. */
export const secretsOfText = (source: Source): readonly WrittenSecret[] => {
  const whole = wholeOf(source)
  return writtenIn(whole, usualPuts(whole))
}

const pair = /(["']?)(?<name>[A-Za-z][\w.-]{0,80})\1[ \t]{0,20}[:=][ \t]{0,20}(["'])(?<text>[^"'\n]{4,})\3/g

const plainPair = /^[ \t]*(?:- )?(?<name>[A-Za-z][\w.-]{0,80}):[ \t]{1,20}(?<text>[^\s"'#&*!|>[{][^\s#]{3,})[ \t]*$/gm

/** `"password": "…"` of JSON, `password = "…"` of TOML and its like, and `password: …` of YAML. */
const pairsOf = (source: Source): readonly WrittenSecret[] =>
  [...source.text.matchAll(pair), ...(/ya?ml$/.test(source.path) ? source.text.matchAll(plainPair) : [])].flatMap(
    ({ 0: whole, groups, index }) => {
      const { name = '', text = '' } = groups ?? {}
      const start = index + whole.lastIndexOf(text)
      const value = span(source, start, start + text.length)
      return secretAt(name, value, span(source, index, index + whole.length), usualPuts(value))
    },
  )
