import { besideCode, type Tree } from '../../files/tree.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { Source, Span } from '../../text/source.ts'
import { secretsOfEnvFile } from './env-file-secrets.ts'
import { secretsOfText } from './file-secrets.ts'
import { secretsOfDockerfile } from './image-secrets.ts'
import { isEnvFile, isTokenFile } from './secret-files.ts'
import { secretsOfShell } from './shell-secrets.ts'

export { isElsewhere } from './dummies.ts'
export { isCookieName, isDummy, isSecretName, type SecretPart, secretIn } from './secret-look.ts'

/** What secrets are looked for in. */
export interface SecretSources {
  readonly tree: Tree
  readonly dockerfiles: readonly Dockerfile[]
}

/** The ranges of the secret values in Dockerfiles, env files, shell scripts and `.npmrc`, whether or not they ship: their text must not leave the tool. */
export const secretSpans = ({ tree, dockerfiles }: SecretSources): readonly Span[] =>
  [
    ...dockerfiles.flatMap((one) => secretsOfDockerfile(one.whole ?? one)),
    ...besideCode(tree).filter(isShellScript).flatMap(secretsOfShell),
    ...besideCode(tree)
      .filter(({ path }) => isTokenFile(path))
      .flatMap(secretsOfText),
    ...besideCode(tree)
      .filter(({ path }) => isEnvFile(path))
      .flatMap(secretsOfEnvFile),
  ].map((secret) => secret.value)

const isShellScript = ({ path, text }: Source) => /\.sh(\.eex)?$/.test(path) || /^#![^\n]*sh\b/.test(text)
