import { posix } from 'node:path'
import type { FileEntry } from '../../files/image/types.ts'
import type { Image } from '../../model/image/image.ts'
import { headOf, sourceOf, textOfEntry } from '../../model/image/place.ts'
import { isForDevelopment, secretsOfEnvFile } from '../../model/secrets/env-file-secrets.ts'
import { secretsOfText } from '../../model/secrets/file-secrets.ts'
import { secretsOfDockerfile } from '../../model/secrets/image-secrets.ts'
import { secretsOfScript } from '../../model/secrets/script-secrets.ts'
import { isEnvFile, isKeyFile, isSampleEnvFile, isSecretScript, isTokenFile } from '../../model/secrets/secret-files.ts'
import { isCookieName } from '../../model/secrets/secrets.ts'
import { secretsOfShell } from '../../model/secrets/shell-secrets.ts'
import type { WrittenSecret } from '../../model/secrets/written.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { type Source, type Span, textOf } from '../../text/source.ts'

/** Secrets in the ENV of an image, and files of secrets in any of its layers, those that a later layer removes as well. */
export function* secretsInLayers(image: Image): Iterable<Finding> {
  for (const dockerfile of image.project.dockerfiles) {
    for (const { name, what, by, span } of secretsOfDockerfile(dockerfile)) {
      if (isCookieName(name)) continue
      yield { message: `\`${by}\` bakes ${what} into the image, where \`docker inspect\` shows it`, span }
    }
  }
  for (const entry of image.saved.files.values()) {
    const found = secretIn(entry, image)
    if (found)
      yield {
        message: `${layerOf(entry, image)} holds \`${entry.path}\`, ${found.says}`,
        span: found.at,
        ...doubt(found),
      }
  }
  for (const { entry, goneIn, by } of image.saved.gone) {
    const found = secretIn(entry, image)
    if (!found) continue
    const verb = by === 'removed' ? 'removes' : 'overwrites'
    yield {
      message: `${layerOf(entry, image)} still holds \`${entry.path}\`, ${found.says}: layer ${goneIn} only ${verb} it`,
      span: found.at,
      ...doubt(found),
    }
  }
}

/** Cookies of Erlang distribution in the scripts of an image, such as the `env.sh` of its release. */
export function* cookiesInScripts({ saved }: Image): Iterable<Finding> {
  for (const entry of saved.files.values()) {
    if (entry.kind !== 'file' || system.test(entry.path) || textOfEntry(entry) === undefined) continue
    const found = writtenInFile(sourceOf(saved, entry), entry.path).find(({ name }) => isCookieName(name))
    if (found)
      yield { message: `\`${entry.path}\` of the image holds the cookie of Erlang distribution`, span: found.span }
  }
}

/** Secrets in what `docker history` prints: values of build arguments and of commands. */
export function* secretsInHistory({ historySecrets, saved }: Image): Iterable<Finding> {
  const said = new Set<string>()
  for (const { name, what, value, by } of historySecrets) {
    if (isCookieName(name) || said.has(`${name}=${textOf(value)}`)) continue
    said.add(`${name}=${textOf(value)}`)
    const isInConfig = by === 'ENV' && saved.config.env.some((pair) => pair.startsWith(`${name}=`))
    if (isInConfig) continue
    const how = { ARG: 'the build was given', RUN: 'a `RUN` wrote out', ENV: '`ENV` once set' }[by]
    yield { message: `the history of the image shows ${what}, which ${how}`, span: value }
  }
}

const layerOf = ({ layer }: FileEntry, { saved }: Image): string => `layer ${layer} of ${saved.layers.length}`

interface SecretFile {
  readonly says: string
  readonly at: Span
  readonly certain: boolean
}

const doubt = ({ certain }: SecretFile): Pick<Finding, 'severity' | 'certainty'> =>
  certain ? {} : { severity: 'warning', certainty: 'likely' }

/** What comes with the system: certificates for tests, examples and the like. */
const system = /^\/(usr|lib\w*|bin|sbin|etc\/ssl|proc|sys|dev|var\/(lib|cache))\//

/** What is secret about a file; undefined where it holds nothing of that kind. */
function secretIn(entry: FileEntry, { saved }: Image): SecretFile | undefined {
  const { path, kind } = entry
  if (kind !== 'file' || entry.size === 0 || system.test(path)) return undefined
  const text = textOfEntry(entry)
  if (isKeyFile(path)) {
    const isPem = /\.(pem|key|p8)$/.test(path) || /^id_/.test(posix.basename(path))
    if (isPem && (text === undefined || !/-----BEGIN [A-Z ]*PRIVATE KEY/.test(text))) return undefined
    const isOfPackage = /\/(lib|deps|node_modules)\/[^/]+\//.test(path)
    return { says: 'a private key or credentials', at: headOf(saved, entry), certain: !isOfPackage }
  }
  if (text === undefined) return undefined
  const [first] = writtenInFile(sourceOf(saved, entry), path).filter(({ name }) => !isCookieName(name))
  return first && { says: `with ${first.what} in it`, at: first.span, certain: true }
}

/** The secrets of env files, of config scripts for production, of shell scripts and of `.npmrc`. */
function writtenInFile(source: Source, path: string): readonly WrittenSecret[] {
  if (isEnvFile(path)) return isSampleEnvFile(path) || isForDevelopment(source) ? [] : secretsOfEnvFile(source)
  if (isSecretScript(path) || /\/config\/(config|prod|releases)\.exs$/.test(path)) return secretsOfScript(source)
  if (/\/(lib|deps|node_modules)\/[^/]+\//.test(path)) return []
  if (isTokenFile(path)) return secretsOfText(source)
  const isShell = /^#!.*sh\b/.test(source.text) || /\/releases\/[^/]+\/env\.sh$/.test(path)
  return isShell ? secretsOfShell(source) : []
}
