import { type Source, wholeOf } from '../../text/source.ts'
import { secretsOfEnvFile } from './env-file-secrets.ts'
import { secretsOfScript } from './script-secrets.ts'
import { isEnvFile, isKeyFile, isSampleEnvFile, isSecretScript, isTokenFile } from './secret-files.ts'
import { usualPuts, type WrittenSecret, writtenIn } from './written.ts'

/** Whether a file is of a kind that holds secrets, by its name. */
export const mayHoldSecrets = (path: string): boolean =>
  (isEnvFile(path) && !isSampleEnvFile(path)) || isSecretScript(path) || isKeyFile(path) || isTokenFile(path)

/** The secrets that such a file writes out, but for key files, which are secret as a whole. */
export function secretsOfFile(source: Source): readonly WrittenSecret[] {
  if (isEnvFile(source.path)) return secretsOfEnvFile(source)
  return isTokenFile(source.path) ? secretsOfText(source) : secretsOfScript(source)
}

/** The secrets of a text of which nobody knows in what language it is written. */
export const secretsOfText = (source: Source): readonly WrittenSecret[] => {
  const whole = wholeOf(source)
  return writtenIn(whole, usualPuts(whole))
}
