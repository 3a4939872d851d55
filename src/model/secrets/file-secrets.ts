import { type Source, wholeOf } from '../../text/source.ts'
import { secretsOfEnvFile, type WrittenSecret } from './env-file-secrets.ts'
import { writtenIn } from './image-secrets.ts'
import { secretsOfScript } from './script-secrets.ts'
import { isEnvFile, isKeyFile, isSampleEnvFile, isSecretScript, isTokenFile } from './secret-files.ts'

/** Whether a file is of a kind that holds secrets, by its name. */
export const mayHoldSecrets = (path: string): boolean =>
  (isEnvFile(path) && !isSampleEnvFile(path)) || isSecretScript(path) || isKeyFile(path) || isTokenFile(path)

/** The secrets that such a file writes out, but for key files, which are secret as a whole. */
export function secretsOfFile(source: Source): readonly WrittenSecret[] {
  if (isEnvFile(source.path)) return secretsOfEnvFile(source)
  return isTokenFile(source.path) ? writtenIn(wholeOf(source)) : secretsOfScript(source)
}
